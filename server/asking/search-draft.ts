/** Drafts from the search: what it finds nearest, sentence by sentence. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { paperPages, papers } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import type { SentencePlace } from '@/server/papers/reading';
import { type Passage, searchPassages } from '@/server/search';
import type { Drafter, DraftSentence } from './draft';

export const draftFromSearch: Drafter = async (ctx, { question, paperIds, limit }) => {
  const filter = paperIds ? { paperIds } : {};
  const passages = await searchPassages({ ctx, input: { query: question, filter, limit } });
  const nearest = await Promise.all(passages.map((passage) => closest(ctx, question, passage)));
  return { support: null, threshold: 0, picked: [], nearest: nearest.flat() };
};

/** The sentence of a passage that shares most words with the question. */
async function closest(ctx: Ctx, question: string, passage: Passage): Promise<DraftSentence[]> {
  const { paperId, section, heading, score } = passage;
  const pages = await inWorkspace(ctx, (tx) =>
    tx
      .select({
        page: paperPages.number,
        text: paperPages.text,
        pageTextSha256: paperPages.textSha256,
        fileSha256: sql<string>`${papers.fileHash}`,
      })
      .from(paperPages)
      .innerJoin(papers, eq(papers.id, paperPages.paperId))
      .where(
        and(
          eq(paperPages.paperId, paperId),
          inArray(
            paperPages.number,
            passage.places.map(({ page }) => page),
          ),
        ),
      ),
  );
  const asked = new Set(wordsOf(question));
  const sentences = whole(passage.sentences).map((places) => {
    const citations = places.flatMap(({ page, start, end }) => {
      const known = pages.find((p) => p.page === page);
      if (!known) return [];
      const { text, ...at } = known;
      return [{ ...at, start, end, quote: text.slice(start, end) }];
    });
    const words = new Set(wordsOf(citations.map(({ quote }) => quote).join(' ')));
    return { citations, shared: [...asked].filter((word) => words.has(word)).length };
  });
  const best = sentences.sort((a, b) => b.shared - a.shared)[0];
  if (!best || best.citations.length === 0) return [];
  return [{ paperId, section, heading, citations: best.citations, support: score }];
}

/** A sentence that runs over a page's end is several places in a row. */
function whole(places: readonly SentencePlace[]): SentencePlace[][] {
  const sentences: SentencePlace[][] = [];
  let isOpen = false;
  for (const place of places) {
    if (isOpen) sentences.at(-1)?.push(place);
    else sentences.push([place]);
    isOpen = place.continues === true;
  }
  return sentences;
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

/** Drafts from the search: the sentences of the passages it finds that hold most of the question. */
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { paperPages, papers } from '@/db/schema';
import { inWorkspace } from '@/server/context';
import type { SentencePlace } from '@/server/papers/reading';
import { type Passage, searchPassages } from '@/server/search';
import type { Drafter, DraftSentence } from './draft';

/** Passages that are looked through. */
const PASSAGES = 20;
/** Share of the question's words, weighted by rarity, that a sentence has to hold. */
const THRESHOLD = 0.5;
/** A further sentence says as much as the best one, or nearly. */
const OF_BEST = 0.7;
/** Headings and labels are found, and say nothing. */
const FEWEST_CHARACTERS = 30;

export const draftFromSearch: Drafter = async (ctx, { question, paperIds, limit }) => {
  const filter = paperIds ? { paperIds } : {};
  const input = { query: question, filter, limit: PASSAGES };
  const passages = await searchPassages({ ctx, input });
  const ranked = await inWorkspace(ctx, async (tx) => {
    const sentences = await sentencesOf(tx, passages);
    const support = await supportOf(tx, ctx.actor.workspaceId, question, sentences);
    return sentences
      .map((sentence, index) => ({ ...sentence, support: support[index] ?? 0 }))
      .sort((a, b) => b.support - a.support);
  });
  const best = ranked[0]?.support ?? null;
  const needed = Math.max(THRESHOLD, OF_BEST * (best ?? 0));
  return {
    support: best,
    threshold: THRESHOLD,
    picked: ranked.filter(({ support }) => support >= needed).slice(0, limit),
    nearest: best !== null && best >= THRESHOLD ? [] : ranked.slice(0, 3),
  };
};

type Unrated = Omit<DraftSentence, 'support'>;
const textOf = ({ citations }: Unrated) => citations.map(({ quote }) => quote).join(' ');

/** Sentences of the passages with their quotes, each once. */
async function sentencesOf(tx: Tx, passages: readonly Passage[]): Promise<Unrated[]> {
  if (passages.length === 0) return [];
  const wanted = passages.map(({ paperId, places }) =>
    and(
      eq(paperPages.paperId, paperId),
      inArray(
        paperPages.number,
        places.map(({ page }) => page),
      ),
    ),
  );
  const pages = await tx
    .select({
      paperId: paperPages.paperId,
      page: paperPages.number,
      text: paperPages.text,
      pageTextSha256: paperPages.textSha256,
      fileSha256: sql<string>`${papers.fileHash}`,
    })
    .from(paperPages)
    .innerJoin(papers, eq(papers.id, paperPages.paperId))
    .where(and(isNull(papers.deletedAt), or(...wanted)));
  const known = new Map(pages.map((page) => [`${page.paperId}:${page.page}`, page]));
  const sentences = passages.flatMap(({ paperId, section, heading, sentences }) =>
    whole(sentences).map((places): Unrated => {
      const citations = places.flatMap(({ page, start, end }) => {
        const found = known.get(`${paperId}:${page}`);
        if (!found) return [];
        const { text, fileSha256, pageTextSha256 } = found;
        return [{ fileSha256, page, pageTextSha256, start, end, quote: text.slice(start, end) }];
      });
      return { paperId, section, heading, citations };
    }),
  );
  const seen = new Set<string>();
  return sentences.filter((sentence) => {
    const text = textOf(sentence);
    if (text.length < FEWEST_CHARACTERS || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** What share of the question's words each sentence holds, rare words counting for more. */
async function supportOf(
  tx: Tx,
  workspaceId: string,
  question: string,
  sentences: readonly Unrated[],
): Promise<number[]> {
  if (sentences.length === 0) return [];
  const texts = JSON.stringify(sentences.map((sentence, i) => ({ i, text: textOf(sentence) })));
  const rows = await tx.execute<{ support: number }>(sql`
    with asked as (
      select w.lexeme, ln(1 + (s.n - coalesce(t.df, 0) + 0.5) / (coalesce(t.df, 0) + 0.5)) as weight
      from unnest(to_tsvector('english', ${question})) w
      cross join (select n from lex_stat where workspace_id = ${workspaceId}) s
      left join lex_term t on t.workspace_id = ${workspaceId} and t.term = w.lexeme
    ), said as materialized (
      select i, tsvector_to_array(to_tsvector('english', text)) as lexemes
      from json_to_recordset(${texts}::json) as given (i int, text text)
    )
    select coalesce(sum(weight) filter (where lexeme = any(lexemes)) / nullif(sum(weight), 0), 0)::float8
      as support
    from said left join asked on true group by i order by i`);
  return rows.map(({ support }) => support);
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

/** Sentences of chunks: their words in the index, and their very text on the page. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { SentencePlace } from '@/server/papers/reading';
import type { QuoteCitation } from './schema';
import { readTokens, SENTENCE } from './tokens';

export interface ChunkSentence {
  chunkId: number;
  paperId: string;
  section: string;
  heading: string | null;
  /** Term ids of the paper's title and the chunk's heading. */
  title: number[];
  /** From 0, within its chunk. */
  number: number;
  /** Of how many in the chunk. */
  of: number;
  /** Of a figure or a table. */
  isCaption: boolean;
  /** Term ids in order. */
  tokens: number[];
  citations: QuoteCitation[];
}

/** All sentences of the given chunks, in the order of the chunks and of their text. */
export async function readSentences(tx: Tx, chunkIds: readonly number[]): Promise<ChunkSentence[]> {
  const ids = sql.param([...chunkIds]);
  const [rows, pages] = await Promise.all([
    tx.execute<ChunkRow>(sql`
      select c.id, c.paper_id as "paperId", c.section, c.heading, c.sentences, l.tokens
      from unnest(${ids}::bigint[]) as u (id)
        cross join lateral (select * from chunks where id = u.id offset 0) c
        cross join lateral (select tokens from lex_chunk where chunk_id = u.id offset 0) l`),
    tx.execute<PageRow>(sql`
      with at as materialized (
        select distinct c.paper_id, (place ->> 'page')::int as number
        from unnest(${ids}::bigint[]) as u (id)
          cross join lateral (select paper_id, places from chunks where id = u.id offset 0) c
          cross join lateral json_array_elements(c.places) place
      ), p as materialized (
        select id, file_hash from papers
        where id = any(array(select paper_id from at)) and deleted_at is null
      )
      select at.paper_id as "paperId", at.number, g.text, g.text_sha256 as "pageTextSha256",
        coalesce(p.file_hash, '') as "fileSha256"
      from at join p on p.id = at.paper_id cross join lateral (
        select text, text_sha256 from paper_pages
        where paper_id = at.paper_id and number = at.number offset 0) g`),
  ]);
  const pageOf = new Map(pages.map((page) => [`${page.paperId}:${page.number}`, page]));
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  return chunkIds.flatMap((id) => {
    const row = byId.get(id);
    return row ? sentencesOf(row, pageOf) : [];
  });
}

type ChunkRow = {
  id: string;
  paperId: string;
  section: string;
  heading: string | null;
  sentences: SentencePlace[];
  tokens: Buffer;
};
type PageRow = {
  paperId: string;
  number: number;
  text: string;
  pageTextSha256: string;
  fileSha256: string;
};

function sentencesOf(row: ChunkRow, pageOf: ReadonlyMap<string, PageRow>): ChunkSentence[] {
  const [title = [], ...places] = splitTokens(readTokens(row.tokens));
  const whole: Pick<ChunkSentence, 'tokens' | 'citations' | 'isCaption'>[] = [];
  let isOpen = false;
  for (const [i, { page, start, end, continues, caption }] of row.sentences.entries()) {
    if (!isOpen) whole.push({ tokens: [], citations: [], isCaption: caption === true });
    const sentence = whole.at(-1)!;
    sentence.tokens.push(...(places[i] ?? []));
    const on = pageOf.get(`${row.paperId}:${page}`);
    if (on) {
      const { fileSha256, pageTextSha256, text } = on;
      const quote = text.slice(start, end);
      sentence.citations.push({ fileSha256, page, pageTextSha256, start, end, quote });
    }
    isOpen = continues === true;
  }
  const { paperId, section, heading } = row;
  return whole.map((sentence, number) => ({
    chunkId: Number(row.id),
    paperId,
    section,
    heading,
    title,
    number,
    of: whole.length,
    ...sentence,
  }));
}

function splitTokens(tokens: Int32Array): number[][] {
  const sentences: number[][] = [];
  for (const token of tokens) {
    if (token === SENTENCE) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  return sentences;
}

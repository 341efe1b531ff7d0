/** Exact BM25 in plain SQL over the posting table. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { matching } from './filter';
import type { SearchFilter } from './schema';
import { searchable } from './words';

/** Robertson & Zaragoza 2009 (doi 10.1561/1500000019); the usual values. */
const K1 = 1.2;
const B = 0.75;

/** A word of a question that the index knows. */
export interface QuestionWord {
  termId: number;
  /** Times it stands in the question. */
  tf: number;
  df: number;
  /** `tf` by its inverse document frequency. */
  weight: number;
}

export interface IndexSize {
  n: number;
  averageLength: number;
  version: number;
}

/** A question as the index understands it. */
export interface Asked {
  size: IndexSize;
  words: readonly QuestionWord[];
  /** Words that no chunk of the workspace holds. */
  unknown: number;
}

/** Rarer words than these say which chunks are looked at; see {@link isRare}. */
const POOL = 1_000;
/** A filter that leaves at most so many chunks has all of them looked at. */
const FEW = 2_000;
/** Longer questions are asked by their rarest words. */
const MAX_WORDS = 64;

export const idf = (n: number, df: number): number => Math.log(1 + (n - df + 0.5) / (df + 0.5));

/** The BM25 that a chunk of words of this total weight comes near and never reaches. */
export const bestPossible = (weight: number): number => weight * (K1 + 1);

/** How long the index is, and which words of the question it knows, rarest first. */
export async function readQuestion(tx: Tx, workspaceId: string, question: string): Promise<Asked> {
  const [size, rows] = await Promise.all([
    readSize(tx, workspaceId),
    tx.execute<{ id: number | null; df: number; tf: number }>(sql`
      select t.id, t.df, cardinality(q.positions) as tf
      from unnest(to_tsvector('english', ${searchable(question)})) q
      left join lex_term t on t.workspace_id = ${workspaceId} and t.term = q.lexeme and t.df > 0
      order by t.df, t.term
      limit ${MAX_WORDS}`),
  ]);
  return {
    size,
    words: rows.flatMap(({ id, df, tf }) =>
      id === null ? [] : [{ termId: id, tf, df, weight: tf * idf(size.n, df) }],
    ),
    unknown: rows.filter(({ id }) => id === null).length,
  };
}

export async function readSize(tx: Tx, workspaceId: string): Promise<IndexSize> {
  const [row] = await tx.execute<{ n: number; length: number; version: string }>(sql`
    select n, (total_dl::float8 / greatest(n, 1)) as length, version
    from lex_stat where workspace_id = ${workspaceId}`);
  return {
    n: row?.n ?? 0,
    averageLength: Math.max(1, row?.length ?? 1),
    version: Number(row?.version ?? 0),
  };
}

/**
 * Rare words choose the chunks, common ones only add to their scores: a tenth of the time at 100,000
 * chunks. Up to so many chunks of a word are read faster than the word is looked up in each of the
 * pool, and small indexes stay exact.
 */
const isRare = (word: QuestionWord, rank: number, n: number): boolean =>
  word.df <= Math.max(0.03 * n, 4_000) || rank < 3;

/**
 * The words that rank, rarest first. One that most chunks hold tells nothing about any (its relevance
 * weight is negative before smoothing) and costs the most to count; it counts where little else is asked.
 */
function telling({ size, words }: Asked): QuestionWord[] {
  return words
    .toSorted((a, b) => a.df - b.df || a.termId - b.termId)
    .filter((word, rank) => word.df <= size.n / 2 || rank < 3);
}

/**
 * Chunks by their BM25 score, best first. `LATERAL … OFFSET 0` keeps the planner on the covering index;
 * left to itself it reads the whole table.
 */
export async function bestByWords(
  tx: Tx,
  workspaceId: string,
  question: Asked,
  filter: SearchFilter,
  limit: number,
): Promise<{ chunkId: number; score: number }[]> {
  const { size } = question;
  const words = telling(question);
  if (words.length === 0) return [];
  const rare = words.filter((word, rank) => isRare(word, rank, size.n));
  const common = words.slice(rare.length);
  const { only, ids } = matching(workspaceId, filter);
  const score = bm25(size);
  const rows = await tx.execute<{ id: string; score: number }>(sql`
    with listed as materialized (${ids}),
    chosen as materialized (
      select p.chunk_id, sum(${score}) as score
      from ${wordsTable(rare)} cross join lateral (
        select chunk_id, tf, dl from lex_posting
        where workspace_id = ${workspaceId} and term_id = w.id offset 0) p
      where p.chunk_id ${only ? sql`` : sql`not`} in (select id from listed)
      group by p.chunk_id
      order by score desc, p.chunk_id
      limit ${Math.max(POOL, limit)}
    ), pool as materialized (
      select chunk_id, score from chosen
      ${
        only && common.length > 0
          ? sql`union all
            select id, 0 from listed
            where (select count(*) from listed) <= ${FEW}
              and id not in (select chunk_id from chosen)`
          : sql``
      }
    )
    select chunk_id as id, pool.score + coalesce(more.score, 0) as score
    from pool ${
      common.length === 0
        ? sql`cross join (select 0 as score) more`
        : sql`cross join lateral (
            select sum(${score}) as score
            from ${wordsTable(common)} cross join lateral (
              select tf, dl from lex_posting
              where workspace_id = ${workspaceId} and term_id = w.id
                and chunk_id = pool.chunk_id offset 0) p
            offset 0) more`
    }
    where pool.score > 0 or more.score > 0
    order by 2 desc, 1
    limit ${limit}`);
  return rows.map((row) => ({ chunkId: Number(row.id), score: row.score }));
}

/** BM25 scores of these chunks, as far as they are in the index and may match. */
export async function scoreByWords(
  tx: Tx,
  workspaceId: string,
  question: Asked,
  filter: SearchFilter,
  chunkIds: readonly number[],
): Promise<{ chunkId: number; score: number }[]> {
  if (chunkIds.length === 0) return [];
  const { only, ids } = matching(workspaceId, filter);
  const rows = await tx.execute<{ id: string; score: number }>(sql`
    select l.chunk_id as id, coalesce(found.score, 0) as score
    from lex_chunk l cross join lateral (
      select sum(${bm25(question.size)}) as score
      from ${wordsTable(telling(question))} cross join lateral (
        select tf, dl from lex_posting
        where workspace_id = ${workspaceId} and term_id = w.id and chunk_id = l.chunk_id offset 0) p
      offset 0) found
    where l.workspace_id = ${workspaceId} and l.chunk_id = any(${sql.param([...chunkIds])}::bigint[])
      and l.chunk_id ${only ? sql`` : sql`not`} in (${ids})`);
  return rows.map((row) => ({ chunkId: Number(row.id), score: row.score }));
}

/** A word's share of a chunk's score; `w` is the word, `p` its posting. */
const bm25 = (size: IndexSize) => sql`w.weight * p.tf * ${K1 + 1}::float8
  / (p.tf + ${K1}::float8 * (${1 - B}::float8 + ${B / size.averageLength}::float8 * p.dl))`;

const wordsTable = (words: readonly QuestionWord[]) => sql`unnest(
  ${sql.param(words.map((w) => w.termId))}::int[],
  ${sql.param(words.map((w) => w.weight))}::float8[]) as w (id, weight)`;

/** Exact BM25 over the postings of a question's words. */
import { sql } from 'drizzle-orm';
import quickselect from 'quickselect';
import type { Tx } from '@/db/client';
import { type Listed, mayMatch } from './filter';
import { placeOf } from './id-list';
import { currentModelOf, type Model } from './model';
import type { Postings } from './postings';
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

/**
 * How long the index is, which words of the question it knows, rarest first, and the model that is
 * searched with: one statement, for each costs more than what it reads.
 */
export async function readQuestion(
  tx: Tx,
  workspaceId: string,
  question: string,
): Promise<{ asked: Asked; model: Model | null }> {
  const [row] = await tx.execute<{
    size: IndexSize | null;
    model: Model | null;
    words: { id: number | null; df: number; tf: number }[] | null;
  }>(sql`
    select to_json(s) as size, to_json(m) as model, (
      select json_agg(w) from (
        select t.id, t.df, cardinality(q.positions) as tf
        from unnest(to_tsvector('english', ${searchable(question)})) q left join lateral (
          select id, term, df from lex_term
          where workspace_id = ${workspaceId} and term = q.lexeme and df > 0 offset 0) t on true
        order by t.df, t.term
        limit ${MAX_WORDS}) w) as words
    from (select) as one
      left join (${sizeOf(workspaceId)}) s on true
      left join (${currentModelOf(workspaceId)}) m on true`);
  const size = row?.size ?? EMPTY;
  const words = row?.words ?? [];
  return {
    asked: {
      size,
      words: words.flatMap(({ id, df, tf }) =>
        id === null ? [] : [{ termId: id, tf, df, weight: tf * idf(size.n, df) }],
      ),
      unknown: words.filter(({ id }) => id === null).length,
    },
    model: row?.model ?? null,
  };
}

const EMPTY: IndexSize = { n: 0, averageLength: 1, version: 0 };

/** `version` as a float8, which comes as a number. */
const sizeOf = (workspaceId: string) => sql`
  select n, greatest(1, total_dl::float8 / greatest(n, 1)) as "averageLength",
    version::float8 as version
  from lex_stat where workspace_id = ${workspaceId}`;

export async function readSize(tx: Tx, workspaceId: string): Promise<IndexSize> {
  const [row] = await tx.execute<Record<string, unknown> & IndexSize>(sizeOf(workspaceId));
  return row ?? EMPTY;
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
export function telling({ size, words }: Asked): QuestionWord[] {
  return words
    .toSorted((a, b) => a.df - b.df || a.termId - b.termId)
    .filter((word, rank) => word.df <= size.n / 2 || rank < 3);
}

/** Postings by word, of all words that {@link telling} gives. */
type PostingsOf = ReadonlyMap<number, Postings>;

export interface Found {
  chunkId: number;
  /** BM25. */
  score: number;
}

/** Chunks by their BM25 score, best first. */
export function bestByWords(
  asked: Asked,
  postingsOf: PostingsOf,
  listed: Listed,
  limit: number,
): Found[] {
  const { size } = asked;
  const words = telling(asked);
  const rare = words.filter((word, rank) => isRare(word, rank, size.n));
  const common = words.slice(rare.length);
  const pool = best(sumOfShares(rare, postingsOf, size), listed, Math.max(POOL, limit));
  if (common.length === 0) return pool.slice(0, limit);
  if (listed.only && listed.ids.length <= FEW) {
    const chosen = new Set(pool.map(({ chunkId }) => chunkId));
    for (const chunkId of listed.ids) if (!chosen.has(chunkId)) pool.push({ chunkId, score: 0 });
  }
  return pool
    .map(({ chunkId, score }) => ({
      chunkId,
      score: score + scoreOf(common, postingsOf, size, chunkId),
    }))
    .filter(({ score }) => score > 0)
    .sort(byScore)
    .slice(0, limit);
}

/** BM25 scores of these chunks: 0 where no word of the question is. */
export function scoreByWords(
  asked: Asked,
  postingsOf: PostingsOf,
  chunkIds: readonly number[],
): Found[] {
  const words = telling(asked);
  return chunkIds.map((chunkId) => ({
    chunkId,
    score: scoreOf(words, postingsOf, asked.size, chunkId),
  }));
}

function scoreOf(
  words: readonly QuestionWord[],
  postingsOf: PostingsOf,
  size: IndexSize,
  chunkId: number,
): number {
  let score = 0;
  for (const word of words) {
    const postings = postingsOf.get(word.termId);
    const at = postings ? placeOf(postings.ids, chunkId) : -1;
    if (at >= 0) score += share(word, postings!, at, size);
  }
  return score;
}

/** A word's share of the score of the chunk at this place. */
const share = (word: QuestionWord, { tf, dl }: Postings, at: number, size: IndexSize): number =>
  (word.weight * tf[at]! * (K1 + 1)) /
  (tf[at]! + K1 * (1 - B + (B / size.averageLength) * dl[at]!));

interface Scores {
  /** In ascending order. */
  ids: Float64Array;
  scores: Float64Array;
}

/** Every chunk that holds one of the words, with the sum of the words' shares. */
function sumOfShares(
  words: readonly QuestionWord[],
  postingsOf: PostingsOf,
  size: IndexSize,
): Scores {
  let sum: Scores = { ids: new Float64Array(0), scores: new Float64Array(0) };
  for (const word of words) {
    const postings = postingsOf.get(word.termId);
    if (postings) sum = merged(sum, word, postings, size);
  }
  return sum;
}

function merged(sum: Scores, word: QuestionWord, postings: Postings, size: IndexSize): Scores {
  const [left, right] = [sum.ids.length, postings.ids.length];
  const ids = new Float64Array(left + right);
  const scores = new Float64Array(left + right);
  let n = 0;
  for (let i = 0, j = 0; i < left || j < right; n++) {
    const ours = i < left ? sum.ids[i]! : Infinity;
    const theirs = j < right ? postings.ids[j]! : Infinity;
    ids[n] = Math.min(ours, theirs);
    if (ours <= theirs) scores[n] = sum.scores[i++]!;
    if (theirs <= ours) scores[n]! += share(word, postings, j++, size);
  }
  return { ids: ids.subarray(0, n), scores: scores.subarray(0, n) };
}

/** The best of those that may match, best first. */
function best({ ids, scores }: Scores, listed: Listed, limit: number): Found[] {
  const isOpen = !listed.only && listed.ids.length === 0;
  const kept = isOpen ? scores : scores.filter((_, i) => mayMatch(listed, ids[i]!));
  const least = kept.length > limit ? greatest(kept, limit) : -Infinity;
  const found: Found[] = [];
  for (let i = 0; i < ids.length; i++) {
    const [chunkId, score] = [ids[i]!, scores[i]!];
    if (score >= least && (isOpen || mayMatch(listed, chunkId))) found.push({ chunkId, score });
  }
  return found.sort(byScore).slice(0, limit);
}

/** The `nth` greatest, from 1. */
function greatest(values: Float64Array, nth: number): number {
  const moved = values.slice();
  // Its types ask for an array of the common kind, which is ten times as slow.
  quickselect(moved as unknown as number[], moved.length - nth);
  return moved[moved.length - nth]!;
}

const byScore = (a: Found, b: Found): number => b.score - a.score || a.chunkId - b.chunkId;

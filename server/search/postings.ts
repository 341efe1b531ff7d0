/**
 * Where words stand. What questions asked for lately stays in this process's memory, as long as the index
 * stays as it was, so that BM25 is arithmetic: the words that cost the most to read are asked for most often.
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Tx } from '@/db/client';
import { readIds } from './id-list';

/** Words of all workspaces together. The common ones of 300,000 chunks take some 140 MB. */
const MAX_BYTES = 160 * 2 ** 20;
/** An id, and a word's and a chunk's count. */
const POSTING_BYTES = 12;
/** A word's own, about. */
const WORD_BYTES = 400;

/** The chunks that hold a word, in the order of their ids. */
export interface Postings {
  ids: Float64Array;
  /** How often each holds it. */
  tf: Int16Array;
  /** The words that each has. */
  dl: Int16Array;
}

interface Kept {
  version: number;
  postings: Postings;
}

const words = new LRUCache<string, Kept>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ postings }) => postings.ids.length * POSTING_BYTES + WORD_BYTES,
});

type Row = { id: number; ids: Buffer | null; tf: Buffer | null; dl: Buffer | null };

/** Postings of words as of the index's `version`, which the transaction has just read. */
export async function readPostings(
  tx: Tx,
  workspaceId: string,
  version: number,
  termIds: readonly number[],
): Promise<ReadonlyMap<number, Postings>> {
  const known = new Map<number, Postings>();
  for (const termId of termIds) {
    const kept = words.get(`${workspaceId}:${termId}`);
    if (kept?.version === version) known.set(termId, kept.postings);
  }
  const missing = termIds.filter((termId) => !known.has(termId));
  if (missing.length === 0) return known;
  // An aggregate of its own for each word keeps the planner on the covering index, whose order is wanted.
  const rows = await tx.execute<Row>(sql`
    select w.id, p.ids, p.tf, p.dl
    from unnest(${sql.param(missing)}::int[]) as w (id) cross join lateral (
      select string_agg(float8send(chunk_id::float8), ''::bytea) as ids,
        string_agg(int2send(tf), ''::bytea) as tf, string_agg(int2send(dl), ''::bytea) as dl
      from (
        select chunk_id, tf, dl from lex_posting
        where workspace_id = ${workspaceId} and term_id = w.id order by chunk_id) posting) p`);
  for (const { id, ids, tf, dl } of rows) {
    const postings = { ids: readIds(ids), tf: readCounts(tf), dl: readCounts(dl) };
    words.set(`${workspaceId}:${id}`, { version, postings });
    known.set(id, postings);
  }
  return known;
}

function readCounts(bytes: Uint8Array | null): Int16Array {
  const counts = Buffer.alloc(bytes?.length ?? 0);
  if (bytes) counts.set(bytes);
  counts.swap16();
  return new Int16Array(counts.buffer);
}

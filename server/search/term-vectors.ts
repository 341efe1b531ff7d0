/** What words add to the vectors of texts; LSA alone has them. They stay as they are while their model lives. */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Tx } from '@/db/client';
import type { Model } from './model';
import { fromBytes, toBytes } from './vector';

/** Words of all workspaces together: 60,000 of 200 numbers. */
const MAX_BYTES = 64 * 2 ** 20;
/** A word's own, about. */
const WORD_BYTES = 250;

/** Words that questions and the sentences found for them asked for lately; null for those without a vector. */
const kept = new LRUCache<string, { vector: Float32Array | null }>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ vector }) => (vector?.byteLength ?? 0) + WORD_BYTES,
});

export async function addTermVectors(
  tx: Tx,
  workspaceId: string,
  model: Model,
  terms: { ids: readonly number[]; data: Float32Array },
): Promise<void> {
  await tx.execute(sql`
    insert into embedding_term (model_id, workspace_id, term_id, vector)
    select ${model.id}, ${workspaceId}, id,
      substr(${toBytes(terms.data)}::bytea, (nth::int - 1) * ${model.dims * 4} + 1, ${model.dims * 4})
    from unnest(${sql.param([...terms.ids])}::int[]) with ordinality as u (id, nth)`);
}

/** Vectors of words by a model that is ready, as far as it has them. */
export async function readTermVectors(
  tx: Tx,
  workspaceId: string,
  model: Model,
  termIds: Iterable<number>,
): Promise<Map<number, Float32Array>> {
  const known = new Map<number, Float32Array>();
  const missing: number[] = [];
  const keyOf = (termId: number) => `${workspaceId}:${model.id}:${termId}`;
  for (const termId of new Set(termIds)) {
    const found = kept.get(keyOf(termId));
    if (!found) missing.push(termId);
    else if (found.vector) known.set(termId, found.vector);
  }
  if (missing.length === 0) return known;
  const rows = await tx.execute<{ id: number; vector: Buffer }>(sql`
    select u.id, v.vector
    from unnest(${sql.param(missing)}::int[]) as u (id) cross join lateral (
      select vector from embedding_term
      where model_id = ${model.id} and term_id = u.id offset 0) v`);
  for (const { id, vector } of rows) known.set(id, fromBytes(vector));
  for (const id of missing) kept.set(keyOf(id), { vector: known.get(id) ?? null });
  return known;
}

/** pgvector's HNSW, where the server has it: a side table beside the portable one. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { Model } from './model';
import type { Near } from './vector';

/** Sizes that the migration makes an index for; others are looked through one by one. */
const INDEXED_DIMS: readonly number[] = [200, 384, 512, 768, 1024, 1536];

/** Whether the migration found pgvector. Asked once a process and database: it does not change under way. */
export async function offersVectorIndex(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ there: boolean }>(
    sql`select to_regclass('chunk_ann') is not null as there`,
  );
  return row?.there ?? false;
}

const literal = (vector: Float32Array): string => `[${Array.from(vector).join(',')}]`;

export async function addToVectorIndex(
  tx: Tx,
  workspaceId: string,
  model: Model,
  vectors: readonly { chunkId: number; vector: Float32Array }[],
): Promise<void> {
  await tx.execute(sql`
    insert into chunk_ann (model_id, workspace_id, chunk_id, dims, embedding)
    select ${model.id}, ${workspaceId}, l.chunk_id, ${model.dims}, given.embedding::vector
    from unnest(
      ${sql.param(vectors.map((v) => v.chunkId))}::bigint[],
      ${sql.param(vectors.map((v) => literal(v.vector)))}::text[]) as given (id, embedding)
    cross join lateral (select chunk_id from lex_chunk where chunk_id = given.id offset 0) l
    on conflict do nothing`);
}

/** The nearest chunks by the index: nearly always the `limit` nearest, and never another's. */
export async function nearestByIndex(
  tx: Tx,
  model: Model,
  query: Float32Array,
  limit: number,
): Promise<Near[]> {
  // Goes on looking when row security or the model leaves out what the index finds first.
  await tx.execute(sql`select set_config('hnsw.iterative_scan', 'strict_order', true),
    set_config('hnsw.ef_search', ${String(Math.min(1_000, Math.max(40, limit)))}, true)`);
  const vector = INDEXED_DIMS.includes(model.dims)
    ? sql.raw(`vector(${model.dims})`)
    : sql.raw('vector');
  const rows = await tx.execute<{ id: string; cosine: number }>(sql`
    select chunk_id as id, 1 - (embedding::${vector} <=> ${literal(query)}::${vector}) as cosine
    from chunk_ann
    where dims = ${sql.raw(String(model.dims))} and model_id = ${model.id}
    order by embedding::${vector} <=> ${literal(query)}::${vector}
    limit ${limit}`);
  return rows.map(({ id, cosine }) => ({ chunkId: Number(id), cosine }));
}

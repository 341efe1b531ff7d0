/**
 * Vectors in the portable table.
 *
 * Statistics that are older than a model promise one vector of it, and PostgreSQL would read them all for
 * each chunk. `LATERAL … OFFSET 0` and `model_id + 0` leave it the chunk's id alone to look up by.
 */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { Model } from './model';
import { fromBytes, toBytes } from './vector';
import { addToVectorIndex, offersVectorIndex } from './vector-index';

/** Vectors of chunks, as far as the model has them. */
export async function readVectors(
  tx: Tx,
  model: Model,
  chunkIds: readonly number[],
): Promise<Map<number, Float32Array>> {
  const rows = await tx.execute<{ id: string; vector: Buffer }>(sql`
    select u.id, v.vector
    from unnest(${sql.param([...chunkIds])}::bigint[]) as u (id) cross join lateral (
      select vector from chunk_vector
      where chunk_id = u.id and model_id + 0 = ${model.id} offset 0) v`);
  return new Map(rows.map(({ id, vector }) => [Number(id), fromBytes(vector)]));
}

/** Adds vectors of chunks that are still in the index; known ones stay as they are. */
export async function addVectors(
  tx: Tx,
  workspaceId: string,
  model: Model,
  vectors: readonly { chunkId: number; vector: Float32Array }[],
): Promise<void> {
  if (vectors.length === 0) return;
  // One writer at a time, so that vectors are seen in the order of their numbers.
  await tx.execute(
    sql`update lex_stat set version = version + 1 where workspace_id = ${workspaceId}`,
  );
  await tx.execute(sql`
    insert into chunk_vector (model_id, workspace_id, chunk_id, vector)
    select ${model.id}, ${workspaceId}, l.chunk_id,
      substr(given.bytes, (given.nth::int - 1) * ${model.dims * 4} + 1, ${model.dims * 4})
    from (
      select id, nth, ${Buffer.concat(vectors.map((v) => toBytes(v.vector)))}::bytea as bytes
      from unnest(${sql.param(vectors.map((v) => v.chunkId))}::bigint[]) with ordinality as u (id, nth)
    ) given
    cross join lateral (select chunk_id from lex_chunk where chunk_id = given.id offset 0) l
    on conflict do nothing`);
  if (await offersVectorIndex(tx)) await addToVectorIndex(tx, workspaceId, model, vectors);
}

/** Chunks of the index that the model has no vector of yet, in the order of their ids. */
export function chunksWithoutVector(
  tx: Tx,
  workspaceId: string,
  model: Model,
  after: number,
  limit: number,
): Promise<{ id: string; tokens: Buffer }[]> {
  return tx.execute<{ id: string; tokens: Buffer }>(sql`
    select l.chunk_id as id, l.tokens
    from lex_chunk l left join lateral (
      select true as there from chunk_vector
      where chunk_id = l.chunk_id and model_id + 0 = ${model.id} offset 0) v on true
    where l.workspace_id = ${workspaceId} and l.chunk_id > ${after} and v.there is null
    order by l.chunk_id limit ${limit}`);
}

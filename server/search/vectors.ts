/**
 * Vectors in the portable table: float32, little-endian, of length 1.
 *
 * Statistics that are older than a model promise one vector of it, and PostgreSQL would read them all for
 * each chunk. `LATERAL … OFFSET 0` and `model_id + 0` leave it the chunk's id alone to look up by.
 */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { addToVectorIndex, offersVectorIndex } from './vector-index';

export function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

export function fromBytes(bytes: Uint8Array): Float32Array {
  // A copy: a Buffer may be a view of a pool, at any offset.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** Scaled to length 1 in place; false for a vector of zeros, which points nowhere. */
export function normalise(vector: Float32Array): boolean {
  let squares = 0;
  for (const v of vector) squares += v * v;
  if (!(squares > 0) || !Number.isFinite(squares)) return false;
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
  return true;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Vectors of some chunks, null where one has none yet. */
export interface Vectors {
  /** With a vector of length 1. */
  cosines(query: Float32Array): (number | null)[];
  at(place: number): Float32Array | null;
}

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

export interface Model {
  id: number;
  kind: 'lsa' | 'dense';
  name: string;
  dims: number;
  trainedAtN: number;
}

/** The model that is searched with, as a query. */
export const currentModelOf = (workspaceId: string) => sql`
  select id, kind, name, dims, trained_at_n as "trainedAtN" from embedding_model
  where workspace_id = ${workspaceId} and ready_at is not null
  order by ready_at desc limit 1`;

/** Null while there is none. */
export async function currentModel(tx: Tx, workspaceId: string): Promise<Model | null> {
  const [row] = await tx.execute<Record<string, unknown> & Model>(currentModelOf(workspaceId));
  return row ?? null;
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

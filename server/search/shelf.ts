/**
 * The exact way to the nearest vectors: a workspace's vectors in this process's memory, a byte a number,
 * looked at one by one. The least recently used workspaces are let go.
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Tx } from '@/db/client';
import { BLOCK, Codes } from './codes';
import { readIds } from './id-list';
import type { Model } from './model';
import { fromBytes, type Near, type Vectors } from './vector';

/** Vectors of all workspaces together: 300,000 of 384 numbers take some 150 MB. */
const MAX_BYTES = 384 * 2 ** 20;
const PAGE = 5_000;
/** What is kept of a vector beside its numbers, about. */
const VECTOR_BYTES = 64;

/** Vectors of one model. */
export class Shelf {
  private readonly codes: Codes;
  private readonly ids: number[] = [];
  private readonly places = new Map<number, number>();
  /** Number of the last vector read from the table. */
  lastSeq = 0;

  constructor(dims: number) {
    this.codes = new Codes(dims);
  }

  get bytes(): number {
    return this.codes.bytes + this.ids.length * VECTOR_BYTES;
  }

  append(vectors: readonly { chunkId: number; vector: Float32Array }[]): void {
    for (const { chunkId, vector } of vectors) {
      this.places.set(chunkId, this.ids.length);
      this.ids.push(chunkId);
      this.codes.add(vector);
    }
  }

  get size(): number {
    return this.ids.length;
  }

  /** Lets go of all chunks but these. */
  keepOnly(chunkIds: ReadonlySet<number>): void {
    for (let place = this.ids.length - 1; place >= 0; place--) {
      const chunkId = this.ids[place]!;
      if (chunkIds.has(chunkId)) continue;
      const last = this.ids.pop()!;
      this.codes.remove(place);
      if (last !== chunkId) {
        this.ids[place] = last;
        this.places.set(last, place);
      }
      this.places.delete(chunkId);
    }
  }

  vectors(chunkIds: readonly number[]): Vectors {
    const places = chunkIds.map((id) => this.places.get(id));
    const ifThere = <T>(place: number | undefined, get: (place: number) => T): T | null =>
      place === undefined ? null : get(place);
    return {
      cosines: (query) => {
        const products = this.codes.productsWith(query);
        return places.map((place) => ifThere(place, (at) => products(at, 1)[0]!));
      },
      at: (i) => ifThere(places[i], (at) => this.codes.vector(at)),
    };
  }

  /** The `limit` nearest chunks, nearest first. */
  nearest(query: Float32Array, limit: number): Near[] {
    const products = this.codes.productsWith(query);
    const best: Near[] = [];
    let least = -Infinity;
    const trim = () => {
      best.sort((a, b) => b.cosine - a.cosine || a.chunkId - b.chunkId);
      best.length = Math.min(best.length, limit);
      if (best.length === limit) least = best.at(-1)!.cosine;
    };
    for (let from = 0; from < this.ids.length; from += BLOCK) {
      const cosines = products(from, Math.min(BLOCK, this.ids.length - from));
      for (let i = 0; i < cosines.length; i++) {
        if (cosines[i]! <= least) continue;
        best.push({ chunkId: this.ids[from + i]!, cosine: cosines[i]! });
        if (best.length >= 4 * limit) trim();
      }
    }
    trim();
    return best;
  }
}

interface Kept {
  modelId: number;
  version: number;
  shelf: Shelf;
}

const shelves = new LRUCache<string, Kept>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ shelf }) => shelf.bytes,
});
const reading = new Map<string, Promise<unknown>>();

/**
 * The workspace's shelf as of the index's `version`, read on or anew. Null where its vectors are too many
 * to keep.
 */
export async function openShelf(
  tx: Tx,
  workspaceId: string,
  model: Model,
  version: number,
): Promise<Shelf | null> {
  for (;;) {
    const kept = shelves.get(workspaceId);
    if (kept?.modelId === model.id && kept.version >= version) return kept.shelf;
    const underWay = reading.get(workspaceId);
    if (!underWay) break;
    await underWay.catch(() => {});
  }
  const work = bringUpToDate(tx, workspaceId, model, version);
  reading.set(workspaceId, work);
  try {
    return await work;
  } finally {
    reading.delete(workspaceId);
  }
}

async function bringUpToDate(
  tx: Tx,
  workspaceId: string,
  model: Model,
  version: number,
): Promise<Shelf | null> {
  const kept = shelves.get(workspaceId);
  const shelf = kept?.modelId === model.id ? kept.shelf : new Shelf(model.dims);
  if (shelf.size > 0) await forgetGone(tx, model, shelf);
  for (;;) {
    const rows = await tx.execute<{ id: string; seq: string; vector: Buffer }>(sql`
      select chunk_id as id, seq, vector from chunk_vector
      where model_id = ${model.id} and seq > ${shelf.lastSeq}
      order by seq limit ${PAGE}`);
    shelf.append(
      rows.map(({ id, vector }) => ({ chunkId: Number(id), vector: fromBytes(vector) })),
    );
    if (rows.length > 0) shelf.lastSeq = Number(rows.at(-1)!.seq);
    if (shelf.bytes > MAX_BYTES / 2) return null;
    if (rows.length < PAGE) break;
  }
  shelves.set(workspaceId, { modelId: model.id, version, shelf });
  return shelf;
}

/** What leaves the index takes its vectors along. Counting them is cheap, and finds them all there most often. */
async function forgetGone(tx: Tx, model: Model, shelf: Shelf): Promise<void> {
  const known = sql`from chunk_vector where model_id = ${model.id} and seq <= ${shelf.lastSeq}`;
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n ${known}`);
  if (row?.n === shelf.size) return;
  const [left] = await tx.execute<{ ids: Buffer | null }>(sql`
    select string_agg(float8send(chunk_id::float8), ''::bytea) as ids ${known}`);
  shelf.keepOnly(new Set(readIds(left?.ids ?? null)));
}

/**
 * The exact way to the nearest vectors: a workspace's vectors in this process's memory, a byte a number,
 * looked at one by one. The least recently used workspaces are let go.
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Tx } from '@/db/client';
import { fromBytes, type Model } from './vectors';

/** Vectors of all workspaces together: 300,000 of 384 numbers take 134 MB. */
const MAX_BYTES = 384 * 2 ** 20;
const PAGE = 5_000;
/**
 * Numbers of a vector that are looked at first. With the length of the rest they bound the cosine: most
 * vectors need no second look, for LSA's first numbers say the most.
 */
const FIRST = 64;

export interface Near {
  chunkId: number;
  cosine: number;
}

/** A vector as whole numbers from −127 to 127, and what they were multiplied by. */
function quantise(vector: Float32Array, to: Int8Array, at: number): number {
  let largest = 0;
  for (const v of vector) largest = Math.max(largest, Math.abs(v));
  const factor = largest > 0 ? 127 / largest : 0;
  for (let j = 0; j < vector.length; j++) to[at + j] = Math.round(vector[j]! * factor);
  return factor > 0 ? 1 / factor : 0;
}

/**
 * Vectors of one model, in the order in which they came. Those of chunks that are gone stay until the
 * next model: whoever takes an id from here looks it up in the index.
 */
export class Shelf {
  private ids = new Float64Array(0);
  private readonly places = new Map<number, number>();
  private codes = new Int8Array(0);
  private scales = new Float32Array(0);
  /** Lengths of what follows the first numbers, in codes. */
  private rests = new Float32Array(0);
  size = 0;
  /** Number of the last vector read from the table. */
  lastSeq = 0;

  constructor(readonly dims: number) {}

  get bytes(): number {
    return this.ids.length * (this.dims + 64) + 1;
  }

  append(vectors: readonly { chunkId: number; vector: Float32Array }[]): void {
    this.reserve(this.size + vectors.length);
    for (const { chunkId, vector } of vectors) {
      this.ids[this.size] = chunkId;
      this.places.set(chunkId, this.size);
      const from = this.size * this.dims;
      this.scales[this.size] = quantise(vector, this.codes, from);
      this.rests[this.size] = this.lengthOfRest(this.codes, from);
      this.size++;
    }
  }

  private reserve(size: number): void {
    if (size <= this.ids.length) return;
    const room = Math.max(size, Math.ceil(this.ids.length * 1.5));
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.ids = grown(new Float64Array(room), this.ids);
    this.scales = grown(new Float32Array(room), this.scales);
    this.rests = grown(new Float32Array(room), this.rests);
    this.codes = grown(new Int8Array(room * this.dims), this.codes);
  }

  /** Never shorter than it is. */
  private lengthOfRest(codes: Int8Array, from: number): number {
    const start = from + Math.min(FIRST, this.dims);
    return Math.sqrt(product(codes, start, codes, start, this.dims - FIRST)) * (1 + 1e-6);
  }

  vector(chunkId: number): Float32Array | null {
    const at = this.places.get(chunkId);
    if (at === undefined) return null;
    const scale = this.scales[at]!;
    const vector = new Float32Array(this.dims);
    for (let j = 0; j < this.dims; j++) vector[j] = this.codes[at * this.dims + j]! * scale;
    return vector;
  }

  /** The `limit` nearest chunks, nearest first. */
  nearest(query: Float32Array, limit: number): Near[] {
    const { dims, codes } = this;
    const first = Math.min(FIRST, dims);
    const q = new Int8Array(dims);
    const scale = quantise(query, q, 0);
    const rest = this.lengthOfRest(q, 0);
    const best: Near[] = [];
    let least = -Infinity;
    const trim = () => {
      best.sort((a, b) => b.cosine - a.cosine || a.chunkId - b.chunkId);
      best.length = Math.min(best.length, limit);
      if (best.length === limit) least = best.at(-1)!.cosine;
    };
    for (let i = 0; i < this.size; i++) {
      const [from, unit] = [i * dims, scale * this.scales[i]!];
      const sum = product(codes, from, q, 0, first);
      if ((sum + rest * this.rests[i]!) * unit <= least) continue;
      const whole = sum + product(codes, from + first, q, first, dims - first);
      const cosine = Math.fround(whole * unit);
      if (cosine <= least) continue;
      best.push({ chunkId: this.ids[i]!, cosine });
      if (best.length >= 4 * limit) trim();
    }
    trim();
    return best;
  }
}

/** Of `length` numbers of each. Four sums side by side, which the processor can work on at the same time. */
function product(a: Int8Array, fromA: number, b: Int8Array, fromB: number, length: number): number {
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let j = 0;
  for (; j + 3 < length; j += 4) {
    s += a[fromA + j]! * b[fromB + j]!;
    t += a[fromA + j + 1]! * b[fromB + j + 1]!;
    u += a[fromA + j + 2]! * b[fromB + j + 2]!;
    v += a[fromA + j + 3]! * b[fromB + j + 3]!;
  }
  for (; j < length; j++) s += a[fromA + j]! * b[fromB + j]!;
  return s + t + u + v;
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

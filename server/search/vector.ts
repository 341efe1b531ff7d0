/** Vectors: float32, of length 1, little-endian where they are stored. */

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

export interface Near {
  chunkId: number;
  cosine: number;
}

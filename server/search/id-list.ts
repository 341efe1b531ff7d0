/** Ids of chunks in ascending order, as PostgreSQL hands them over in one value: big-endian float64. */

/** The ids in `string_agg(float8send(id::float8), '' …)`; none for null. */
export function readIds(bytes: Uint8Array | null): Float64Array {
  const ids = Buffer.alloc(bytes?.length ?? 0);
  if (bytes) ids.set(bytes);
  ids.swap64();
  return new Float64Array(ids.buffer);
}

/** Where the id stands; -1 where it does not. */
export function placeOf(ids: Float64Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle]!;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

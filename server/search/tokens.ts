/** A chunk's words in order, as `lex_chunk` keeps them. */

/** Stands before each sentence. */
export const SENTENCE = 0;

export function readTokens(bytes: Uint8Array): Int32Array {
  const copy = Buffer.from(bytes);
  copy.swap32();
  return new Int32Array(copy.buffer, copy.byteOffset, copy.length / 4);
}

/** How often each word stands in the chunk. */
export function countTokens(tokens: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const token of tokens) {
    if (token !== SENTENCE) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

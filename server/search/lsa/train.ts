/**
 * Latent semantic analysis (Deerwester et al. 1990) of a workspace's own chunks: the embedding that
 * needs no model from elsewhere. A text's vector is the sum of its words' vectors.
 */
import { SENTENCE } from '../tokens';
import { normalise } from '../vector';
import type { Breathe, SparseMatrix } from './sparse';
import { rightSingular } from './svd';

export const LSA_DIMS = 200;

export interface TermVectors {
  dims: number;
  ids: number[];
  /** One vector a word, in the order of `ids`, its inverse document frequency already in it. */
  data: Float32Array;
}

/** Words of a single chunk relate to nothing. */
const MIN_DF = 2;

/** How much a word counts that stands `tf` times in a text. */
const localWeight = (tf: number): number => 1 + Math.log(tf);

/** Null where the texts have nothing in common. The same texts give the same vectors. */
export async function trainLsa(
  texts: readonly Int32Array[],
  breathe: Breathe,
): Promise<TermVectors | null> {
  const df = new Map<number, number>();
  for (const tokens of texts) {
    for (const id of new Set(tokens)) {
      if (id !== SENTENCE) df.set(id, (df.get(id) ?? 0) + 1);
    }
  }
  const ids = [...df].filter(([, n]) => n >= MIN_DF && n < texts.length).map(([id]) => id);
  ids.sort((a, b) => a - b);
  if (ids.length < 2) return null;
  const idf = Float64Array.from(ids, (id) => Math.log(texts.length / df.get(id)!));
  const matrix = weigh(texts, ids, idf);
  // Few texts have few directions that are more than chance.
  const k = Math.min(LSA_DIMS, Math.max(2, Math.floor(texts.length / 5)));
  const { vectors } = await rightSingular(matrix, k, breathe);
  const dims = vectors.width;
  for (let i = 0; i < ids.length; i++) {
    for (let j = 0; j < dims; j++) vectors.data[i * dims + j]! *= idf[i]!;
  }
  return { dims, ids, data: vectors.data };
}

/** Texts by words, each row of length 1. */
function weigh(
  texts: readonly Int32Array[],
  ids: readonly number[],
  idf: Float64Array,
): SparseMatrix {
  const columnOf = new Map(ids.map((id, column) => [id, column]));
  const starts = new Uint32Array(texts.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  for (const [i, tokens] of texts.entries()) {
    const counts = new Map<number, number>();
    for (const token of tokens) {
      const at = columnOf.get(token);
      if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    let squares = 0;
    const from = value.length;
    for (const [at, tf] of counts) {
      const weight = localWeight(tf) * idf[at]!;
      column.push(at);
      value.push(weight);
      squares += weight * weight;
    }
    for (let e = from; e < value.length; e++) value[e]! /= Math.sqrt(squares);
    starts[i + 1] = value.length;
  }
  return {
    rows: texts.length,
    columns: ids.length,
    starts,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

/** The vector of a text by its words; null when the model knows none of them. */
export function foldIn(
  counts: ReadonlyMap<number, number>,
  vectorOf: (termId: number) => Float32Array | undefined,
  dims: number,
): Float32Array | null {
  const sum = new Float32Array(dims);
  for (const [termId, tf] of counts) {
    const vector = vectorOf(termId);
    if (!vector) continue;
    const weight = localWeight(tf);
    for (let j = 0; j < dims; j++) sum[j]! += weight * vector[j]!;
  }
  return normalise(sum) ? sum : null;
}

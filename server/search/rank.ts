/** From a question's words and vector to ranked chunks. */
import { type Asked, bestByWords, scoreByWords } from './candidates';
import { type Listed, mayMatch } from './filter';
import { descending, standardised, weightedSum } from './fuse';
import type { Neighbourhood } from './neighbourhood';
import type { Postings } from './postings';
import { type Near, normalise, type Vectors } from './vector';
import { DENSE_WEIGHTS, RANK_WEIGHTS } from './weights';

const BY_WORDS = 300;
/** Of the nearest chunks, those that are asked whether words would have found them too … */
const AGREE = 10;
/** … among the best of them, at most this share of all … */
const BEST_BY_WORDS = 0.2;
/** … and by how much more often than by chance a model does that is believed altogether. */
const FULL_AGREEMENT = 0.4;
const BY_VECTOR = 100;
/** A filter that leaves at most so many chunks has the vector of each looked at … */
const FEW = 2_000;
/** … a wider one has so many times more of the nearest looked at. */
const FILTERED = 10;
/** Chunks whose mean vector the others are held against. */
const FEEDBACK = 10;
/** Standard deviations below the best at which one counts a third. */
const TEMPERATURE = 0.7;

export interface Ranked {
  chunkId: number;
  /** Sum of standard scores: comparable within one question only. */
  score: number;
  /** BM25. */
  words: number;
  /** With the question's vector; 0 where there is none. */
  cosine: number;
}

export interface RankedQuestion {
  asked: Asked;
  /** By word. */
  postings: ReadonlyMap<number, Postings>;
  /** The question's vector and where it is looked up; null while there is no model, or it knows no word. */
  vector: Float32Array | null;
  neighbourhood: Neighbourhood | null;
}

/** The best chunks, best first, with the sum of their standard scores. */
export async function rankChunks(
  { asked, postings, vector, neighbourhood }: RankedQuestion,
  listed: Listed,
  limit: number,
): Promise<Ranked[]> {
  const byWords = bestByWords(asked, postings, listed, Math.max(BY_WORDS, limit));
  const byVector =
    vector && neighbourhood
      ? await nearest(neighbourhood, vector, listed, Math.max(BY_VECTOR, limit))
      : [];
  const known = new Set(byWords.map((c) => c.chunkId));
  const others = byVector
    .map((c) => c.chunkId)
    .filter((id) => !known.has(id) && mayMatch(listed, id));
  const chunks = [...byWords, ...scoreByWords(asked, postings, others)];
  const words = standardised(chunks.map((c) => c.score));
  const parts: Part[] = [[RANK_WEIGHTS.words, words]];
  let cosines: (number | null)[] = [];
  if (vector && neighbourhood) {
    const vectors = await neighbourhood.vectors(chunks.map((c) => c.chunkId));
    cosines = vectors.cosines(vector);
    const weights =
      neighbourhood.model.kind === 'dense'
        ? denseWeights(agreement(asked.size.n, byWords, byVector))
        : RANK_WEIGHTS;
    parts.push(...vectorParts(words, cosines, vectors, weights));
  }
  const sum = weightedSum(parts);
  return descending(sum)
    .slice(0, limit)
    .map((i) => ({
      chunkId: chunks[i]!.chunkId,
      score: sum[i]!,
      words: chunks[i]!.score,
      cosine: cosines[i] ?? 0,
    }));
}

type Part = readonly [weight: number, scores: Float64Array];

type VectorWeights = Record<'vector' | 'feedback' | 'firstLook', number>;

/** Nearness to the question, and to the mean of what fits it best at first look. */
function vectorParts(
  words: Float64Array,
  cosines: readonly (number | null)[],
  vectors: Vectors,
  weights: VectorWeights,
): Part[] {
  const near = standardised(cosines);
  const firstLook: Part[] = [
    [1, words],
    [weights.firstLook, near],
  ];
  const centre = meanOfBest(weightedSum(firstLook), vectors);
  const parts: Part[] = [[weights.vector, near]];
  if (centre) parts.push([weights.feedback, standardised(vectors.cosines(centre))]);
  return parts;
}

/**
 * How far a dense model is believed, from 0 to 1: many of a good one's nearest chunks are among those that
 * fit best by words, of a model that does not fit the collection no more than by chance. Few chunks found
 * by words leave it the field.
 */
function agreement(
  n: number,
  byWords: readonly { chunkId: number }[],
  byVector: readonly { chunkId: number }[],
): number {
  if (byWords.length < AGREE) return 1;
  const best = new Set(byWords.slice(0, Math.max(AGREE, n * BEST_BY_WORDS)).map((c) => c.chunkId));
  const nearest = byVector.slice(0, AGREE);
  const share = nearest.filter((c) => best.has(c.chunkId)).length / Math.max(1, nearest.length);
  const byChance = Math.min(1, best.size / Math.max(1, n));
  return Math.min(1, Math.max(0, (share - byChance) / FULL_AGREEMENT));
}

const denseWeights = (trust: number): VectorWeights => ({
  vector: trust * DENSE_WEIGHTS.vector,
  feedback: trust * DENSE_WEIGHTS.feedback,
  firstLook: trust * DENSE_WEIGHTS.firstLook,
});

/** Mean of the best chunks' vectors, each by how close its score is to the best one's. */
function meanOfBest(scores: Float64Array, vectors: Vectors): Float32Array | null {
  const best = descending(scores).slice(0, FEEDBACK);
  let mean: Float32Array | null = null;
  for (const i of best) {
    const vector = vectors.at(i);
    if (!vector) continue;
    mean ??= new Float32Array(vector.length);
    const weight = Math.exp((scores[i]! - scores[best[0]!]!) / TEMPERATURE);
    for (let j = 0; j < mean.length; j++) mean[j]! += weight * vector[j]!;
  }
  return mean && normalise(mean) ? mean : null;
}

/** Nearest among the chunks that the filter lets through. */
async function nearest(
  neighbourhood: Neighbourhood,
  vector: Float32Array,
  { only, ids }: Listed,
  limit: number,
): Promise<Near[]> {
  if (!only) return neighbourhood.nearest(vector, limit);
  if (ids.length > FEW) return neighbourhood.nearest(vector, FILTERED * limit);
  const cosines = (await neighbourhood.vectors([...ids])).cosines(vector);
  return Array.from(ids, (chunkId, i) => ({ chunkId, cosine: cosines[i] ?? null }))
    .filter((c): c is Near => c.cosine !== null)
    .sort((a, b) => b.cosine - a.cosine || a.chunkId - b.chunkId)
    .slice(0, limit);
}

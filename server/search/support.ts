/** How likely what was found answers the question. */
import { type Asked, bestPossible, idf } from './candidates';
import type { Ranked } from './rank';
import type { ChunkSentence } from './sentences';

/** What tells answerable questions from others; each from 0 to 1. */
export interface SupportSigns {
  /** Share of the question, by rarity of its words, that stands in one passage. */
  passage: number;
  /** The best passage's BM25, of what no passage can reach. */
  words: number;
  /** By how much of that it leads the fifth. */
  lead: number;
}

/**
 * Words that no chunk holds count as the rarest, so that a question about something else has little
 * support however well its common words fit.
 */
export function supportSigns(
  asked: Asked,
  ranked: readonly Ranked[],
  sentences: readonly ChunkSentence[],
): SupportSigns {
  const unknown = asked.unknown * idf(asked.size.n, 0);
  const total = asked.words.reduce((sum, word) => sum + word.weight, unknown) || 1;
  const termsOf = new Map<number, Set<number>>();
  for (const { chunkId, tokens } of sentences) {
    const terms = termsOf.get(chunkId) ?? new Set();
    for (const term of tokens) terms.add(term);
    termsOf.set(chunkId, terms);
  }
  const covered = [...termsOf.values()].map((terms) =>
    asked.words.reduce((sum, word) => sum + (terms.has(word.termId) ? word.weight : 0), 0),
  );
  const scores = ranked.map((r) => r.words).sort((a, b) => b - a);
  const best = scores[0] ?? 0;
  return {
    passage: Math.max(0, ...covered) / total,
    words: best / bestPossible(total),
    lead: (best - (scores[4] ?? 0)) / bestPossible(total),
  };
}

/** Fitted by logistic regression on every other training claim of SciFact, with and without its documents. */
const BASE = -1.765;
const WEIGHTS: SupportSigns = { passage: 0.897, words: 0.364, lead: 7.639 };

/**
 * Of those claims 74 in 100 are answered with their documents there, 44 with them taken out (of the other
 * half 73 and 44; AUROC 0.72). Higher would keep silent more often where there is an answer.
 */
export const THRESHOLD = 0.4;

/** From 0 to 1; null when nothing was found. */
export function supportOf(
  asked: Asked,
  ranked: readonly Ranked[],
  sentences: readonly ChunkSentence[],
): number | null {
  if (sentences.length === 0) return null;
  const signs = supportSigns(asked, ranked, sentences);
  const sum =
    BASE +
    WEIGHTS.passage * signs.passage +
    WEIGHTS.words * signs.words +
    WEIGHTS.lead * signs.lead;
  return 1 / (1 + Math.exp(-sum));
}

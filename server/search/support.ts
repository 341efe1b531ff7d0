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

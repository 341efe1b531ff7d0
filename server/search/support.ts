/** How likely what was found answers the question. */
import { type Asked, bestPossible, idf } from './candidates';
import type { Ranked } from './rank';
import type { ChunkSentence } from './sentences';
import { SUPPORT_WEIGHTS as WEIGHTS } from './weights';

/** What tells answerable questions from others; each from 0 to 1. */
export interface SupportSigns {
  /** By how much of the BM25 that no passage can reach the best passage leads the mean of the next. */
  lead: number;
  /** Share of the question, by rarity of its words, that stands in one passage or its title. */
  passage: number;
}

/** Passages that the best one is held against. */
const NEXT = 9;

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
  for (const { chunkId, title, tokens } of sentences) {
    const terms = termsOf.get(chunkId) ?? new Set(title);
    for (const term of tokens) terms.add(term);
    termsOf.set(chunkId, terms);
  }
  const covered = [...termsOf.values()].map((terms) =>
    asked.words.reduce((sum, word) => sum + (terms.has(word.termId) ? word.weight : 0), 0),
  );
  const [best = 0, ...others] = ranked.map((r) => r.words).sort((a, b) => b - a);
  const next = others.slice(0, NEXT);
  const mean = next.reduce((sum, words) => sum + words, 0) / Math.max(1, next.length);
  return {
    lead: (best - mean) / bestPossible(total),
    passage: Math.max(0, ...covered) / total,
  };
}

/** From 0 to 1; null when nothing was found. */
export function supportOf(
  asked: Asked,
  ranked: readonly Ranked[],
  sentences: readonly ChunkSentence[],
): number | null {
  if (sentences.length === 0) return null;
  const { lead, passage } = supportSigns(asked, ranked, sentences);
  return 1 / (1 + Math.exp(-(WEIGHTS.base + WEIGHTS.lead * lead + WEIGHTS.passage * passage)));
}

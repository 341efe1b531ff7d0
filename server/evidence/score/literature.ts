/** The literature's part in a score: its best level, never a head count. */
import type { Level } from '@/server/evidence/schema';
import { round6, sortedUnique } from '@/server/evidence/understand/text';
import type { Term } from '@/server/reports/schema';
import type { ByLevel, LiteratureFeatures } from './features';
import { literatureWeightId, type WeightId, type Weights } from './weights';

type LevelName = Level | 'unclassified';
const LEVELS = (['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'unclassified'] as const).map((level) => ({
  level: level as LevelName,
  weightId: literatureWeightId(level === 'unclassified' ? null : level),
}));
type WeightOf = (id: WeightId) => number;

/** The level that weighs most under these weights; the stronger design where two weigh the same. */
function bestOf(groups: ByLevel, weightOf: WeightOf): { level: LevelName; weight: number } | null {
  let best: { level: LevelName; weight: number } | null = null;
  for (const { level, weightId } of LEVELS) {
    if (!groups[level]?.length) continue;
    const weight = weightOf(weightId);
    if (best === null || weight > best.weight) best = { level, weight };
  }
  return best;
}

/**
 * For and against each count the best level whose direction was read. What may be better still widens
 * the interval up to its own level, no further.
 */
function readLiterature(literature: LiteratureFeatures, weightOf: WeightOf) {
  const supporting = bestOf(literature.supports, weightOf);
  const contradicting = bestOf(literature.contradicts, weightOf);
  const mayFor = bestOf(literature.maySupport, weightOf);
  const mayAgainst = bestOf(literature.mayContradict, weightOf);
  const more = Math.max(0, (mayFor?.weight ?? 0) - (supporting?.weight ?? 0));
  const less = Math.max(0, (mayAgainst?.weight ?? 0) - (contradicting?.weight ?? 0));
  return { supporting, contradicting, mayFor, mayAgainst, more, less };
}

/** For, against, and what is unknown in both directions; without names, for asking "what if" often. */
export function literatureContributions(
  literature: LiteratureFeatures,
  weightOf: WeightOf,
): { plus: number; minus: number; more: number; less: number } {
  const { supporting, contradicting, more, less } = readLiterature(literature, weightOf);
  return { plus: supporting?.weight ?? 0, minus: contradicting?.weight ?? 0, more, less };
}

export function literatureTerms(literature: LiteratureFeatures, weights: Weights): Term[] {
  const read = readLiterature(literature, (id) => weights[id]);
  const terms: Term[] = [];
  const known = (groups: ByLevel, best: { level: LevelName; weight: number }, sign: 1 | -1) => {
    const contribution = round6(sign * best.weight);
    terms.push({
      name: `Literature ${sign > 0 ? 'for' : 'against'}, best level ${best.level}`,
      weight: best.weight,
      value: sign,
      contribution: { low: contribution, high: contribution },
      evidenceIds: groups[best.level] ?? [],
    });
  };
  if (read.supporting) known(literature.supports, read.supporting, 1);
  if (read.contradicting) known(literature.contradicts, read.contradicting, -1);
  if (read.mayFor || read.mayAgainst) {
    terms.push({
      name: 'Literature of unknown direction, level or standing',
      weight: Math.max(read.mayFor?.weight ?? 0, read.mayAgainst?.weight ?? 0),
      value: null,
      contribution: { low: round6(-read.less), high: round6(read.more) },
      evidenceIds: sortedUnique([
        ...((read.mayFor && literature.maySupport[read.mayFor.level]) ?? []),
        ...((read.mayAgainst && literature.mayContradict[read.mayAgainst.level]) ?? []),
      ]),
    });
  }
  return terms;
}

import type { Propensity } from './propensity';
import type { Session } from './session';

interface Pair {
  /** Features of the preferred less those of the other. */
  difference: number[];
  weight: number;
}

const STEPS = 150;
const LEARNING_RATE = 0.5;
const RIDGE = 0.02;

/**
 * Weights that put what was voted up above what was shown with it, and what was voted down below: logistic
 * regression on pairs, each weighed by one over how likely its voted record was looked at (propensity-
 * weighted ranking, Joachims et al. 2017, doi 10.1145/3018661.3018699). All voters weigh alike, however
 * much each voted. With the same sessions the same weights; zeros where nothing was said.
 */
export function train(sessions: readonly Session[], propensity: Propensity): number[] {
  const pairs = balanced(sessions, propensity);
  const size = sessions[0]?.items[0]?.features.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  if (pairs.length === 0) return weights;
  // One block of numbers: this loop is where training spends its time.
  const differences = new Float64Array(pairs.length * size);
  for (const [p, { difference }] of pairs.entries()) differences.set(difference, p * size);
  const velocity = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((w) => -RIDGE * w);
    for (let p = 0, at = 0; p < pairs.length; p += 1, at += size) {
      let margin = 0;
      for (let i = 0; i < size; i += 1) margin += weights[i]! * differences[at + i]!;
      const miss = pairs[p]!.weight / (1 + Math.exp(margin));
      for (let i = 0; i < size; i += 1) gradient[i]! += miss * differences[at + i]!;
    }
    for (let i = 0; i < size; i += 1) {
      velocity[i] = 0.9 * velocity[i]! + LEARNING_RATE * gradient[i]!;
      weights[i]! += velocity[i]!;
    }
  }
  return weights;
}

/** Every voter's pairs together weigh the same, and all of them one. */
function balanced(sessions: readonly Session[], propensity: Propensity): Pair[] {
  const byVoter = new Map<string, Pair[]>();
  for (const session of sessions) {
    byVoter.set(session.voter, [
      ...(byVoter.get(session.voter) ?? []),
      ...pairsOf(session, propensity),
    ]);
  }
  const voters = [...byVoter.values()].filter((pairs) => pairs.length > 0);
  return voters.flatMap((pairs) => {
    const total = pairs.reduce((sum, { weight }) => sum + weight, 0) * voters.length;
    return pairs.map(({ difference, weight }) => ({ difference, weight: weight / total }));
  });
}

function pairsOf({ items }: Session, propensity: Propensity): Pair[] {
  return items.flatMap((voted) => {
    if (voted.vote === 0) return [];
    const weight = 1 / propensity(voted.position);
    return items
      .filter((other) => (voted.vote === 1 ? other.vote < 1 : other.vote === 0))
      .map((other) => ({
        weight,
        difference: voted.features.map(
          (value, i) => voted.vote * (value - (other.features[i] ?? 0)),
        ),
      }));
  });
}

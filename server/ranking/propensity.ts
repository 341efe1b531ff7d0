import type { Session } from './session';

/**
 * How likely a position is looked at, as (position + 1)^−η relative to the first: position from 0. The form
 * is that of Joachims, Swaminathan and Schnabel 2017 (doi 10.1145/3018661.3018699).
 */
export type Propensity = (position: number) => number;

/** Smaller ones would let a single vote far down outweigh everything. */
const LEAST = 0.1;
const MOST_BIAS = 2;
const EXPECTED = 1;

export const propensityOf =
  (eta: number): Propensity =>
  (position) =>
    Math.max(LEAST, (position + 1) ** -eta);

/**
 * η from neighbours whose order was drawn by lot: which of the two stands above says nothing about them, so
 * votes on the upper one exceed those on the lower just by how much more it is looked at (after Radlinski
 * and Joachims 2006, arXiv cs/0605037). The most likely value, where 1 ± ½ is expected before any vote, as
 * in the study cited above.
 */
export function estimateBias(sessions: readonly Session[]): { eta: number; votes: number } {
  const seen = new Map<number, { upper: number; lower: number }>();
  let votes = 0;
  for (const { pairAt, items } of sessions) {
    if (pairAt === null) continue;
    const votesAt = (at: number) =>
      Number((items.find(({ position }) => position === at)?.vote ?? 0) !== 0);
    const at = seen.get(pairAt) ?? { upper: 0, lower: 0 };
    at.upper += votesAt(pairAt);
    at.lower += votesAt(pairAt + 1);
    seen.set(pairAt, at);
    votes += votesAt(pairAt) + votesAt(pairAt + 1);
  }
  let best = { eta: 0, likelihood: Number.NEGATIVE_INFINITY };
  for (let step = 0; step <= MOST_BIAS * 50; step += 1) {
    const eta = step / 50;
    let likelihood = -2 * (eta - EXPECTED) ** 2;
    for (const [at, { upper, lower }] of seen) {
      const share = 1 / (1 + ((at + 1) / (at + 2)) ** eta);
      likelihood += upper * Math.log(share) + lower * Math.log(1 - share);
    }
    if (likelihood > best.likelihood) best = { eta, likelihood };
  }
  return { eta: best.eta, votes };
}

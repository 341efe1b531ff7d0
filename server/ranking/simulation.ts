/** People who vote on lists, with a known truth behind them: what a ranker is tested on. */
import { type Propensity, propensityOf } from './propensity';
import { randomFrom } from './random';
import type { Session } from './session';

export interface Simulated {
  sessions: Session[];
  /** By item: how relevant it really is, from 0 to 1; in the order in which it was shown. */
  truth: number[][];
}

/** What makes a record relevant in truth, by feature. The first only decides where it is shown. */
const TRUTH = [0, 2.5, -2, 1.5, 0, -1];

/**
 * `voters` people see `lists` lists each of 30 records in the usual order, two neighbours of which are
 * drawn by lot, look at position k with probability (k + 1)^−eta and vote for what they find relevant
 * (`vote` says so, given the truth). The usual order follows the first feature, which means nothing.
 */
export function simulate({
  seed,
  eta,
  voters = 5,
  lists = 40,
  vote = (relevance, random) => (random() < relevance ? 1 : 0),
}: {
  seed: number;
  eta: number;
  voters?: number;
  lists?: number;
  vote?: (relevance: number, random: () => number) => 1 | -1 | 0;
}): Simulated {
  const random = randomFrom(seed);
  const lookedAt: Propensity = propensityOf(eta);
  const truth: number[][] = [];
  const sessions = Array.from({ length: voters * lists }, (_, n): Session => {
    const records = Array.from({ length: 30 }, (_, i) => ({
      id: `${n}-${i}`,
      features: TRUTH.map(() => random() * 2 - 1),
    })).sort((a, b) => (b.features[0] ?? 0) - (a.features[0] ?? 0));
    const pairAt = Math.floor(random() * 12);
    if (random() < 0.5) {
      records.splice(pairAt, 2, records[pairAt + 1]!, records[pairAt]!);
    }
    const relevances = records.map(
      ({ features }) =>
        1 / (1 + Math.exp(3 - features.reduce((sum, x, i) => sum + x * (TRUTH[i] ?? 0), 0))),
    );
    truth.push(relevances);
    return {
      voter: `voter ${n % voters}`,
      pairAt,
      items: records.map((record, position) => ({
        ...record,
        position,
        vote: random() < lookedAt(position) ? vote(relevances[position]!, random) : 0,
      })),
    };
  });
  return { sessions, truth };
}

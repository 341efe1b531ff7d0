import { describe, expect, it } from 'vitest';
import { compare, crossValidate, ndcg, type Order, ordered } from './evaluate';
import { train } from './model';
import { estimateBias, propensityOf } from './propensity';
import { type Simulated, simulate } from './simulation';

/** Mean nDCG by the truth that the simulation knows and no ranker sees. */
function trueNdcg({ sessions, truth }: Simulated, order: Order): number {
  const each = sessions.map((session, s) => {
    const items = session.items.map((item, i) => ({ ...item, gain: truth[s]?.[i] ?? 0 }));
    return ndcg(ordered(items, order).map(({ gain }) => gain)) ?? 0;
  });
  return each.reduce((a, b) => a + b, 0) / each.length;
}

const told: string[] = [];
const tell = (line: string) => told.push(line);

describe('people who look at what stands on top', () => {
  const seen = simulate({ seed: 1, eta: 1 });
  const unseen = simulate({ seed: 2, eta: 1 });

  it('show by neighbours drawn by lot how strongly they do', () => {
    const of = (eta: number) =>
      estimateBias(simulate({ seed: 3, eta, lists: 400, vote: () => 1 }).sessions).eta;
    expect(Math.abs(of(1) - 1)).toBeLessThan(0.15);
    expect(of(0)).toBeLessThan(0.15);
    expect(estimateBias([])).toEqual({ eta: 1, votes: 0 });
  });

  it('teach a better order when that is corrected than when it is not', () => {
    const { eta } = estimateBias(seen.sessions);
    const corrected = trueNdcg(unseen, train(seen.sessions, propensityOf(eta)));
    const naive = trueNdcg(unseen, train(seen.sessions, propensityOf(0)));
    const usual = trueNdcg(unseen, null);
    tell(
      `held-out nDCG: usual ${usual.toFixed(3)}, naive ${naive.toFixed(3)}, corrected ${corrected.toFixed(3)} (eta ${eta.toFixed(2)})`,
    );
    expect(corrected).toBeGreaterThan(naive + 0.005);
    expect(naive).toBeGreaterThan(usual);
  });

  it('give a lift that is seen on votes held out', () => {
    const lift = crossValidate(seen.sessions, null, propensityOf(1));
    tell(
      `lift on votes held out: ${lift?.mean.toFixed(3)} [${lift?.low.toFixed(3)}, ${lift?.high.toFixed(3)}]`,
    );
    expect(lift?.low).toBeGreaterThan(0.05);
  });
});

it('sees no lift in random votes', () => {
  const lifts = [11, 12, 13, 14].map((seed) => {
    const random = simulate({
      seed,
      eta: 1,
      vote: (_, random) => (random() < 0.3 ? (random() < 0.5 ? 1 : -1) : 0),
    });
    const { eta } = estimateBias(random.sessions);
    return crossValidate(random.sessions, null, propensityOf(eta))!;
  });
  tell(`random votes, lower ends: ${lifts.map(({ low }) => low.toFixed(3)).join(', ')}`);
  expect(lifts.filter(({ low }) => low > 0).length).toBeLessThanOrEqual(1);
});

it('sees that an order taught by poisoned votes is worse than none', () => {
  const poison = simulate({
    seed: 21,
    eta: 1,
    voters: 3,
    vote: (relevance, random) => (random() < relevance ? -1 : random() < 0.3 ? 1 : 0),
  });
  const poisoned = train(poison.sessions, propensityOf(1));
  const honest = simulate({ seed: 22, eta: 1, lists: 12 });
  const found = compare(honest.sessions, poisoned, null, propensityOf(1));
  tell(
    `poisoned order on honest votes: ${found?.mean.toFixed(3)} [${found?.low.toFixed(3)}, ${found?.high.toFixed(3)}]`,
  );
  expect(found?.high).toBeLessThan(0);
});

it('lets nobody outweigh the others by voting more', () => {
  const honest = simulate({ seed: 31, eta: 1, voters: 4 });
  const flood = simulate({
    seed: 32,
    eta: 1,
    voters: 1,
    lists: 300,
    vote: (relevance, random) => (random() < relevance ? -1 : random() < 0.3 ? 1 : 0),
  });
  const sessions = [
    ...honest.sessions,
    ...flood.sessions.map((session) => ({ ...session, voter: 'flood' })),
  ];
  const unseen = simulate({ seed: 33, eta: 1 });
  const taught = trueNdcg(unseen, train(sessions, propensityOf(1)));
  tell(
    `with one of five against all: ${taught.toFixed(3)}, usual ${trueNdcg(unseen, null).toFixed(3)}`,
  );
  expect(taught).toBeGreaterThan(trueNdcg(unseen, null) + 0.05);
});

it('tells its figures', () => {
  process.stdout.write(`${told.join('\n')}\n`);
  expect(told.length).toBeGreaterThan(0);
});

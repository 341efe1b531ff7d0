import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/server/evidence/schema';
import type { Candidate } from '@/server/reports/schema';
import { assess, DEFAULT_WEIGHTS, score, WEIGHTS, weightsWith } from '.';
import {
  ALL_ANSWERED,
  about,
  article,
  COUGH,
  FEVER,
  indication,
  type TrialGiven,
  trial,
  withdrawn,
} from './testing';

/** Mulberry32: the same sequence on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PHASES = [
  null,
  ['NA'],
  ['EARLY_PHASE1'],
  ['PHASE1'],
  ['PHASE1', 'PHASE2'],
  ['PHASE2'],
  ['PHASE3'],
  ['PHASE4'],
];
const STATUSES = [
  'COMPLETED',
  'RECRUITING',
  'TERMINATED',
  'WITHDRAWN',
  'UNKNOWN',
  'ACTIVE_NOT_RECRUITING',
  'SUSPENDED',
];
const ROLES = ['studied', 'combination', 'comparator', 'background', 'unclear'] as const;

function someEvidence(seed: number): Evidence[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const count = 1 + Math.floor(random() * 12);
  const evidence: Evidence[] = [];
  for (let i = 0; i < count; i += 1) {
    const role = pick(ROLES);
    const given: TrialGiven = {
      id: `NCT${i}-${role}`,
      phases: pick(PHASES),
      status: pick(STATUSES),
      role,
      conditions: pick([[FEVER], [COUGH], [FEVER, COUGH]]),
    };
    if (random() < 0.4) given.p = pick(['0.001', '0.5']);
    if (random() < 0.3)
      given.why = pick(['Lack of efficacy', 'Safety concerns', 'Slow recruitment']);
    evidence.push(trial(given));
    if (random() < 0.5) {
      evidence.push(
        article({
          id: String(i),
          says: pick(['for', 'against', 'nothing']),
          level: pick(['L1', 'L2', 'L3', null]),
          notices: pick([[], null, ['RetractionIn']]),
          about: pick([FEVER, COUGH]),
        }),
      );
    }
  }
  if (random() < 0.3) evidence.push(indication('i', pick([1, 2, 3]), { mesh: FEVER }));
  if (random() < 0.1) evidence.push(withdrawn());
  return evidence;
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);
const of = (evidence: Evidence[], mesh: string): Candidate | undefined =>
  assess(about(evidence)).candidates.find(({ ids }) => ids.mesh === mesh);

describe('more evidence', () => {
  const [mesh] = FEVER;

  it('a further negative trial never raises the upper end', () => {
    for (const seed of SEEDS) {
      const evidence = someEvidence(seed);
      const before = of(evidence, mesh);
      for (const phases of [['NA'], ['PHASE1'], ['PHASE3']]) {
        const negative = trial({ id: 'NCT99', phases, p: '0.7' });
        const after = of([...evidence, negative], mesh);
        if (before) expect(after!.interval.high).toBeLessThanOrEqual(before.interval.high);
      }
    }
  });

  it('a further trial of unknown outcome never narrows', () => {
    for (const seed of SEEDS) {
      const evidence = someEvidence(seed);
      const before = of(evidence, mesh);
      for (const phases of [['PHASE1'], ['PHASE3']]) {
        const after = of([...evidence, trial({ id: 'NCT99', phases })], mesh);
        if (!before) continue;
        expect(after!.interval.low).toBeLessThanOrEqual(before.interval.low);
        expect(after!.interval.high).toBeGreaterThanOrEqual(before.interval.high);
      }
    }
  });

  it('a further success never lowers the lower end', () => {
    for (const seed of SEEDS) {
      const evidence = someEvidence(seed);
      const before = of(evidence, mesh);
      const after = of([...evidence, trial({ id: 'NCT99', p: '0.001' })], mesh);
      if (before) expect(after!.interval.low).toBeGreaterThanOrEqual(before.interval.low);
    }
  });

  it('sums are those of the terms, and the interval that of the sums', () => {
    for (const seed of SEEDS) {
      for (const { terms, support, against, interval } of assess(about(someEvidence(seed)))
        .candidates) {
        const total = (end: (c: { low: number; high: number }) => number) =>
          terms.reduce((sum, { contribution }) => sum + end(contribution), 0);
        expect(total(({ low }) => Math.max(0, low))).toBeCloseTo(support.low, 5);
        expect(total(({ high }) => Math.max(0, high))).toBeCloseTo(support.high, 5);
        expect(total(({ high }) => Math.max(0, -high))).toBeCloseTo(against.low, 5);
        expect(total(({ low }) => Math.max(0, -low))).toBeCloseTo(against.high, 5);
        expect(interval.low).toBeCloseTo(support.low - against.high, 5);
        expect(interval.high).toBeCloseTo(support.high - against.low, 5);
        expect(interval.low).toBeLessThanOrEqual(interval.high);
      }
    }
  });
});

it('comparator and background trials change no number and no label', () => {
  for (const seed of SEEDS) {
    const evidence = someEvidence(seed);
    const without = evidence.filter(({ id }) => !/comparator|background/.test(id));
    for (const candidate of assess(about(without)).candidates) {
      const full = of(evidence, candidate.ids.mesh!);
      expect(full).toMatchObject({
        label: candidate.label,
        support: candidate.support,
        against: candidate.against,
        interval: candidate.interval,
        articles: candidate.articles,
        bestPhase: candidate.bestPhase,
      });
    }
  }
});

it('the order of evidence changes nothing', () => {
  for (const seed of SEEDS.slice(0, 60)) {
    const evidence = someEvidence(seed);
    const random = randomFrom(seed + 1000);
    const shuffled = [...evidence]
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
    expect(JSON.stringify(assess(about(shuffled)))).toBe(JSON.stringify(assess(about(evidence))));
  }
});

it('features survive JSON and give the same scores again', () => {
  for (const seed of SEEDS.slice(0, 40)) {
    const { features, candidates, decision } = assess(about(someEvidence(seed)));
    expect(score(JSON.parse(JSON.stringify(features)))).toMatchObject({ candidates, decision });
  }
});

describe('flips', () => {
  it('hold: the named weight at the named bound gives the named label', () => {
    let checked = 0;
    for (const seed of SEEDS) {
      const { features, candidates } = assess(about(someEvidence(seed)));
      for (const candidate of candidates) {
        for (const flip of candidate.flips) {
          const moved = /^the weight "(.+)" stood at (.+)$/.exec(flip.change);
          if (!moved) continue;
          const { id } = WEIGHTS.find(({ label }) => label === moved[1])!;
          const again = score(features, weightsWith({ [id]: Number(moved[2]) }));
          const same = again.candidates.find(
            ({ indication: name }) => name === candidate.indication,
          );
          expect(same?.label).toBe(flip.label);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(30);
  });

  it('hold: the named trial resolved gives the named label', () => {
    const open = trial({ id: 'NCT1', phases: ['PHASE3'] });
    const flips = of([open], FEVER[0])!.flips.filter(({ change }) => change.startsWith('NCT1'));
    expect(flips).toEqual([
      { label: 'Go', change: 'NCT1 met its primary outcome' },
      { label: 'No-Go', change: 'NCT1 missed its primary outcome' },
    ]);
    expect(of([trial({ id: 'NCT1', p: '0.001' })], FEVER[0])!.label).toBe('Go');
    expect(of([trial({ id: 'NCT1', p: '0.7' })], FEVER[0])!.label).toBe('No-Go');
  });

  it('never name a change that keeps the label', () => {
    for (const seed of SEEDS) {
      for (const { label, flips } of assess(about(someEvidence(seed))).candidates) {
        expect(flips.filter((flip) => flip.label === label)).toEqual([]);
      }
    }
  });

  it('say that a silent source stands in the way', () => {
    const outcomes = { ...ALL_ANSWERED, openfda: 'failed' as const };
    const [candidate] = assess(about([trial({ id: 'NCT1', p: '0.001' })], { outcomes })).candidates;
    expect(candidate).toMatchObject({ label: 'Investigate' });
    expect(candidate!.flips).toContainEqual({
      label: 'Go',
      change: 'openFDA and ChEMBL answered in full',
    });
  });
});

describe('weights', () => {
  it('have defaults within their bounds, a source and a name of their own', () => {
    for (const weight of WEIGHTS) {
      expect(weight.min).toBeLessThanOrEqual(weight.default);
      expect(weight.default).toBeLessThanOrEqual(weight.max);
      expect(weight.source.length).toBeGreaterThan(20);
    }
    expect(new Set(WEIGHTS.map(({ label }) => label)).size).toBe(WEIGHTS.length);
  });
  it('are kept within bounds, and nonsense is left out', () => {
    expect(weightsWith({ 'phase.2': 99, 'phase.3': Number.NaN, nonsense: 1 })).toEqual({
      ...DEFAULT_WEIGHTS,
      'phase.2': 0.6,
    });
  });
  it('re-rank', () => {
    const { features } = assess(
      about([
        trial({ id: 'NCT1', phases: ['PHASE2'], p: '0.001' }),
        trial({ id: 'NCT2', phases: ['PHASE1'], p: '0.001', conditions: [COUGH] }),
      ]),
    );
    const names = (moved: Record<string, number>) =>
      score(features, weightsWith(moved)).candidates.map(({ indication: name }) => name);
    expect(names({})).toEqual([FEVER[1], COUGH[1]]);
    expect(names({ 'phase.2': 0.05 })).toEqual([COUGH[1], FEVER[1]]);
  });
});

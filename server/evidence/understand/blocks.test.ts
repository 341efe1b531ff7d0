import { describe, expect, it } from 'vitest';
import { createBody, resolve } from '@/server/reports/places';
import { phaseInWords, phaseKey, phaseRank, recordedPhase } from './phase';
import { placeWithin } from './place';
import { disproportionality } from './prr';
import { retractionState } from './retraction';
import { round6 } from './text';
import { trialState } from './trial-state';

describe('phases', () => {
  it.each<[string[] | null, string | null, string | null, number | null]>([
    [['PHASE3'], 'phase-3', 'Phase 3', 3],
    [['PHASE1', 'PHASE2'], 'phase-1', 'Phase 1/2', 1.5],
    [['PHASE3', 'PHASE2'], 'phase-2', 'Phase 2/3', 2.5],
    [['EARLY_PHASE1'], 'early-phase-1', 'Early phase 1', 0.5],
    [['PHASE4'], 'phase-4', 'Phase 4', 4],
    [['NA'], null, null, null],
    [[], null, null, null],
    [null, null, null, null],
  ])('%j', (phases, key, words, rank) => {
    expect([phaseKey(phases), phaseInWords(phases), phaseRank(phases)]).toEqual([key, words, rank]);
  });
  it.each<[string | number | null, string | null]>([
    [4, 'approved'],
    ['4.0', 'approved'],
    [0.5, 'early-phase-1'],
    [2, 'phase-2'],
    [-1, null],
    ['PHASE_1_2', 'phase-1'],
    ['PHASE_2_3', 'phase-2'],
    ['EARLY_PHASE_1', 'early-phase-1'],
    ['APPROVAL', 'approved'],
    ['UNKNOWN', null],
    [null, null],
  ])('recorded %s', (value, expected) => {
    expect(recordedPhase(value)).toBe(expected);
  });
});

describe('disproportionality', () => {
  it('follows the 2x2 table', () => {
    // a 25, b 75, c 100, d 9800: PRR (25/100)/(100/9900); checked by hand.
    const result = disproportionality({ a: 25, drugTotal: 100, reactionTotal: 125, total: 10_000 });
    expect(result).toMatchObject({ a: 25, b: 75, c: 100, d: 9800, prr: 24.75, signal: true });
    expect(result?.low).toBeCloseTo(16.72, 1);
    expect(result?.high).toBeCloseTo(36.64, 1);
    expect(result?.chiSquared).toBeCloseTo(442.35, 1);
  });
  it('needs three reports for a signal', () => {
    expect(
      disproportionality({ a: 2, drugTotal: 10, reactionTotal: 10, total: 10_000 })?.signal,
    ).toBe(false);
  });
  it.each([
    { a: 0, drugTotal: 10, reactionTotal: 10, total: 100 },
    { a: 5, drugTotal: 5, reactionTotal: 10, total: 100 },
    { a: 5, drugTotal: 10, reactionTotal: 5, total: 100 },
    { a: 5, drugTotal: 10, reactionTotal: 95, total: 100 },
    { a: 5, drugTotal: 3, reactionTotal: 9, total: 100 },
  ])('gives no ratio for a zero or impossible cell: %j', (counts) => {
    expect(disproportionality(counts)).toBeNull();
  });
});

describe('retraction', () => {
  it.each<[string[], string[] | null, string]>([
    [['Retracted Publication'], null, 'retracted'],
    [[], ['RetractionIn'], 'retracted'],
    [[], ['Retraction in'], 'retracted'],
    [[], ['PartialRetractionIn'], 'retracted'],
    [[], ['Retracted Publication'], 'retracted'],
    [[], ['RetractedandRepublishedFrom'], 'none'],
    [['Retraction of Publication'], ['RetractionOf'], 'none'],
    [[], ['ExpressionOfConcernIn', 'ErratumIn'], 'concern'],
    [[], ['Erratum in'], 'corrected'],
    [['Published Erratum'], ['ErratumFor'], 'none'],
    [['Journal Article'], [], 'none'],
    [['Journal Article'], null, 'unknown'],
  ])('%j %j', (types, notices, expected) => {
    expect(retractionState(types, notices)).toBe(expected);
  });
});

describe('the state of a trial', () => {
  const state = (
    status: string,
    stopClass: string | null = null,
    verdict = 'not-posted',
    studyType = 'INTERVENTIONAL',
  ) => trialState({ studyType, status, stopClass, verdict: verdict as 'met' });
  it.each([
    [state('COMPLETED', null, 'met'), 'met'],
    [state('COMPLETED', null, 'not-met'), 'not-met'],
    [state('COMPLETED', null, 'unclear'), 'unclear-results'],
    [state('COMPLETED'), 'unreported'],
    [state('ACTIVE_NOT_RECRUITING', null, 'not-met'), 'not-met'],
    [state('TERMINATED', 'Negative'), 'stopped-efficacy'],
    [state('WITHDRAWN', 'Safety_Sideeffects'), 'stopped-safety'],
    [state('TERMINATED', 'Business_Administrative'), 'stopped-neutral'],
    [state('TERMINATED', 'Business_Administrative', 'not-met'), 'stopped-neutral'],
    [state('TERMINATED', 'Negative', 'met'), 'stopped-efficacy'],
    [state('TERMINATED', 'Endpoint_Met', 'met'), 'met'],
    [state('TERMINATED'), 'stopped-unexplained'],
    [state('TERMINATED', 'No_Context'), 'stopped-unexplained'],
    [state('WITHDRAWN'), 'stopped-neutral'],
    [state('SUSPENDED', 'Logistics_Resources'), 'ongoing'],
    [state('RECRUITING'), 'ongoing'],
    [state('UNKNOWN'), 'status-unknown'],
    [state('SOMETHING_NEW'), 'status-unknown'],
    [state('COMPLETED', null, 'met', 'OBSERVATIONAL'), 'not-a-trial'],
  ])('%s', (read, expected) => {
    expect(read).toBe(expected);
  });
});

describe('places within cited text', () => {
  const snapshotSha256 = 'a'.repeat(64);
  it('inside a JSON value and inside words of one', () => {
    const text = 'One 🧪. Two is it.';
    const body = createBody(JSON.stringify({ text }));
    const whole = { snapshotSha256, pointer: '/text', value: text };
    const place = placeWithin(whole, 8, 15);
    expect(place).toMatchObject({ pointer: '/text', quote: text.slice(8, 15) });
    expect(resolve(place!, body)).toEqual({ ok: true });
    const words = { snapshotSha256, pointer: '/text', start: 4, end: 18, quote: text.slice(4) };
    const inner = placeWithin(words, 4, 7);
    expect(resolve(inner!, body)).toEqual({ ok: true });
  });
  it('inside markup, without the tags around', () => {
    const raw = 'It <b>fell</b> (P &lt; .01). <i>In vivo</i> too.';
    const xml = `<a>${raw}</a>`;
    const slice = {
      snapshotSha256,
      start: 3,
      end: 3 + raw.length,
      quote: raw,
      display: 'It fell (P < .01). In vivo too.',
    };
    for (const [start, end] of [
      [0, 18],
      [19, 31],
      [3, 7],
      [12, 13],
    ] as const) {
      const place = placeWithin(slice, start, end);
      expect(place).toMatchObject({ display: slice.display.slice(start, end) });
      expect(resolve(place!, createBody(xml))).toEqual({ ok: true });
    }
  });
  it('not where the words do not reach', () => {
    expect(placeWithin({ snapshotSha256, pointer: '', value: 'abc' }, 1, 9)).toBeNull();
    expect(placeWithin({ snapshotSha256, pointer: '', value: 'abc' }, 1, 1)).toBeNull();
  });
});

it('rounds to six places, without a negative zero', () => {
  expect(round6(0.1 + 0.2)).toBe(0.3);
  expect(Object.is(round6(-0.0000001), 0)).toBe(true);
  expect(round6(1.0000005)).toBe(1.000001);
  expect(round6(-0.7000000000000001)).toBe(-0.7);
});

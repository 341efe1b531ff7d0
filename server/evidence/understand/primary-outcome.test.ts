import { describe, expect, it } from 'vitest';
import { type Analysis, analysisVerdict, primaryOutcome, significanceOf } from './primary-outcome';

const analysis = (given: Partial<Analysis>): Analysis => ({
  measure: 'Overall Survival',
  groupTitles: ['Examplinib', 'Placebo'],
  pValue: null,
  parameter: 'Hazard Ratio (HR)',
  estimate: null,
  ciLower: null,
  ciUpper: null,
  nonInferiority: 'SUPERIORITY',
  ...given,
});
const namesIt = (title: string) => /examplinib/i.test(title);

describe('p-values', () => {
  it.each([
    ['<0.001', 'significant'],
    ['< .0001', 'significant'],
    ['0.032', 'significant'],
    ['=0.04', 'significant'],
    ['≤ 0.05', 'significant'],
    ['0,01', 'significant'],
    ['0.05', 'not-significant'],
    ['>0.05', 'not-significant'],
    ['0.62', 'not-significant'],
    ['NS', 'not-significant'],
    ['>0.01', null],
    ['<0.1', null],
    ['see comment', null],
    ['1.7', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(significanceOf(text)).toBe(expected);
  });
});

describe('one analysis', () => {
  it.each<[string, Partial<Analysis>, string]>([
    ['a hazard below 1', { pValue: '<0.001', estimate: '0.62' }, 'met'],
    ['a hazard above 1 may be a reciprocal', { pValue: '<0.001', estimate: '1.62' }, 'unclear'],
    ['no significance', { pValue: '0.21', estimate: '0.91' }, 'not-met'],
    ['the interval alone', { estimate: '0.7', ciLower: '0.5', ciUpper: '0.9' }, 'met'],
    ['an interval around 1', { estimate: '0.9', ciLower: '0.7', ciUpper: '1.2' }, 'not-met'],
    [
      'odds of response',
      {
        measure: 'Objective Response Rate',
        parameter: 'Odds Ratio (OR)',
        estimate: '2.1',
        pValue: '0.01',
      },
      'met',
    ],
    [
      'a difference in the good direction',
      {
        measure: 'Change in 6-minute walk distance',
        parameter: 'Mean Difference (Final Values)',
        estimate: '35',
        pValue: '0.001',
      },
      'met',
    ],
    [
      'a difference the other way round',
      {
        measure: 'Change in pain score',
        parameter: 'Mean Difference (Final Values)',
        estimate: '1.5',
        pValue: '0.001',
      },
      'unclear',
    ],
    [
      'a measure of unknown direction',
      {
        measure: 'Serum cytokine X',
        parameter: 'Mean Difference (Net)',
        estimate: '5',
        pValue: '0.001',
      },
      'unclear',
    ],
    ['a p-value without an effect', { pValue: '<0.001', parameter: null }, 'unclear'],
    ['safety', { measure: 'Number of Participants With Adverse Events', pValue: '0.4' }, 'unclear'],
    ['one group', { groupTitles: ['Examplinib'], pValue: '0.4' }, 'unclear'],
    [
      'non-inferiority shown',
      { nonInferiority: 'NON_INFERIORITY', pValue: '0.003', estimate: '1.02' },
      'met',
    ],
    ['non-inferiority not shown', { nonInferiority: 'NON_INFERIORITY', pValue: '0.3' }, 'not-met'],
    [
      'non-inferiority by an unstated margin',
      { nonInferiority: 'NON_INFERIORITY', estimate: '1.02', ciLower: '0.9', ciUpper: '1.1' },
      'unclear',
    ],
    ['equivalence', { nonInferiority: 'EQUIVALENCE', pValue: '0.4' }, 'unclear'],
  ])('%s', (_what, given, expected) => {
    expect(analysisVerdict(analysis(given))).toBe(expected);
  });
});

describe('the trial', () => {
  const met = analysis({ pValue: '<0.001', estimate: '0.5' });
  const notMet = analysis({ measure: 'Progression-free Survival', pValue: '0.6', estimate: '0.9' });
  const verdict = (analyses: Analysis[], hasResults: boolean | null = true) =>
    primaryOutcome(analyses, hasResults, namesIt).verdict;

  it('is not posted, or posted without a test', () => {
    expect(verdict([], false)).toBe('not-posted');
    expect(verdict([], null)).toBe('not-posted');
    expect(verdict([], true)).toBe('unclear');
  });
  it('needs all primaries to agree', () => {
    expect(verdict([met])).toBe('met');
    expect(verdict([notMet])).toBe('not-met');
    expect(verdict([met, notMet])).toBe('unclear');
    expect(verdict([notMet, met])).toBe('unclear');
  });
  it('leaves safety aside', () => {
    expect(verdict([met, analysis({ measure: 'Safety', pValue: '0.9' })])).toBe('met');
    expect(verdict([analysis({ measure: 'Safety', pValue: '0.9' })])).toBe('unclear');
  });
  it('prefers the analyses of the molecule', () => {
    const other = analysis({ groupTitles: ['Novumab', 'Placebo'], pValue: '0.6' });
    expect(verdict([other, met])).toBe('met');
  });
  it('marks non-inferiority', () => {
    const shown = analysis({ nonInferiority: 'NON_INFERIORITY', pValue: '0.003' });
    expect(primaryOutcome([shown], true, namesIt)).toEqual({ verdict: 'met', nonInferior: true });
  });
});

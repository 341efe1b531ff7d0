import { describe, expect, it } from 'vitest';
import type { Json } from '@/server/evidence/schema';
import { DERIVATIONS, derivationOf, type ReportFacts } from './derive';
import type { Slot } from './schema';
import { type ClaimBasis, NotDerivable, renderClaim, slotValues } from './slots';

const REPORT = { subject: { name: 'aspirin' } } as ReportFacts;

function claim(template: string, slots: Record<string, Slot>, values: Json[]): ClaimBasis {
  return {
    template,
    slots,
    citations: values.map((value, index) => ({
      evidenceId: 'e',
      snapshotSha256: 's',
      pointer: `/${index}`,
      value,
    })),
  };
}

const compute = (name: string, ...values: Json[]) =>
  derivationOf(name)?.compute(values, REPORT, []);

describe('slots', () => {
  it('fill a template, optional parts only where all their slots are there', () => {
    const slots = { name: { citation: 0 }, type: { derive: 'lower@1', from: [1] } };
    const basis = claim('compound.chembl@1', slots, ['Aspirin', 'Small  molecule\n']);
    expect(renderClaim(basis, REPORT)).toBe('ChEMBL describes Aspirin as small molecule.');
  });

  it('follow from other slots in any order', () => {
    const slots: Record<string, Slot> = {
      shown: { derive: 'number@1', from: ['sum'] },
      sum: { derive: 'sum@1', from: [0, 1, 'one'] },
      one: { citation: 2 },
    };
    expect(slotValues(claim('x', slots, [1000, '200', 1]), REPORT).shown).toBe('1,201');
  });

  it.each<[string, string, Record<string, Slot>, RegExp]>([
    ['an unknown template', 'compound.none@1', {}, /template compound.none@1 is not known/],
    ['an unknown version', 'compound.chembl@2', {}, /not known/],
    ['a missing slot', 'compound.chembl@1', {}, /slot name holds no text/],
    ['a missing citation', 'compound.chembl@1', { name: { citation: 5 } }, /no citation 5/],
    [
      'an unknown derivation',
      'compound.chembl@1',
      { name: { derive: 'guess@1', from: [0] } },
      /guess@1 of slot name is not known/,
    ],
    [
      'a circle',
      'compound.chembl@1',
      { name: { derive: 'join@1', from: ['b'] }, b: { derive: 'join@1', from: ['name'] } },
      /follows from itself/,
    ],
    [
      'a name of Object.prototype',
      'compound.chembl@1',
      { name: { derive: 'join@1', from: ['toString'] } },
      /no slot toString/,
    ],
    ['a null', 'compound.chembl@1', { name: { derive: 'none@1', from: [] } }, /no text or number/],
  ])('are refused with %s', (_, template, slots, reason) => {
    const render = () => renderClaim(claim(template, slots, ['a']), REPORT);
    expect(render).toThrow(NotDerivable);
    expect(render).toThrow(reason);
  });
});

describe('derivations', () => {
  it('are pure: equal values give equal results, and inputs stay untouched', () => {
    const values: Json[] = [['PHASE1', 'PHASE2']];
    const before = JSON.stringify(values);
    expect(compute('trial.phase@1', ...values)).toBe('phase 1/2');
    expect(JSON.stringify(values)).toBe(before);
  });

  it('count each thing once', () => {
    expect(compute('count@1', 'a', 'b')).toBe(2);
    expect(compute('count@1')).toBe(0);
    expect(() => compute('count@1', 'a', 'a')).toThrow(/twice/);
    expect(compute('trials.stopped@1', 'NCT1', 'TERMINATED', 'NCT2', 'WITHDRAWN')).toBe(2);
    expect(() => compute('trials.stopped@1', 'NCT1', 'COMPLETED')).toThrow(/NCT1/);
    expect(() => compute('trials.active@1', 'N', 'RECRUITING', 'N', 'RECRUITING')).toThrow(/twice/);
  });

  it('take an absence only for an absence', () => {
    for (const nothing of [0, '0', null, []]) expect(compute('absent@1', nothing)).toBe(0);
    for (const something of [1, '1', '', 'x', [0], false]) {
      expect(() => compute('absent@1', something)).toThrow();
    }
  });

  it.each<[string, Json[], Json]>([
    ['join@1', ['a', 'b', 'c'], 'a, b and c'],
    ['percent@1', [1, 3], '33 %'],
    ['number@1', [1234567], '1,234,567'],
    ['number@1', ['1234.5'], '1,234.5'],
    ['figure@1', [-0.12345], '\u22120.123'],
    ['date@1', ['2015-03-12'], '12 March 2015'],
    ['date@1', ['20150312'], '12 March 2015'],
    ['date@1', ['2015-03'], 'March 2015'],
    ['date@1', [2015], '2015'],
    ['min@1', [3, '2', 4], 2],
    ['latest@1', ['2015', '2016-01'], '2016-01'],
    ['trial.phase@1', [['EARLY_PHASE1']], 'phase early 1'],
    ['trial.phase@1', [['NA']], 'phase not applicable'],
    ['phase.recorded@1', ['4'], 'approval'],
    ['phase.recorded@1', [0.5], 'early phase 1'],
    ['p-value@1', ['<0.001'], '< 0.001'],
    ['p-value@1', ['0.03'], '= 0.03'],
    ['plain@1', ['<i>E. coli</i> &amp; p &lt; 1'], 'E. coli & p < 1'],
    ['title@1', ['On <i>E. coli</i>. '], 'On E. coli'],
    ['reaction.is-indication@1', ['PAIN', 'Pain'], 'Pain'],
  ])('%s of %j is %j', (name, values, result) => {
    expect(compute(name, ...values)).toEqual(result);
  });

  it('refuse what they do not take', () => {
    for (const [name, ...values] of [
      ['date@1', 'Spring 2015'],
      ['date@1', '2015-13'],
      ['number@1', 'many'],
      ['number@1', ''],
      ['percent@1', 1, 0],
      ['min@1'],
      ['trial.phase@1', ['PHASE9']],
      ['trial.ended@1', 'COMPLETED'],
      ['warning.kind@1', 'Notice'],
      ['prr@1', 0, 10, 10, 100],
      ['reaction.is-indication@1', 'Pain', 'Fever'],
    ] as [string, ...Json[]][]) {
      expect(() => compute(name, ...values), name).toThrow();
    }
  });

  it('compute the ratio of co-reporting with its interval', () => {
    // a = 20, b = 80, c = 180, d = 9,720: PRR = (20/100)/(180/9,900) = 11.
    const ratio = compute('prr@1', 20, 100, 200, 10000) as Json;
    expect(compute('prr.ratio@1', ratio)).toBe('11');
    expect(compute('prr.signal@1', ratio)).toMatch(/^a signal/);
    expect(Number(compute('prr.low@1', ratio))).toBeCloseTo(7.23, 1);
  });

  it('are all named with a version', () => {
    for (const name of Object.keys(DERIVATIONS)) expect(name).toMatch(/^[a-z][a-z.-]*@[1-9]\d*$/);
  });
});

import { describe, expect, it } from 'vitest';
import { type Arm, type Intervention, trialRole } from './trial-role';

const NAMES = ['Examplinib', 'EX-101', 'Examplinib mesylate'];

const drug = (name: string, ...otherNames: string[]): Intervention => ({
  type: 'DRUG',
  name,
  otherNames,
  armLabels: [],
});
const arm = (type: string | null, ...given: string[]): Arm => ({
  label: `${type ?? 'arm'}: ${given.join(' & ')}`,
  type,
  interventionNames: given.map((name) => `Drug: ${name}`),
});
const role = (interventions: Intervention[], arms: Arm[]) =>
  trialRole(NAMES, interventions, arms).role;

describe('studied', () => {
  it('a single arm', () => {
    expect(
      trialRole(NAMES, [drug('examplinib 50 mg')], [arm('EXPERIMENTAL', 'examplinib 50 mg')]),
    ).toEqual({
      role: 'studied',
      arms: ['EXPERIMENTAL: examplinib 50 mg'],
    });
  });
  it.each([
    ['a salt', 'Examplinib Mesylate'],
    ['a salt the job does not list', 'EXAMPLINIB hydrochloride tablets'],
    ['a code', 'EX-101'],
    ['a code written otherwise', 'EX101 (EX-101)'],
  ])('%s', (_what, name) => {
    expect(role([drug(name)], [arm('EXPERIMENTAL', name)])).toBe('studied');
  });
  it('a brand with the molecule among other names', () => {
    expect(role([drug('Exafer', 'examplinib')], [arm('EXPERIMENTAL', 'Exafer')])).toBe('studied');
  });
  it('against placebo', () => {
    const interventions = [drug('Examplinib'), drug('Placebo')];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Examplinib'),
        arm('PLACEBO_COMPARATOR', 'Placebo'),
      ]),
    ).toBe('studied');
    expect(
      role(interventions, [
        arm('ACTIVE_COMPARATOR', 'Examplinib'),
        arm('PLACEBO_COMPARATOR', 'Placebo'),
      ]),
    ).toBe('studied');
  });
  it('in doses compared with each other', () => {
    const interventions = [drug('Examplinib 400 mg'), drug('Examplinib 800 mg')];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Examplinib 800 mg'),
        arm('ACTIVE_COMPARATOR', 'Examplinib 400 mg'),
      ]),
    ).toBe('studied');
    expect(
      role(interventions, [
        arm('ACTIVE_COMPARATOR', 'Examplinib 800 mg'),
        arm('ACTIVE_COMPARATOR', 'Examplinib 400 mg'),
      ]),
    ).toBe('studied');
  });
  it('in one of two experimental arms', () => {
    expect(
      role(
        [drug('Examplinib'), drug('Novumab')],
        [arm('EXPERIMENTAL', 'Examplinib'), arm('EXPERIMENTAL', 'Novumab')],
      ),
    ).toBe('studied');
  });
  it('without arms', () => {
    expect(role([drug('Examplinib')], [])).toBe('studied');
  });
  it('a single arm called OTHER', () => {
    expect(role([drug('Examplinib')], [arm('OTHER', 'Examplinib')])).toBe('studied');
  });
});

describe('combination', () => {
  it.each([
    'Examplinib + novumab',
    'Novumab combined with examplinib',
    'novumab/examplinib',
    'Examplinib and chemotherapy',
    'AK104+examplinib',
    'Oral S-1 + Oral Examplinib',
  ])('in one intervention: %s', (name) => {
    expect(role([drug(name)], [arm('EXPERIMENTAL', name)])).toBe('combination');
  });
  it('in one arm', () => {
    expect(
      role([drug('Examplinib'), drug('Novumab')], [arm('EXPERIMENTAL', 'Examplinib', 'Novumab')]),
    ).toBe('combination');
  });
  it('not when an arm gives it alone', () => {
    expect(
      role(
        [drug('Examplinib'), drug('Novumab')],
        [arm('EXPERIMENTAL', 'Examplinib', 'Novumab'), arm('EXPERIMENTAL', 'Examplinib')],
      ),
    ).toBe('studied');
  });
  it('not with procedures, supportive care or placebos', () => {
    const interventions: Intervention[] = [
      drug('Examplinib'),
      drug('Placebo to novumab'),
      { type: 'OTHER', name: 'Laboratory Biomarker Analysis', otherNames: [], armLabels: [] },
    ];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Examplinib', 'Placebo to novumab', 'Laboratory Biomarker Analysis'),
      ]),
    ).toBe('studied');
  });
});

describe('comparator and background', () => {
  it('only in the control', () => {
    const interventions = [drug('Novumab'), drug('Examplinib')];
    expect(
      trialRole(NAMES, interventions, [
        arm('EXPERIMENTAL', 'Novumab'),
        arm('ACTIVE_COMPARATOR', 'Examplinib'),
      ]),
    ).toEqual({
      role: 'comparator',
      arms: ['ACTIVE_COMPARATOR: Examplinib'],
    });
  });
  it('in both, with something added', () => {
    const interventions = [drug('Novumab'), drug('Examplinib')];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Examplinib', 'Novumab'),
        arm('ACTIVE_COMPARATOR', 'Examplinib'),
      ]),
    ).toBe('background');
  });
  it('in both, with radiotherapy added', () => {
    const interventions: Intervention[] = [
      drug('Examplinib'),
      {
        type: 'RADIATION',
        name: 'Stereotactic radiotherapy',
        otherNames: [],
        armLabels: ['EXPERIMENTAL: Examplinib'],
      },
    ];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Examplinib'),
        arm('ACTIVE_COMPARATOR', 'Examplinib'),
      ]),
    ).toBe('background');
  });
  it('in the control and one of the experimental arms', () => {
    const interventions = [drug('Novumab'), drug('Examplinib')];
    expect(
      role(interventions, [
        arm('EXPERIMENTAL', 'Novumab'),
        arm('EXPERIMENTAL', 'Examplinib', 'Novumab'),
        arm('ACTIVE_COMPARATOR', 'Examplinib', 'Novumab'),
      ]),
    ).toBe('background');
  });
});

describe('not given', () => {
  it.each([
    'Placebo',
    'Examplinib placebo',
    'Placebo matching examplinib',
    'Sham (for examplinib)',
    'Novumab',
    'Preexamplinibol',
  ])('%s', (name) => {
    expect(role([drug(name)], [arm('EXPERIMENTAL', name)])).toBe('not-given');
  });
  it.each(['Examplinib or placebo', 'Examplinib/placebo', 'Placebo plus examplinib'])(
    'but %s gives it',
    (name) => {
      expect(role([drug(name)], [arm('EXPERIMENTAL', name)])).not.toBe('not-given');
    },
  );
  it('a test of its level', () => {
    expect(
      role(
        [{ type: 'DIAGNOSTIC_TEST', name: 'examplinib assay', otherNames: [], armLabels: [] }],
        [arm('EXPERIMENTAL', 'examplinib assay')],
      ),
    ).toBe('not-given');
  });
});

describe('unclear', () => {
  it('without arms beside other drugs', () => {
    expect(role([drug('Examplinib'), drug('Novumab')], [])).toBe('unclear');
  });
  it('as one of several to choose from', () => {
    const name = 'Examplinib or novumab';
    expect(role([drug(name)], [arm('EXPERIMENTAL', name)])).toBe('unclear');
  });
  it('one of several active comparators', () => {
    expect(
      role(
        [drug('Examplinib'), drug('Novumab')],
        [arm('ACTIVE_COMPARATOR', 'Examplinib'), arm('ACTIVE_COMPARATOR', 'Novumab')],
      ),
    ).toBe('unclear');
  });
  it('an intervention that no arm lists', () => {
    expect(role([drug('Examplinib'), drug('Novumab')], [arm('EXPERIMENTAL', 'Novumab')])).toBe(
      'unclear',
    );
  });
});

it('links arms by the intervention’s own list of labels too', () => {
  const interventions = [{ ...drug('Examplinib'), armLabels: ['A'] }];
  expect(
    trialRole(NAMES, interventions, [{ label: 'A', type: 'EXPERIMENTAL', interventionNames: [] }])
      .role,
  ).toBe('studied');
});

it('does not take potassium for another of its salts', () => {
  const interventions = [drug('Potassium citrate')];
  expect(trialRole(['Potassium chloride'], interventions, []).role).toBe('not-given');
});

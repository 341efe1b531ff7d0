import { describe, expect, it } from 'vitest';
import type { Evidence, Outcome, SourceId } from '@/server/evidence/schema';
import { assess, DEFAULT_WEIGHTS } from '.';
import type { AssessmentInput } from './prepare';
import {
  ALL_ANSWERED,
  about,
  approval,
  COUGH,
  FEVER,
  indication,
  label,
  trial,
  withdrawn,
} from './testing';

const SUCCESS = trial({ id: 'NCT1', p: '<0.001' });
const FAILURE = trial({ id: 'NCT2', p: '0.6' });

function fever(evidence: Evidence[], rest: Partial<AssessmentInput> = {}) {
  const { candidates } = assess(about(evidence, rest));
  const found = candidates.find(
    ({ ids, indication: name }) => ids.mesh === FEVER[0] || name === FEVER[1],
  );
  if (!found) throw new Error('no candidate for the fever');
  return found;
}
const outcomes = (changed: Partial<Record<SourceId, Outcome>>) => ({
  outcomes: { ...ALL_ANSWERED, ...changed },
});

describe('sums and interval', () => {
  it('a success adds its phase weight to support', () => {
    expect(fever([SUCCESS])).toMatchObject({
      support: { low: 0.7, high: 0.7 },
      against: { low: 0, high: 0 },
      interval: { low: 0.7, high: 0.7 },
      label: 'Go',
    });
  });
  it('a failure adds nothing to support and its phase weight to against', () => {
    expect(fever([FAILURE])).toMatchObject({
      support: { low: 0, high: 0 },
      against: { low: 0.7, high: 0.7 },
      interval: { low: -0.7, high: -0.7 },
      label: 'No-Go',
    });
  });
  it.each([
    ['lack of efficacy', 'Futility at interim analysis: no efficacy'],
    ['harm', 'Serious adverse events, safety concerns'],
  ])('a stop for %s counts like a failure', (_what, why) => {
    expect(
      fever([trial({ id: 'NCT3', status: 'TERMINATED', why, phases: ['PHASE2'] })]),
    ).toMatchObject({
      support: { low: 0, high: 0 },
      against: { low: 0.2, high: 0.2 },
      trials: { stopped: 1, negative: 1 },
    });
  });
  it('a stop for anything else counts neither way', () => {
    expect(
      fever([trial({ id: 'NCT3', status: 'TERMINATED', why: 'Sponsor ran out of funding' })])
        .interval,
    ).toEqual({ low: 0, high: 0 });
  });
  it('a stop without a reason may be bad', () => {
    expect(fever([trial({ id: 'NCT3', status: 'TERMINATED' })]).interval).toEqual({
      low: -0.7,
      high: 0,
    });
  });
  it('keeps support and against apart', () => {
    expect(fever([SUCCESS, FAILURE])).toMatchObject({
      support: { low: 0.7, high: 0.7 },
      against: { low: 0.7, high: 0.7 },
      interval: { low: 0, high: 0 },
      label: 'Investigate',
    });
  });
  it('names terms, weights and evidence', () => {
    expect(fever([SUCCESS, FAILURE]).terms).toEqual([
      {
        name: 'Clinical trials, phase 3, primary outcome met',
        weight: 0.7,
        value: 1,
        contribution: { low: 0.7, high: 0.7 },
        evidenceIds: ['trial-NCT1'],
      },
      {
        name: 'Clinical trials, phase 3, primary outcome not met',
        weight: 0.7,
        value: -1,
        contribution: { low: -0.7, high: -0.7 },
        evidenceIds: ['trial-NCT2'],
      },
    ]);
  });
  it.each<[string[] | null, number]>([
    [['EARLY_PHASE1'], 0.09],
    [['PHASE1'], 0.1],
    [['PHASE2'], 0.2],
    [['PHASE3'], 0.7],
    [['PHASE1', 'PHASE2'], 0.1],
    [['PHASE2', 'PHASE3'], 0.2],
    [['PHASE4'], 0.7],
  ])('phases %j weigh %s', (phases, weight) => {
    expect(fever([trial({ id: 'NCT1', phases, p: '0.001' })]).support).toEqual({
      low: weight,
      high: weight,
    });
  });
  it('phase 4 weighs more only with a recorded approval for that indication', () => {
    const four = trial({ id: 'NCT1', phases: ['PHASE4'], p: '0.001' });
    expect(fever([four, indication('a', 4, { mesh: COUGH })]).support.low).toBe(0.7);
    expect(fever([four, indication('a', 4, { mesh: FEVER })]).support.low).toBe(1);
  });
});

describe('unknown terms widen', () => {
  it('a completed trial without results, from worst to best', () => {
    expect(fever([trial({ id: 'NCT1' })])).toMatchObject({
      support: { low: 0, high: 0.7 },
      against: { low: 0, high: 0.7 },
      interval: { low: -0.7, high: 0.7 },
      label: 'Investigate',
      unknown: ['Clinical trials, phase 3, completed without posted results (1)'],
    });
    expect(fever([trial({ id: 'NCT1' })]).terms[0]?.value).toBeNull();
  });
  it('a trial under way, upwards', () => {
    expect(fever([trial({ id: 'NCT1', status: 'RECRUITING' })]).interval).toEqual({
      low: 0,
      high: 0.7,
    });
  });
  it('a phase that is not stated, and a role that is not told', () => {
    expect(fever([trial({ id: 'NCT1', phases: ['NA'], p: '0.001' })]).interval).toEqual({
      low: 0,
      high: 0.1,
    });
    expect(fever([trial({ id: 'NCT1', role: 'unclear', p: '0.001' })]).interval).toEqual({
      low: 0,
      high: 0.7,
    });
  });
  it('a phase only a database records, until such a trial is read', () => {
    const recorded = indication('a', 3, { mesh: FEVER });
    expect(
      fever([recorded, trial({ id: 'NCT1', phases: ['PHASE2'], p: '0.001' })]).interval,
    ).toEqual({ low: -0.5, high: 0.9 });
    expect(fever([recorded, SUCCESS]).interval).toEqual({ low: 0.7, high: 0.7 });
  });
});

describe('roles', () => {
  it.each(['comparator', 'background'] as const)('%s is shown with weight 0', (role) => {
    const found = fever([trial({ id: 'NCT1', role, p: '<0.001' })]);
    expect(found).toMatchObject({ label: 'Insufficient evidence', interval: { low: 0, high: 0 } });
    expect(found.terms).toMatchObject([{ weight: 0, evidenceIds: ['trial-NCT1'] }]);
    expect(found.evidenceIds).toEqual(['trial-NCT1']);
  });
  it('a combination is marked', () => {
    const [term] = fever([trial({ id: 'NCT1', role: 'combination', p: '<0.001' })]).terms;
    expect(term).toMatchObject({ weight: 0.7, value: 1 });
    expect(term?.name).toContain('only in combination');
  });
  it('a trial that does not give the molecule makes no candidate', () => {
    expect(assess(about([trial({ id: 'NCT1', role: 'not-given' })])).candidates).toEqual([]);
  });
  it('observational studies are shown and not counted', () => {
    const found = fever([trial({ id: 'NCT1', studyType: 'OBSERVATIONAL', phases: null })]);
    expect(found.interval).toEqual({ low: 0, high: 0 });
    expect(found.terms[0]).toMatchObject({ weight: 0 });
  });
});

describe('Insufficient evidence', () => {
  it.each<Outcome>(['failed', 'not-searched'])(
    'when ClinicalTrials.gov is %s, whatever else is known',
    (outcome) => {
      expect(fever([SUCCESS], outcomes({ clinicaltrials: outcome })).label).toBe(
        'Insufficient evidence',
      );
    },
  );
  it('not when it is only partial', () => {
    expect(fever([SUCCESS], outcomes({ clinicaltrials: 'partial' })).label).toBe('Go');
  });
  it('with no record but a database’s', () => {
    expect(fever([indication('a', 3, { mesh: FEVER })]).label).toBe('Insufficient evidence');
  });
  it('with no candidate', () => {
    expect(assess(about([])).decision).toEqual({
      label: 'Insufficient evidence',
      candidate: null,
      reason: 'no candidate indication was found',
    });
    const failed = Object.fromEntries(Object.keys(ALL_ANSWERED).map((id) => [id, 'failed']));
    expect(assess(about([], { outcomes: failed as Record<SourceId, Outcome> })).decision).toEqual({
      label: 'Insufficient evidence',
      candidate: null,
      reason: 'ClinicalTrials.gov could not be asked',
    });
  });
  it('comes before No-Go', () => {
    expect(fever([withdrawn(), indication('a', 3, { mesh: FEVER })]).label).toBe(
      'Insufficient evidence',
    );
    expect(fever([FAILURE], outcomes({ clinicaltrials: 'failed' })).label).toBe(
      'Insufficient evidence',
    );
  });
});

describe('No-Go', () => {
  it('not when the upper end reaches N', () => {
    expect(fever([FAILURE, trial({ id: 'NCT9', status: 'RECRUITING' })]).label).toBe('Investigate');
  });
  it('not when nothing is known against', () => {
    const weights = { ...DEFAULT_WEIGHTS, 'threshold.no-go': 0.4 };
    const weak = trial({ id: 'NCT1', phases: ['PHASE1'], p: '0.001' });
    expect(assess({ ...about([weak]), weights }).candidates[0]?.label).toBe('Investigate');
  });
  it('withdrawn for safety with no approval recorded today, before Go', () => {
    expect(fever([SUCCESS, withdrawn()])).toMatchObject({ label: 'No-Go' });
    expect(fever([SUCCESS, withdrawn(), approval('Discontinued')]).label).toBe('No-Go');
  });
  it('a withdrawal beside an approval today is a term', () => {
    const found = fever([SUCCESS, withdrawn(), approval('Prescription')]);
    expect(found).toMatchObject({ label: 'Go', against: { low: 0.2, high: 0.2 } });
    expect(found.terms.at(-1)).toMatchObject({
      name: 'Withdrawn for safety',
      evidenceIds: ['warning-withdrawn'],
    });
  });
  it('a withdrawal is a term while openFDA has not answered', () => {
    expect(fever([SUCCESS, withdrawn()], outcomes({ openfda: 'failed' }))).toMatchObject({
      label: 'Investigate',
      against: { low: 0.2, high: 0.2 },
    });
  });
  it('a withdrawal for no stated reason may count', () => {
    expect(fever([SUCCESS, withdrawn(null)]).interval).toEqual({ low: 0.5, high: 0.7 });
  });
});

describe('Go', () => {
  it.each<[Partial<Record<SourceId, Outcome>>, string]>([
    [{ openfda: 'empty', chembl: 'empty' }, 'Go'],
    [{ openfda: 'failed' }, 'Investigate'],
    [{ chembl: 'partial' }, 'Investigate'],
    [{ chembl: 'not-searched' }, 'Investigate'],
    [{ pubmed: 'failed', europepmc: 'failed' }, 'Go'],
  ])('with %j: %s', (changed, expected) => {
    expect(fever([SUCCESS], outcomes(changed)).label).toBe(expected);
  });
  it('from the lower end on', () => {
    const two = (n: number) => trial({ id: `NCT${n}`, phases: ['PHASE2'], p: '0.001' });
    expect(fever([two(1), two(2)]).label).toBe('Investigate');
    expect(fever([two(1), two(2), two(3)]).label).toBe('Go');
  });
});

describe('approved uses', () => {
  const asked = (evidence: Evidence[], text: string) =>
    assess(about(evidence, { indication: text })).decision;
  it('carry no label and are never on top', () => {
    const { candidates, decision } = assess(
      about([
        SUCCESS,
        indication('a', 4, { mesh: FEVER }),
        trial({ id: 'NCT5', conditions: [COUGH] }),
      ]),
    );
    expect(
      candidates.map(({ indication: name, approved, label: given }) => [name, approved, given]),
    ).toEqual([
      [COUGH[1], false, 'Investigate'],
      [FEVER[1], true, null],
    ]);
    expect(decision.candidate).toBe(COUGH[1]);
  });
  it('leave no decision where there is nothing else', () => {
    expect(assess(about([SUCCESS, indication('a', 4, { mesh: FEVER })])).decision).toMatchObject({
      label: 'Insufficient evidence',
      candidate: null,
    });
  });
  it('asked for by name, say so', () => {
    expect(asked([SUCCESS, indication('a', 4, { mesh: FEVER })], 'invented fever')).toEqual({
      label: null,
      candidate: FEVER[1],
      reason: 'already approved',
    });
  });
  it('are those of ChEMBL, not of Open Targets alone', () => {
    const found = fever([
      SUCCESS,
      indication('a', 'APPROVAL', { mesh: FEVER, source: 'opentargets' }),
    ]);
    expect(found).toMatchObject({ approved: false, label: 'Go' });
    expect(found.unknown.join()).toContain('Open Targets lists an approval');
  });
  it('are those a label names, with the sentence', () => {
    const { features, candidates } = assess(
      about([
        SUCCESS,
        label('Facts. Examplinib is indicated for the treatment of invented fever. More.'),
      ]),
    );
    expect(candidates[0]).toMatchObject({ approved: true, label: null });
    expect(features.candidates[0]?.approvedBy).toMatchObject({
      quote: 'Examplinib is indicated for the treatment of invented fever.',
    });
  });
  it('are not an ancestor’s, nor another molecule’s', () => {
    const acute = ['D900003', 'Acute Invented Fever'] as const;
    const narrow = trial({ id: 'NCT7', conditions: [acute], p: '0.001' });
    const text = 'Indicated for the treatment of acute invented fever.';
    const { candidates } = assess(about([SUCCESS, narrow, label(text)]));
    expect(candidates.map(({ ids, approved }) => [ids.mesh, approved])).toEqual([
      [FEVER[0], false],
      [acute[0], true],
    ]);
    expect(fever([SUCCESS, label('Indicated for invented fever.', 'Novumab')]).approved).toBe(
      false,
    );
  });
});

describe('the indication asked for', () => {
  it('gives the decision, top or not', () => {
    const evidence = [SUCCESS, trial({ id: 'NCT5', conditions: [COUGH], p: '0.7' })];
    expect(assess(about(evidence)).decision).toMatchObject({ label: 'Go', candidate: FEVER[1] });
    for (const text of [COUGH[1], COUGH[0], 'INVENTED COUGH', 'Cough, Invented']) {
      expect(assess(about(evidence, { indication: text })).decision).toMatchObject({
        label: 'No-Go',
        candidate: COUGH[1],
      });
    }
  });
  it('stands among the candidates even without a record', () => {
    const { candidates, decision } = assess(about([SUCCESS], { indication: 'Invented Rash' }));
    expect(decision).toMatchObject({ label: 'Insufficient evidence', candidate: 'Invented Rash' });
    expect(candidates.map(({ indication: name }) => name)).toEqual([FEVER[1], 'Invented Rash']);
  });
});

describe('keys', () => {
  it('join EFO by stated pairs only', () => {
    const evidence = [
      SUCCESS,
      indication('a', 2, { mesh: FEVER, efo: ['EFO:0000001', 'fever x'] }),
      indication('b', 2, { efo: ['EFO_0000001', 'fever x'], source: 'opentargets' }),
      indication('c', 2, { efo: ['EFO_0000002', FEVER[1]], source: 'opentargets' }),
    ];
    const { candidates } = assess(about(evidence));
    expect(candidates.map(({ ids }) => ids)).toEqual([
      { mesh: FEVER[0], efo: ['EFO_0000001'] },
      { mesh: null, efo: ['EFO_0000002'] },
    ]);
    expect(candidates[0]?.indication).toBe(FEVER[1]);
  });
  it('keep conditions without a descriptor apart, by name', () => {
    const named = trial({ id: 'NCT5', named: ['Invented Rash'] });
    const same = trial({ id: 'NCT6', named: ['INVENTED RASH, severe'] });
    const { candidates } = assess(
      about([named, same, trial({ id: 'NCT7', named: ['invented fever'] }), SUCCESS]),
    );
    expect(candidates.map(({ ids, trials }) => [ids.mesh, trials.total])).toEqual([
      [FEVER[0], 2],
      [null, 2],
    ]);
  });
  it('let the most specific condition of a record count', () => {
    const broad = ['D900009', 'Fever'] as const;
    const { candidates } = assess(
      about([trial({ id: 'NCT1', p: '0.001', conditions: [broad, FEVER] })]),
    );
    expect(candidates.map(({ ids, label: given }) => [ids.mesh, given])).toEqual([
      [FEVER[0], 'Go'],
      [broad[0], 'Insufficient evidence'],
    ]);
  });
});

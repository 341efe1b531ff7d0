/** Derivations over a trial record's fields, for showing them in words. */

import type { Json } from '@/server/evidence/schema';
import { classifyStopReason } from '@/server/evidence/stop-reason';
import { type Derivation, type Derivations, one, pure, textOf, textsOf } from './derivation';
import { TRIAL_FIELDS, type TrialField } from './trial-fields';
import { READ_TRIAL } from './trial-record';

const of =
  (...fields: TrialField[]): NonNullable<Derivation['takes']> =>
  (position) =>
    TRIAL_FIELDS[fields[position % fields.length] as TrialField];

const PHASES: Record<string, string> = {
  EARLY_PHASE1: 'early 1',
  PHASE1: '1',
  PHASE2: '2',
  PHASE3: '3',
  PHASE4: '4',
};

/** The registry's statuses (ClinicalTrials.gov API v2, enum Status; read 2026-11-22) in words. */
const STATUSES: Record<string, string> = {
  ACTIVE_NOT_RECRUITING: 'active, not recruiting',
  COMPLETED: 'completed',
  ENROLLING_BY_INVITATION: 'enrolling by invitation',
  NOT_YET_RECRUITING: 'not yet recruiting',
  RECRUITING: 'recruiting',
  SUSPENDED: 'suspended',
  TERMINATED: 'terminated',
  WITHDRAWN: 'withdrawn before anyone was enrolled',
  AVAILABLE: 'available as expanded access',
  NO_LONGER_AVAILABLE: 'no longer available as expanded access',
  TEMPORARILY_NOT_AVAILABLE: 'temporarily not available as expanded access',
  APPROVED_FOR_MARKETING: 'expanded access ended by approval for marketing',
  WITHHELD: 'withheld',
  UNKNOWN: 'of unknown status: not updated for two years',
};

export const STOPPED_STATUSES: readonly string[] = ['TERMINATED', 'WITHDRAWN', 'SUSPENDED'];
export const ACTIVE_STATUSES: readonly string[] = [
  'ACTIVE_NOT_RECRUITING',
  'ENROLLING_BY_INVITATION',
  'NOT_YET_RECRUITING',
  'RECRUITING',
];

/**
 * Classes of reasons for stopping (Razuvayevskaya et al. 2024, doi 10.1038/s41588-024-01854-z) in words.
 */
const STOP_CLASSES: Record<string, string> = {
  Negative: 'lack of efficacy',
  Safety_Sideeffects: 'harm: safety or side effects',
  Success: 'success',
  Business_Administrative: 'a business or administrative decision',
  Insufficient_Enrollment: 'too few participants',
  Logistics_Resources: 'logistics or resources',
  Study_Design: 'the design of the study',
  Study_Staff_Moved: 'staff who left',
  Covid19: 'the COVID-19 pandemic',
  Another_Study: 'another study',
  Regulatory: 'a regulatory decision',
  No_Context: 'no telling reason',
  Interim_Analysis: 'an interim analysis',
  Endpoint_Met: 'an endpoint that was met',
  Insufficient_Data: 'insufficient data',
  Ethical_Reason: 'ethical reasons',
  Invalid_Reason: 'no valid reason',
};

/** Classes of lead sponsors (enum AgencyClass; read 2026-11-22) in words. */
const SPONSOR_CLASSES: Record<string, string> = {
  NIH: 'the US National Institutes of Health',
  FED: 'other US federal agencies',
  OTHER_GOV: 'other governments',
  INDIV: 'individuals',
  INDUSTRY: 'industry',
  NETWORK: 'research networks',
  OTHER: 'universities, hospitals and others',
};

export const TRIAL: Derivations = {
  'trial.read@1': READ_TRIAL,

  'trial.phase@1': pure((values) => {
    const phases = textsOf(one(values));
    if (phases.length === 1 && phases[0] === 'NA') return 'phase not applicable';
    const words = phases.map((phase) => {
      const word = PHASES[phase];
      if (!word) throw new Error(`the phase ${phase} is not known`);
      return word;
    });
    if (words.length === 0) throw new Error('it takes at least one phase');
    return `phase ${words.join('/')}`;
  }, of('phases')),

  'trial.status@1': pure((values) => {
    const status = textOf(one(values));
    return STATUSES[status] ?? status.toLowerCase().replaceAll('_', ' ');
  }, of('status')),

  /** What the stated reason for stopping comes to, in words. */
  'stop.class@1': pure((values) => {
    const { class: stopClass } = classifyStopReason(textOf(one(values)));
    return STOP_CLASSES[stopClass] ?? stopClass.toLowerCase().replaceAll('_', ' ');
  }, of('whyStopped')),

  /** Like trial.status, of a trial that ended before its plan. */
  'trial.ended@1': pure((values) => {
    const status = textOf(one(values));
    if (!STOPPED_STATUSES.includes(status)) throw new Error(`${status} is no early end`);
    return STATUSES[status] as string;
  }, of('status')),

  /** How many trials: of each its number, every number once. */
  'trials.count@1': pure((values) => distinct(values, 1, () => true), of('nct')),

  /** How many trials ended before their plan: of each its number and status. */
  'trials.stopped@1': {
    compute: (values) =>
      distinct(values, 2, ([, status]) => STOPPED_STATUSES.includes(textOf(status))),
    takes: of('nct', 'status'),
    recordEvery: 2,
  },

  /** How many trials are planned or under way: of each its number and status. */
  'trials.active@1': {
    compute: (values) =>
      distinct(values, 2, ([, status]) => ACTIVE_STATUSES.includes(textOf(status))),
    takes: of('nct', 'status'),
    recordEvery: 2,
  },

  /** How many trials were completed and have no results posted: of each number, status and results. */
  'trials.unreported@1': {
    compute: (values) =>
      distinct(values, 3, ([, status, results]) => status === 'COMPLETED' && results === false),
    takes: of('nct', 'status', 'hasResults'),
    recordEvery: 3,
  },

  /** The one class of the lead sponsors of all trials given. */
  'trials.sponsor-class@1': pure((values) => {
    const [sponsorClass, ...others] = new Set(values.map(textOf));
    if (sponsorClass === undefined || others.length > 0) throw new Error('it takes one class');
    return SPONSOR_CLASSES[sponsorClass] ?? 'sponsors of unknown class';
  }, of('sponsorClass')),

  /** Whether enrolment was counted or only planned. */
  'trial.enrolled@1': pure((values) => {
    const type = textOf(one(values));
    if (type === 'ACTUAL') return 'enrolled';
    if (type === 'ESTIMATED') return 'planned';
    throw new Error(`the enrolment type ${type} is not known`);
  }, of('enrolmentType')),

  'trial.results@1': pure((values) => {
    const posted = one(values);
    if (typeof posted !== 'boolean') throw new Error('it takes true or false');
    return posted ? 'results are posted' : 'no results are posted';
  }, of('hasResults')),
};

/** Counts groups of `size` values whose first tells them apart; each must belong. */
function distinct(values: Json[], size: number, belongs: (group: Json[]) => boolean): number {
  const ids = new Set<string>();
  if (values.length % size !== 0) throw new Error(`it takes groups of ${size} values`);
  for (let start = 0; start < values.length; start += size) {
    const group = values.slice(start, start + size);
    const id = textOf(group[0]);
    if (ids.has(id)) throw new Error(`${id} is counted twice`);
    if (!belongs(group)) throw new Error(`${id} does not belong to what is counted`);
    ids.add(id);
  }
  return ids.size;
}

/** What is known of a trial's outcome today, from its status, stop reason and posted primary outcome. */
import type { PrimaryVerdict } from './primary-outcome';

export const TRIAL_STATES = [
  'met',
  'not-met',
  'stopped-efficacy',
  'stopped-safety',
  'stopped-success',
  'stopped-neutral',
  'stopped-unexplained',
  'unreported',
  'unclear-results',
  'ongoing',
  'status-unknown',
  'not-a-trial',
] as const;
export type TrialState = (typeof TRIAL_STATES)[number];

const ONGOING = new Set([
  'NOT_YET_RECRUITING',
  'RECRUITING',
  'ENROLLING_BY_INVITATION',
  'ACTIVE_NOT_RECRUITING',
]);
const STOPPED = new Set(['TERMINATED', 'WITHDRAWN', 'SUSPENDED']);
/** Classes whose text tells no reason at all. */
const NO_REASON = new Set(['No_Context', 'Invalid_Reason']);

export interface TrialFactsRead {
  studyType: string | null;
  status: string;
  /** Class of the stated stop reason; null where none is stated or it could not be classed. */
  stopClass: string | null;
  verdict: PrimaryVerdict;
}

export function trialState({ studyType, status, stopClass, verdict }: TrialFactsRead): TrialState {
  if (studyType === 'OBSERVATIONAL' || studyType === 'EXPANDED_ACCESS') return 'not-a-trial';
  if (STOPPED.has(status)) {
    if (stopClass === 'Negative') return 'stopped-efficacy';
    if (stopClass === 'Safety_Sideeffects') return 'stopped-safety';
    if (verdict === 'met') return 'met';
    if (stopClass === 'Success') return 'stopped-success';
    if (status === 'SUSPENDED') return 'ongoing';
    // Withdrawn before anyone was enrolled: there is nothing that could be known.
    if (status === 'WITHDRAWN') return 'stopped-neutral';
    return stopClass === null || NO_REASON.has(stopClass)
      ? 'stopped-unexplained'
      : 'stopped-neutral';
  }
  const isAnalysed = status === 'COMPLETED' || status === 'ACTIVE_NOT_RECRUITING';
  if (isAnalysed && (verdict === 'met' || verdict === 'not-met')) return verdict;
  if (status === 'COMPLETED') return verdict === 'not-posted' ? 'unreported' : 'unclear-results';
  return ONGOING.has(status) ? 'ongoing' : 'status-unknown';
}

/**
 * How many phase weights the trial adds at least and at most; negative speaks against. Unknown
 * outcomes run from worst to best. A trial still running cannot yet have failed.
 */
export function outcomeRange(state: TrialState): { low: number; high: number } {
  switch (state) {
    case 'met':
      return { low: 1, high: 1 };
    case 'not-met':
    case 'stopped-efficacy':
    case 'stopped-safety':
      return { low: -1, high: -1 };
    case 'stopped-unexplained':
      return { low: -1, high: 0 };
    case 'unreported':
    case 'unclear-results':
    case 'status-unknown':
      return { low: -1, high: 1 };
    case 'ongoing':
    case 'stopped-success':
      return { low: 0, high: 1 };
    case 'stopped-neutral':
    case 'not-a-trial':
      return { low: 0, high: 0 };
  }
}

/** Whether the trial speaks against the molecule (CONTRACTS, Labels). */
export function isNegative(state: TrialState): boolean {
  return state === 'not-met' || state === 'stopped-efficacy' || state === 'stopped-safety';
}

export function stateInWords(state: TrialState): string {
  const WORDS: Record<TrialState, string> = {
    met: 'primary outcome met',
    'not-met': 'primary outcome not met',
    'stopped-efficacy': 'stopped for lack of efficacy',
    'stopped-safety': 'stopped for safety',
    'stopped-success': 'stopped early with success',
    'stopped-neutral': 'stopped for other reasons',
    'stopped-unexplained': 'stopped, reason not told',
    unreported: 'completed without posted results',
    'unclear-results': 'results posted, outcome not told',
    ongoing: 'not finished',
    'status-unknown': 'status unknown',
    'not-a-trial': 'observational or expanded access',
  };
  return WORDS[state];
}

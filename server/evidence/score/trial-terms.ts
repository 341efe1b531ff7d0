/** Groups a candidate's trials into the terms of its score. */
import { PHASE_KEYS, type PhaseKey, phaseKeyInWords } from '@/server/evidence/understand/phase';
import { byCodeUnit, sortedUnique } from '@/server/evidence/understand/text';
import { roleInWords, type TrialRole } from '@/server/evidence/understand/trial-role';
import {
  outcomeRange,
  stateInWords,
  TRIAL_STATES,
  type TrialState,
} from '@/server/evidence/understand/trial-state';
import type { TrialTerm } from './features';
import { phaseWeightId } from './weights';

export interface CountedTrial {
  evidenceId: string;
  externalId: string;
  role: TrialRole;
  phase: PhaseKey | null;
  state: TrialState;
  /** False where a more specific condition of the same record counts it. */
  isOwn: boolean;
}

/** How many phase weights one trial adds at least and at most. */
export function trialRange(trial: Pick<CountedTrial, 'role' | 'phase' | 'state' | 'isOwn'>): {
  low: number;
  high: number;
} {
  const isGiven = trial.role === 'studied' || trial.role === 'combination';
  if (!trial.isOwn || (!isGiven && trial.role !== 'unclear')) return { low: 0, high: 0 };
  const { low, high } = outcomeRange(trial.state);
  // Whether it speaks of the molecule, or how much its phase weighs, is unknown: from nothing on.
  const isSure = isGiven && trial.phase !== null;
  return isSure ? { low, high } : { low: Math.min(0, low), high: Math.max(0, high) };
}

/** Strongest phase first, then by what is known; the order in which reports list terms. */
export function trialTermsOf(trials: readonly CountedTrial[], isApproved: boolean): TrialTerm[] {
  const groups = new Map<string, CountedTrial[]>();
  for (const trial of trials) {
    const key = groupOf(trial);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return [...groups.values()]
    .sort((a, b) => byOrder(a[0]!, b[0]!))
    .map((members) => termOf(members, isApproved));
}

function groupOf({ role, phase, state, isOwn }: CountedTrial): string {
  const why = notCounted({ role, isOwn, state });
  return why ? `0 ${why}` : `1 ${phase} ${state} ${role}`;
}

/** Why a trial is shown with weight 0; null where it counts. */
function notCounted({
  role,
  isOwn,
  state,
}: Pick<CountedTrial, 'role' | 'isOwn' | 'state'>): string | null {
  if (role === 'comparator' || role === 'background' || role === 'not-given') {
    return `Trials with the molecule as ${roleInWords(role)} (not counted)`;
  }
  if (!isOwn) return 'Trials counted under a more specific condition';
  if (state === 'not-a-trial') return 'Observational studies and expanded access (not counted)';
  return null;
}

function termOf(members: readonly CountedTrial[], isApproved: boolean): TrialTerm {
  const [first] = members as [CountedTrial, ...CountedTrial[]];
  const why = notCounted(first);
  const each = trialRange(first);
  const ids = sortedUnique(members.map(({ evidenceId }) => evidenceId));
  return {
    name: why ?? nameOf(first),
    weight: why === null ? phaseWeightId(first.phase, isApproved) : null,
    low: ids.length * each.low,
    high: ids.length * each.high,
    each,
    resolved: why === null ? resolutions(first, each) : [],
    evidenceIds: ids,
    example: sortedUnique(members.map(({ externalId }) => externalId))[0]!,
  };
}

function nameOf({ phase, state, role }: CountedTrial): string {
  const phaseName = phase === null ? 'phase not stated' : phaseKeyInWords(phase);
  const mark =
    role === 'combination' ? ', only in combination' : role === 'unclear' ? ', role not told' : '';
  return `Clinical trials, ${phaseName}, ${stateInWords(state)}${mark}`;
}

function resolutions(
  { state, role, phase }: CountedTrial,
  each: { low: number; high: number },
): TrialTerm['resolved'] {
  if (each.low === each.high) return [];
  if (role === 'unclear' || phase === null) {
    return [
      { value: each.high, words: 'counted as far as it can for it' },
      { value: each.low, words: 'counted as far as it can against it' },
    ];
  }
  if (state === 'stopped-unexplained') {
    return [
      { value: 0, words: 'was stopped for reasons that say nothing of the molecule' },
      { value: -1, words: 'was stopped for harm or lack of efficacy' },
    ];
  }
  // A trial under way cannot have failed today, but it may: then it counts against in full.
  return [
    { value: 1, words: 'met its primary outcome' },
    { value: -1, words: 'missed its primary outcome' },
  ];
}

function byOrder(a: CountedTrial, b: CountedTrial): number {
  const rank = (trial: CountedTrial) => [
    notCounted(trial) === null ? 0 : 1,
    trial.phase === null
      ? PHASE_KEYS.length
      : PHASE_KEYS.length - 1 - PHASE_KEYS.indexOf(trial.phase),
    TRIAL_STATES.indexOf(trial.state),
  ];
  const [left, right] = [rank(a), rank(b)];
  for (const [i, value] of left.entries()) {
    if (value !== right[i]) return value - right[i]!;
  }
  return byCodeUnit(groupOf(a), groupOf(b));
}

/** A phase that only a drug database records: a trial of it has been, of unknown outcome. */
export function recordedTerm(
  phase: PhaseKey,
  isApproved: boolean,
  evidenceIds: readonly string[],
): TrialTerm {
  return {
    name: `Recorded in drug databases, ${phaseKeyInWords(phase)}, no such trial read`,
    weight: phaseWeightId(phase, isApproved),
    low: -1,
    high: 1,
    each: { low: -1, high: 1 },
    resolved: [
      { value: 1, words: 'met its primary outcome' },
      { value: -1, words: 'missed its primary outcome' },
    ],
    evidenceIds: sortedUnique(evidenceIds),
    example: `the ${phaseKeyInWords(phase)} trial behind the databases' record`,
  };
}

/** How jobs, steps, sources and events are put into words. Pure; the same everywhere they show. */
import { formatCountOf, formatDuration } from '@/components/ui/format';
import type { State } from '@/components/ui/status';
import type { SourceId } from '@/server/evidence/schema';
import type { JobView, StepView } from '@/server/jobs/queries';
import { gatherSource, type JobEvent, type JobStatus, NOT_ASKED_FOR } from '@/server/jobs/schema';

/** Names of the sources as they call themselves, by id. */
export type SourceNames = Readonly<Record<string, string>>;

export const JOB_LOOK: Record<JobStatus, { state: State; word: string }> = {
  pending: { state: 'waiting', word: 'Waiting to start' },
  'needs-input': { state: 'attention', word: 'Needs a choice' },
  running: { state: 'active', word: 'Running' },
  completed: { state: 'done', word: 'Completed' },
  partial: { state: 'partial', word: 'Partial' },
  failed: { state: 'failed', word: 'Failed' },
  cancelled: { state: 'stopped', word: 'Cancelled' },
};

/** What the job is called: the compound once it is known, till then what was typed. */
export function jobName(job: Pick<JobView, 'subject' | 'input'>): string {
  const name = job.subject?.name ?? job.input;
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

/** Where the report stands: `coming` also when the job's end is told before its report is read. */
export function reportState({
  status,
  reports,
}: Pick<JobView, 'status' | 'reports'>): 'there' | 'coming' | 'none' {
  if (reports.length > 0) return 'there';
  // Only the end of its last step, the one that makes the files, completes a job.
  return status === 'failed' || status === 'cancelled' ? 'none' : 'coming';
}

/** What was typed is the trouble: the same again would end the same. */
export const isInputUnusable = ({ reason }: Pick<JobView, 'reason'>): boolean =>
  reason === 'NAME_UNKNOWN' || reason === 'INPUT_UNUSABLE';

export const sourceName = (id: SourceId, names: SourceNames): string => names[id] ?? id;

const OWN_STEPS: Record<string, string> = {
  identify: 'Identify the compound',
  score: 'Score the candidates',
  synthesise: 'Write the report',
  verify: 'Verify every statement',
  render: 'Make the files',
};

export function stepTitle(key: string, names: SourceNames): string {
  const source = gatherSource(key);
  return source ? sourceName(source, names) : (OWN_STEPS[key] ?? key);
}

/** The state and the word of a step; a failure never reads as "nothing found". */
export function stepLook(
  step: Pick<StepView, 'key' | 'status' | 'outcome' | 'reason' | 'attempts' | 'waitingFor'>,
): {
  state: State;
  word: string;
} {
  switch (step.status) {
    case 'pending':
      return { state: 'waiting', word: step.waitingFor ? 'To be tried again' : 'Waiting' };
    case 'running':
      return { state: 'active', word: step.waitingFor ? 'Holding' : 'Running' };
    case 'failed':
      return { state: 'failed', word: 'Failed' };
    case 'cancelled':
      return { state: 'stopped', word: 'Not done' };
    case 'skipped':
      return {
        state: 'skipped',
        word: step.reason === NOT_ASKED_FOR ? 'Left out' : 'Not searched',
      };
    case 'done':
      if (step.outcome === 'partial') return { state: 'partial', word: 'Partly searched' };
      if (step.outcome === 'empty') return { state: 'done', word: 'Nothing found' };
      return { state: 'done', word: 'Done' };
  }
}

/** What the records of Phial's own steps are. */
const MADE: Record<string, string> = {
  score: 'candidate',
  synthesise: 'statement',
  verify: 'statement',
  render: 'file',
};

/** "38 records from 4 requests"; null while there is nothing to count. */
export function stepCounts(step: Pick<StepView, 'key' | 'requests' | 'records'>): string | null {
  if (step.requests === 0 && step.records === 0) return null;
  const made = MADE[step.key];
  if (made) return formatCountOf(step.records, made);
  const requests = formatCountOf(step.requests, 'request');
  return gatherSource(step.key)
    ? `${formatCountOf(step.records, 'record')} from ${requests}`
    : requests;
}

/** Steps that were broken off by the job's end are not done. */
const ended = ({ status }: StepView) =>
  status === 'done' || status === 'failed' || status === 'skipped';

export interface Totals {
  stepsDone: number;
  steps: number;
  /** Sources that were asked and gave their answer, also an empty one. */
  answered: number;
  /** Sources that this job asks. */
  sources: number;
  records: number;
  requests: number;
}

export function totals(job: Pick<JobView, 'steps'>): Totals {
  const asked = job.steps.filter((s) => s.reason !== NOT_ASKED_FOR);
  const gathers = asked.filter((s) => gatherSource(s.key));
  return {
    stepsDone: asked.filter(ended).length,
    steps: asked.length,
    answered: gathers.filter((s) => s.outcome === 'ok' || s.outcome === 'empty').length,
    sources: gathers.length,
    records: gathers.reduce((sum, s) => sum + s.records, 0),
    requests: job.steps.reduce((sum, s) => sum + s.requests, 0),
  };
}

/** For the browser's tab: how the job stands, while one works in another. */
export function jobTitle(job: JobView): string {
  const { stepsDone, steps } = totals(job);
  const state = job.status === 'running' ? `${stepsDone} of ${steps}` : JOB_LOOK[job.status].word;
  return `${state} · ${jobName(job)}`;
}

/** What is read aloud: changes with the steps' states, never with a count or a clock. */
export function announcement(job: JobView, names: SourceNames): string {
  const { stepsDone, steps } = totals(job);
  const wrong = job.steps
    .filter((s) => s.status === 'failed' || s.outcome === 'partial')
    .map((s) => `${stepTitle(s.key, names)}: ${stepLook(s).word.toLowerCase()}`);
  const head =
    job.status === 'running'
      ? `${stepsDone} of ${steps} steps done.`
      : `${JOB_LOOK[job.status].word}. ${job.message ?? job.question ?? ''}`.trim();
  return [head, ...wrong].join(' ');
}

export const MATCHED_BY: Record<NonNullable<JobView['subject']>['matchedBy'], string> = {
  inchikey: 'by InChIKey, exactly',
  smiles: 'by the structure given',
  name: 'by name',
  'first-block':
    'by the first block of the InChIKey alone: same skeleton, stereochemistry or charge may differ',
  'source-id': 'by a source’s own id',
  'name-only': 'by name alone: no structure is known',
};

/** How long a job has taken; null before it started. */
export function jobDuration(job: Pick<JobView, 'startedAt' | 'finishedAt'>): string | null {
  if (!job.startedAt || !job.finishedAt) return null;
  return formatDuration(job.finishedAt.getTime() - job.startedAt.getTime());
}

/** One line of the log. */
export function eventSentence(event: JobEvent, names: SourceNames): string {
  const step = (key: string) => stepTitle(key, names);
  switch (event.type) {
    case 'job.submitted':
      return `Submitted: ${event.data.input.slice(0, 200)}`;
    case 'job.started':
      return 'Started';
    case 'job.identified':
      return `Identified as ${event.data.name}${event.data.inchiKey ? `, ${event.data.inchiKey}` : ''}, ${MATCHED_BY[event.data.matchedBy as keyof typeof MATCHED_BY] ?? event.data.matchedBy}`;
    case 'job.needs-input':
      return `Asked: ${event.data.question}`;
    case 'job.chosen':
      return `Chosen: ${event.data.inchiKey}`;
    case 'job.finish-requested':
      return 'Asked to finish with what there is';
    case 'job.retried':
      return `Run again: ${event.data.steps.map(step).join(', ')}`;
    case 'job.ended':
      return [JOB_LOOK[event.data.status].word, event.data.message].filter(Boolean).join(': ');
    case 'step.started':
      return event.data.attempt > 1
        ? `${step(event.data.step)}: started, attempt ${event.data.attempt}`
        : `${step(event.data.step)}: started`;
    case 'step.progressed':
      return `${step(event.data.step)}: ${stepCounts({ ...event.data, key: event.data.step }) ?? 'under way'}${event.data.doing ? ` (${event.data.doing})` : ''}`;
    case 'step.waiting':
      return `${step(event.data.step)}: ${event.data.reason}`;
    case 'step.retrying':
      return `${step(event.data.step)}: will be tried again after ${event.data.reason}`;
    case 'step.finished': {
      const { word } = stepLook({
        ...event.data,
        key: event.data.step,
        attempts: 1,
        waitingFor: null,
      });
      const counts = stepCounts({ ...event.data, key: event.data.step });
      return [`${step(event.data.step)}: ${word.toLowerCase()}`, counts, event.data.reason]
        .filter(Boolean)
        .join(', ');
    }
  }
}

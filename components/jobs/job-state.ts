/**
 * A job as a page shows it, kept up to date from events. Pure: the same view and the same events give
 * the same state, in whatever order views and events arrive and however often.
 */
import type { JobView, StepView } from '@/server/jobs/queries';
import { type JobEvent, rerun } from '@/server/jobs/schema';

export interface JobState {
  job: JobView;
  /** What each running step asks just now, by step. */
  doing: Readonly<Record<string, string>>;
  /** Events since the page was first read, oldest first; without gaps, for the log. */
  events: readonly JobEvent[];
  /** Number of the last event before those. */
  since: number;
  /** An event told less than the page shows; what it left out is in the next view. */
  awaitsView: boolean;
}

/** Events kept for the log; a job that says more is read in full from its stored log. */
const KEPT_EVENTS = 2_000;

export const jobState = (job: JobView): JobState => ({
  job,
  doing: {},
  events: [],
  since: job.seq,
  awaitsView: false,
});

/**
 * The state after one more event. An event that came before changes nothing; one that only a newly
 * read view brought already is still new to the log.
 */
export function withEvent(state: JobState, event: JobEvent): JobState {
  const last = state.events.at(-1)?.seq ?? state.since;
  if (event.jobId !== state.job.id || event.seq <= last) return state;
  const events = [...state.events, event].slice(-KEPT_EVENTS);
  if (event.seq <= state.job.seq) return { ...state, events };
  return {
    ...state,
    job: { ...after(state.job, event), seq: event.seq },
    doing: doingAfter(state.doing, event),
    events,
    awaitsView: state.awaitsView || tellsLess(event),
  };
}

/** The state on a newly read view. Events that are newer than the view are applied to it again. */
export function withView(state: JobState, view: JobView): JobState {
  const newer = state.events.filter((event) => event.seq > view.seq);
  return {
    ...state,
    job: newer.reduce((job, event) => ({ ...after(job, event), seq: event.seq }), view),
    awaitsView: newer.some(tellsLess),
  };
}

/** Does this event tell less than the page shows, so that the job should be read again? */
export const tellsLess = ({ type }: JobEvent): boolean =>
  type === 'job.identified' || type === 'job.ended' || type === 'step.retrying';

function after(job: JobView, event: JobEvent): JobView {
  const at = new Date(event.at);
  switch (event.type) {
    case 'job.submitted':
      return job;
    case 'job.started':
      return { ...job, status: 'running', startedAt: job.startedAt ?? at };
    case 'job.identified':
      return { ...job, subject: { ...unknownSubject, ...job.subject, ...event.data } as Subject };
    case 'job.needs-input':
      return {
        ...withStep(job, 'identify', (step) => ({ ...step, status: 'pending' })),
        status: 'needs-input',
        question: event.data.question,
        choices: event.data.choices,
      };
    case 'job.chosen':
      return { ...job, status: 'running', question: null, choices: [] };
    case 'job.finish-requested':
      return { ...job, finishRequested: true };
    case 'job.retried':
      return retried(job, event.data.steps);
    case 'job.ended':
      return {
        ...job,
        ...event.data,
        finishedAt: at,
        question: null,
        choices: [],
        steps: job.steps.map((step) =>
          step.status === 'pending' || step.status === 'running'
            ? { ...step, ...NO_WAIT, status: 'cancelled', finishedAt: at }
            : step,
        ),
      };
    case 'step.started':
      return withStep(job, event.data.step, (step) => ({
        ...step,
        ...NO_WAIT,
        status: 'running',
        attempts: event.data.attempt,
        startedAt: at,
        finishedAt: null,
        requests: 0,
        records: 0,
      }));
    case 'step.progressed': {
      const { requests, records } = event.data;
      return withStep(job, event.data.step, (step) => ({
        ...step,
        ...NO_WAIT,
        requests,
        records,
      }));
    }
    case 'step.waiting':
      return withStep(job, event.data.step, (step) => ({
        ...step,
        waitingFor: event.data.reason,
        waitingUntil: new Date(event.data.untilMs),
      }));
    case 'step.retrying':
      return withStep(job, event.data.step, (step) => ({
        ...step,
        status: 'pending',
        waitingFor: event.data.reason,
        waitingUntil: null,
      }));
    case 'step.finished': {
      const { step: key, ...end } = event.data;
      return withStep(job, key, (step) => ({ ...step, ...NO_WAIT, ...end, finishedAt: at }));
    }
  }
}

type Subject = NonNullable<JobView['subject']>;

/** The event names the compound; what else is known of it follows with the next view. */
const unknownSubject = {
  names: [],
  canonicalSmiles: null,
  formula: null,
  massDa: null,
  xrefs: {},
  limits: [],
};

const NO_WAIT = { waitingFor: null, waitingUntil: null };

function withStep(job: JobView, key: string, change: (step: StepView) => StepView): JobView {
  return { ...job, steps: job.steps.map((step) => (step.key === key ? change(step) : step)) };
}

function retried(job: JobView, keys: readonly string[]): JobView {
  const again = new Set(rerun(job.steps, keys).map((step) => step.key));
  return {
    ...job,
    status: 'running',
    reason: null,
    message: null,
    finishedAt: null,
    finishRequested: false,
    requestsUsed: 0,
    steps: job.steps.map((step) =>
      again.has(step.key)
        ? { ...step, ...NO_WAIT, status: 'pending', outcome: null, reason: null, finishedAt: null }
        : step,
    ),
  };
}

function doingAfter(doing: JobState['doing'], event: JobEvent): JobState['doing'] {
  switch (event.type) {
    case 'step.progressed': {
      const { [event.data.step]: _, ...others } = doing;
      return event.data.doing ? { ...others, [event.data.step]: event.data.doing } : others;
    }
    case 'step.finished':
    case 'step.started':
    case 'step.retrying': {
      const { [event.data.step]: _, ...others } = doing;
      return others;
    }
    case 'job.ended':
      return {};
    default:
      return doing;
  }
}

import { describe, expect, test } from 'vitest';
import type { JobView, StepView } from '@/server/jobs/queries';
import { type JobEvent, NOT_ASKED_FOR, STEP_KEYS } from '@/server/jobs/schema';
import { jobState, tellsLess, withEvent, withView } from './job-state';

const JOB = '11111111-1111-4111-8111-111111111111';

const step = (key: string, over: Partial<StepView> = {}): StepView => ({
  key,
  status: 'pending',
  outcome: null,
  reason: null,
  attempts: 0,
  requests: 0,
  records: 0,
  waitingFor: null,
  waitingUntil: null,
  startedAt: null,
  finishedAt: null,
  ...over,
});

const view = (over: Partial<JobView> = {}): JobView => ({
  id: JOB,
  kind: 'molecule',
  status: 'running',
  input: 'metformin',
  subject: null,
  pinned: false,
  bundleSha256: null,
  demo: false,
  label: null,
  candidate: null,
  evidenceCount: 0,
  reason: null,
  message: null,
  createdAt: new Date(0),
  startedAt: new Date(1_000),
  finishedAt: null,
  options: { indication: null, sources: [], maxRequests: 300, maxSeconds: 900 },
  question: null,
  choices: [],
  finishRequested: false,
  requestsUsed: 0,
  steps: STEP_KEYS.map((key) => step(key)),
  seq: 2,
  reports: [],
  ...over,
});

type Body = { [K in JobEvent['type']]: Pick<Extract<JobEvent, { type: K }>, 'type' | 'data'> };
const event = (seq: number, body: Body[JobEvent['type']]): JobEvent =>
  ({ jobId: JOB, seq, at: new Date(seq * 1_000).toISOString(), ...body }) as JobEvent;

const started = (seq: number, key: string, attempt = 1) =>
  event(seq, { type: 'step.started', data: { step: key, attempt } });
const progressed = (seq: number, key: string, records: number) =>
  event(seq, {
    type: 'step.progressed',
    data: { step: key, requests: 2, records, doing: 'trials' },
  });
const finished = (seq: number, key: string, over: object = {}) =>
  event(seq, {
    type: 'step.finished',
    data: {
      step: key,
      status: 'done',
      outcome: 'ok',
      reason: null,
      requests: 3,
      records: 9,
      ...over,
    },
  });

const play = (from: JobView, events: JobEvent[]) => events.reduce(withEvent, jobState(from));
const stepOf = (job: JobView, key: string) => {
  const found = job.steps.find((s) => s.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('a step, event by event', () => {
  const key = 'gather:openfda';

  test('starts, waits, goes on and ends', () => {
    let state = play(view(), [started(3, key)]);
    expect(stepOf(state.job, key)).toMatchObject({ status: 'running', attempts: 1 });
    expect(stepOf(state.job, key).startedAt).toEqual(new Date(3_000));

    state = withEvent(
      state,
      event(4, {
        type: 'step.waiting',
        data: { step: key, reason: 'openFDA asks us to wait 40 s', untilMs: 44_000 },
      }),
    );
    expect(stepOf(state.job, key)).toMatchObject({
      status: 'running',
      waitingFor: 'openFDA asks us to wait 40 s',
      waitingUntil: new Date(44_000),
    });

    state = withEvent(state, progressed(5, key, 7));
    expect(stepOf(state.job, key)).toMatchObject({ records: 7, waitingFor: null });
    expect(state.doing).toEqual({ [key]: 'trials' });

    state = withEvent(state, finished(6, key));
    expect(stepOf(state.job, key)).toMatchObject({
      status: 'done',
      outcome: 'ok',
      records: 9,
      finishedAt: new Date(6_000),
    });
    expect(state.doing).toEqual({});
    expect(state.job.seq).toBe(6);
  });

  test('a second start counts from zero', () => {
    const { job } = play(view(), [started(3, key), progressed(4, key, 7), started(5, key, 2)]);
    expect(stepOf(job, key)).toMatchObject({ attempts: 2, records: 0, requests: 0 });
  });
});

describe('nothing twice, nothing lost', () => {
  const events = [
    started(3, 'identify'),
    finished(4, 'identify', { outcome: null, records: 0 }),
    started(5, 'gather:chembl'),
    progressed(6, 'gather:chembl', 4),
    finished(7, 'gather:chembl'),
  ];

  test('an event that is already known changes nothing', () => {
    const state = play(view(), events);
    expect(withEvent(state, progressed(6, 'gather:chembl', 4))).toBe(state);
    expect(play(view(), [...events, ...events])).toEqual(state);
  });

  test('events of other jobs change nothing', () => {
    const state = jobState(view());
    expect(withEvent(state, { ...started(3, 'identify'), jobId: 'other' })).toBe(state);
  });

  test('a view that is older than the events is brought up to date by them', () => {
    const state = play(view(), events);
    const read = play(view(), events.slice(0, 2)).job;
    expect(read.seq).toBe(4);
    const merged = withView(state, { ...read, evidenceCount: 12 });
    expect(merged.job).toEqual({ ...state.job, evidenceCount: 12 });
  });

  test('a view that is newer stands as it is', () => {
    const state = play(view(), events.slice(0, 1));
    const newer = play(view(), events).job;
    expect(withView(state, newer).job).toEqual(newer);
    expect(withEvent(withView(state, newer), events[3] as JobEvent).job).toEqual(newer);
  });
});

describe('the log', () => {
  test('has every event once, also those that a newly read view brought first', () => {
    const events = [started(3, 'identify'), finished(4, 'identify'), started(5, 'gather:chembl')];
    const caughtUp = withView(play(view(), events.slice(0, 1)), play(view(), events).job);
    const state = events.reduce(withEvent, caughtUp);
    expect(state.events.map((e) => e.seq)).toEqual([3, 4, 5]);
    expect(state.job).toEqual(caughtUp.job);
  });
});

describe('the job', () => {
  test('is known by name first, the rest follows', () => {
    const state = play(view(), [
      event(3, {
        type: 'job.identified',
        data: { name: 'Metformin', inchiKey: 'XZWXKPCSRLNZFK-UHFFFAOYSA-N', matchedBy: 'name' },
      }),
    ]);
    const { subject } = state.job;
    expect(subject).toMatchObject({ name: 'Metformin', canonicalSmiles: null, limits: [] });
    expect(state.awaitsView).toBe(true);
    expect(withView(state, view({ seq: 2 })).awaitsView).toBe(true);
    expect(withView(state, view({ seq: 3 })).awaitsView).toBe(false);
  });

  test('asks and goes on with the answer', () => {
    const choices = [
      { inchiKey: 'A', name: 'a', smiles: 'C', formula: 'CH4', note: null },
      { inchiKey: 'B', name: 'b', smiles: 'CC', formula: 'C2H6', note: null },
    ];
    const asked = play(view(), [
      started(3, 'identify'),
      event(4, {
        type: 'job.needs-input',
        data: { question: '2 compounds match “a”. Which one?', choices },
      }),
    ]);
    expect(asked.job).toMatchObject({ status: 'needs-input', choices });
    expect(stepOf(asked.job, 'identify').status).toBe('pending');
    const chosen = withEvent(asked, event(5, { type: 'job.chosen', data: { inchiKey: 'A' } }));
    expect(chosen.job).toMatchObject({ status: 'running', choices: [], question: null });
  });

  test('ends, and with it what had not ended', () => {
    const { job } = play(view(), [
      started(3, 'identify'),
      finished(4, 'identify'),
      started(5, 'gather:chembl'),
      event(6, {
        type: 'job.ended',
        data: { status: 'cancelled', reason: 'CANCELLED', message: 'Cancelled by a person.' },
      }),
    ]);
    expect(job).toMatchObject({ status: 'cancelled', finishedAt: new Date(6_000) });
    expect(stepOf(job, 'identify').status).toBe('done');
    expect(stepOf(job, 'gather:chembl').status).toBe('cancelled');
    expect(stepOf(job, 'render').status).toBe('cancelled');
  });

  test('a retried step takes with it what was made from its result, and nothing else', () => {
    const done = view({
      status: 'partial',
      finishedAt: new Date(9_000),
      seq: 20,
      steps: STEP_KEYS.map((key) =>
        key === 'gather:openfda'
          ? step(key, { status: 'failed', outcome: 'failed', reason: 'no answer' })
          : key === 'gather:pubmed'
            ? step(key, { status: 'skipped', outcome: 'not-searched', reason: NOT_ASKED_FOR })
            : step(key, { status: 'done', outcome: 'ok' }),
      ),
    });
    const { job } = play(done, [
      event(21, { type: 'job.retried', data: { steps: ['gather:openfda'] } }),
    ]);
    const pending = job.steps.filter((s) => s.status === 'pending').map((s) => s.key);
    expect(pending).toEqual(['gather:openfda', 'score', 'synthesise', 'verify', 'render']);
    expect(job).toMatchObject({ status: 'running', finishedAt: null });
  });

  test('is read again where an event tells less than the page shows', () => {
    expect(tellsLess(progressed(3, 'score', 1))).toBe(false);
    expect(
      tellsLess(
        event(3, { type: 'job.ended', data: { status: 'completed', reason: null, message: null } }),
      ),
    ).toBe(true);
  });
});

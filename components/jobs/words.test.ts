import { describe, expect, test } from 'vitest';
import type { JobView, StepView } from '@/server/jobs/queries';
import { NOT_ASKED_FOR, STEP_KEYS } from '@/server/jobs/schema';
import { announcement, jobTitle, reportState, stepCounts, stepLook, totals } from './words';

const NAMES = { openfda: 'openFDA', chembl: 'ChEMBL' };

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

const job = (over: Partial<JobView> = {}) =>
  ({
    status: 'running',
    input: 'metformin',
    subject: null,
    message: null,
    question: null,
    steps: STEP_KEYS.map((key) => step(key)),
    ...over,
  }) as JobView;

describe('a step in words', () => {
  const word = (over: Partial<StepView>) => stepLook(step('gather:openfda', over)).word;

  test('only an empty answer reads as “nothing found”', () => {
    expect(word({ status: 'done', outcome: 'empty' })).toBe('Nothing found');
    for (const over of [
      { status: 'failed', outcome: 'failed' },
      { status: 'skipped', outcome: 'not-searched' },
      { status: 'done', outcome: 'partial' },
      { status: 'done', outcome: 'ok' },
      { status: 'cancelled', outcome: null },
    ] as const) {
      expect(word(over)).not.toMatch(/nothing/i);
    }
  });

  test('tells what was left out from what could not be searched', () => {
    const skipped = { status: 'skipped', outcome: 'not-searched' } as const;
    expect(word({ ...skipped, reason: NOT_ASKED_FOR })).toBe('Left out');
    expect(word({ ...skipped, reason: 'finished early' })).toBe('Not searched');
  });

  test('counts what it made', () => {
    const counts = (key: string, records: number, requests = 0) =>
      stepCounts({ key, records, requests });
    expect(counts('gather:openfda', 0)).toBeNull();
    expect(counts('gather:openfda', 1, 4)).toBe('1 record from 4 requests');
    expect(counts('gather:openfda', 0, 2)).toBe('0 records from 2 requests');
    expect(counts('verify', 48)).toBe('48 statements');
    expect(counts('identify', 2, 5)).toBe('5 requests');
  });
});

describe('a job in words', () => {
  const steps = STEP_KEYS.map((key) =>
    key === 'gather:openfda'
      ? step(key, { status: 'failed', outcome: 'failed' })
      : key === 'gather:chembl'
        ? step(key, { status: 'done', outcome: 'empty', records: 0, requests: 2 })
        : key === 'gather:pubmed'
          ? step(key, { status: 'skipped', outcome: 'not-searched', reason: NOT_ASKED_FOR })
          : step(key),
  );

  test('counts sources that were asked, and as answered those that answered', () => {
    expect(totals({ steps })).toMatchObject({ sources: 6, answered: 1, steps: 11, stepsDone: 2 });
  });

  test('is announced by its steps, not by its counts and waits', () => {
    const before = job({ steps });
    const counting = job({
      steps: steps.map((s) =>
        s.key === 'gather:clinicaltrials'
          ? { ...s, records: 40, requests: 3, waitingFor: 'a slot', waitingUntil: new Date() }
          : s,
      ),
    });
    expect(announcement(before, NAMES)).toBe('2 of 11 steps done. openFDA: failed');
    expect(announcement(counting, NAMES)).toBe(announcement(before, NAMES));
  });

  test('says in the tab how it stands', () => {
    expect(jobTitle(job({ steps }))).toBe('2 of 11 · metformin');
    expect(jobTitle(job({ status: 'needs-input' }))).toBe('Needs a choice · metformin');
  });

  test('that has completed is never said to have no report', () => {
    expect(reportState({ status: 'completed', reports: [] })).toBe('coming');
    expect(reportState({ status: 'running', reports: [] })).toBe('coming');
    expect(reportState({ status: 'cancelled', reports: [] })).toBe('none');
  });
});

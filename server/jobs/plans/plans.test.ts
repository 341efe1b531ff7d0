import { describe, expect, it } from 'vitest';
import { STEP_KEYS, type StepStatus } from '../schema';
import { moleculePlan } from './molecule';
import { paperPlan } from './paper';

const { runnable, end: jobEnd } = moleculePlan;

const plan = (statuses: Partial<Record<string, StepStatus>>, outcome = 'ok') =>
  STEP_KEYS.map((key) => ({
    key,
    status: statuses[key] ?? ('pending' as const),
    outcome: key.startsWith('gather:') ? outcome : null,
    reason: null,
  }));
const all = (status: StepStatus) => Object.fromEntries(STEP_KEYS.map((k) => [k, status]));

describe('runnable', () => {
  it('begins with identification', () => {
    expect(runnable(plan({})).map((s) => s.key)).toEqual(['identify']);
    expect(runnable(plan({ identify: 'running' }))).toEqual([]);
  });
  it('asks all sources at once and waits for all of them', () => {
    expect(runnable(plan({ identify: 'done' }))).toHaveLength(7);
    const gathering = { ...all('done'), 'gather:chembl': 'running', score: 'pending' } as const;
    expect(runnable(plan(gathering))).toEqual([]);
  });
  it('goes on when sources failed or were skipped', () => {
    const statuses = { ...all('failed'), identify: 'done', score: 'pending' } as const;
    expect(runnable(plan(statuses)).map((s) => s.key)).toEqual(['score']);
  });
  it('stops when identification failed', () => {
    expect(runnable(plan({ identify: 'failed' }))).toEqual([]);
  });
});

describe('jobEnd', () => {
  it('is not the end before everything is rendered', () => {
    expect(jobEnd(plan({ ...all('done'), render: 'running' }), { nameOnly: false })).toBeNull();
  });
  it('tells completed from partial by the ledger', () => {
    expect(jobEnd(plan(all('done')), { nameOnly: false })?.status).toBe('completed');
    expect(jobEnd(plan(all('done'), 'empty'), { nameOnly: false })?.status).toBe('completed');
    expect(jobEnd(plan(all('done'), 'failed'), { nameOnly: false })?.status).toBe('partial');
    expect(jobEnd(plan(all('done')), { nameOnly: true })?.status).toBe('partial');
  });
  it('fails when a step of its own failed', () => {
    const end = jobEnd(plan({ ...all('done'), score: 'failed' }), { nameOnly: false });
    expect(end?.status).toBe('failed');
  });
});

describe('the plan of a paper', () => {
  const steps = (
    statuses: StepStatus[],
    outcomes: (string | null)[] = [],
    keys = ['parse', 'index', 'correct'],
  ) =>
    keys.map((key, i) => ({
      key,
      status: statuses[i] ?? ('pending' as const),
      outcome: outcomes[i] ?? null,
      reason: outcomes[i] === 'partial' ? 'page 3 is unreadable' : null,
    }));
  const next = (statuses: StepStatus[]) =>
    paperPlan.runnable(steps(statuses)).map(({ key }) => key);
  const end = (statuses: StepStatus[], outcomes?: (string | null)[]) =>
    paperPlan.end(steps(statuses, outcomes), { nameOnly: false });

  it('goes step by step', () => {
    expect(next([])).toEqual(['parse']);
    expect(next(['running'])).toEqual([]);
    expect(next(['done'])).toEqual(['index']);
    expect(next(['done', 'done'])).toEqual(['correct']);
    expect(next(['failed'])).toEqual([]);
  });
  it('ends with what was read', () => {
    expect(end(['done', 'done'])).toBeNull();
    expect(end(['done', 'done', 'done'])?.status).toBe('completed');
    expect(end(['failed'])?.status).toBe('failed');
    expect(end(['done', 'done', 'done'], ['partial'])).toMatchObject({
      status: 'partial',
      message: 'page 3 is unreadable',
    });
  });
  it('is complete although no source could correct its details', () => {
    expect(end(['done', 'done', 'failed'], ['ok', 'ok', 'failed'])?.status).toBe('completed');
  });
});

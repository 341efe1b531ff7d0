import { describe, expect, it } from 'vitest';
import { jobEnd, runnable } from './machine';
import { STEP_KEYS, type StepStatus } from './schema';

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

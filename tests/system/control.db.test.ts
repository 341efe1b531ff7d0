/** Cancel, finish early and budgets reach a worker that is waiting for sources. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { cancelJob, finishJob, submitMolecule } from '@/server/jobs';
import { getJob } from '@/server/jobs/queries';
import { isTerminal } from '@/server/jobs/schema';
import { readReport } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { type HangingSources, startHangingSources } from './hanging-sources';
import { until } from './wait';
import { startWorker, type WorkerProcess } from './worker-process';

let world: World;
let sources: HangingSources;
let worker: WorkerProcess;
beforeAll(async () => {
  world = await createWorld();
  sources = await startHangingSources();
  worker = startWorker(world, { SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
});
afterAll(async () => {
  await worker?.stop();
  await sources?.close();
  await world.close();
});

/** Ethanol, with two sources that hang. */
async function hangingJob(options = {}): Promise<{ ctx: Ctx; jobId: string }> {
  const ctx = await world.member();
  const input = {
    text: 'ethanol',
    options: { sources: ['clinicaltrials', 'openfda'], ...options },
  };
  const { jobId } = await submitMolecule({ ctx, input: input as never });
  return { ctx, jobId };
}

const status = async (ctx: Ctx, jobId: string) => (await getJob({ ctx, jobId })).status;

describe('a job that waits for its sources', () => {
  it('is cancelled within 2 s, and its requests are broken off', async () => {
    const { ctx, jobId } = await hangingJob();
    await until('open requests', async () => sources.open() >= 2);
    const asked = Date.now();
    await cancelJob({ ctx, jobId });
    expect(await status(ctx, jobId)).toBe('cancelled');
    await until('requests to be broken off', async () => sources.open() === 0, 2_000);
    expect(Date.now() - asked).toBeLessThan(2_000);
  });

  it('ends with a valid report that lists what was not done when it is finished early', async () => {
    const { ctx, jobId } = await hangingJob();
    await until('open requests', async () => sources.open() >= 2);
    await finishJob({ ctx, jobId });
    await until('the end', async () => isTerminal(await status(ctx, jobId)));
    expect(await status(ctx, jobId)).toBe('partial');
    const report = await readReport({ ctx, jobId });
    const ledger = Object.fromEntries(report.sources.map((s) => [s.id, [s.outcome, s.reason]]));
    expect(ledger.clinicaltrials).toEqual(['not-searched', 'finished early']);
    expect(ledger.openfda).toEqual(['not-searched', 'finished early']);
    expect(ledger.pubmed).toEqual(['not-searched', 'not asked for']);
    expect(report.decision.label).toBe('Insufficient evidence');
  });

  it('ends partial when its budget of requests is used up', async () => {
    const { ctx, jobId } = await hangingJob({ maxRequests: 4 });
    await until('the end', async () => isTerminal(await status(ctx, jobId)));
    const job = await getJob({ ctx, jobId });
    expect(job.status).toBe('partial');
    expect(job.requestsUsed).toBe(4);
    for (const step of job.steps.filter(
      (s) => s.outcome === 'not-searched' && s.reason !== 'not asked for',
    )) {
      expect(step.reason).toContain('budget');
    }
  });

  it('leaves no room for one workspace to keep another waiting', async () => {
    const crowd = await world.member();
    for (let i = 0; i < 20; i++) {
      await submitMolecule({
        ctx: crowd,
        input: { text: 'ethanol', options: { indication: `number ${i}` } },
      });
    }
    const { ctx, jobId } = await hangingJob();
    await until(
      'the other workspace’s job to gather',
      async () => {
        const { steps } = await getJob({ ctx, jobId });
        return steps.some((s) => s.key === 'gather:clinicaltrials' && s.status === 'running');
      },
      10_000,
    );
  });

  it('is taken up anew when the queue’s connection broke between two heartbeats', async () => {
    const { ctx, jobId } = await hangingJob();
    await until('open requests', async () => sources.open() > 0);
    const pools = async () =>
      (await world.superuser`select pool_id from workers`).map((row) => String(row.pool_id));
    const before = await pools();
    const broken = await world.superuser`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'LISTEN "jobs:insert"%'`;
    expect(broken.length).toBeGreaterThan(0);
    await until('new pools', async () => {
      const now = await pools();
      return now.length === before.length && !now.some((id) => before.includes(id));
    });
    await until('requests again', async () => sources.open() > 0);
    await cancelJob({ ctx, jobId });
    expect(await status(ctx, jobId)).toBe('cancelled');
  });
});

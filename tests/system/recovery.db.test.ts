/**
 * Killing the worker at every boundary of every step: another takes over, and the finished job has the
 * same evidence, once each, and the same report hash as an undisturbed run.
 */
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULE, demoBundle } from '@/server/demo';
import { submitMolecule } from '@/server/jobs';
import { getJob, type JobView } from '@/server/jobs/queries';
import { isTerminal, STEP_KEYS } from '@/server/jobs/schema';
import { importBundle } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { until } from './wait';
import { startWorker } from './worker-process';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function submitDemo(ctx: Ctx): Promise<string> {
  const { sha256 } = await importBundle({ ctx, bytes: await demoBundle() });
  const { jobId } = await submitMolecule({
    ctx,
    input: { text: DEMO_MOLECULE, bundleSha256: sha256 },
  });
  return jobId;
}

const ended = (ctx: Ctx, jobId: string, withinMs?: number): Promise<JobView> =>
  until(
    'the job’s end',
    async () => {
      const job = await getJob({ ctx, jobId });
      return isTerminal(job.status) ? job : null;
    },
    withinMs,
  );

/** What a job left, without what may differ between runs. */
async function result(ctx: Ctx, jobId: string) {
  const job = await getJob({ ctx, jobId });
  const evidence = await world.superuser`
    select id, facts, snapshot_sha256, duplicate_of from evidence where job_id = ${jobId} order by id`;
  const seqs = await world.superuser`select seq from events where job_id = ${jobId} order by seq`;
  expect(seqs.map((r) => r.seq)).toEqual(seqs.map((_, i) => i + 1));
  return {
    status: job.status,
    reportHash: job.reports[0]?.reportHash,
    versions: job.reports.length,
    evidence: evidence.map((r) => ({ ...r })),
  };
}

/** Holds a lock of the test's own until released; whoever needs the rows waits. */
async function hold(statement: string): Promise<() => Promise<void>> {
  const sql = postgres(world.database.superuserUrl, { max: 1, onnotice: () => {} });
  await sql.unsafe('begin');
  await sql.unsafe(statement);
  return async () => {
    await sql.unsafe('rollback');
    await sql.end();
  };
}

const waitsForLock = () =>
  until('a worker that waits for the lock', async () => {
    const rows = await world.superuser`
      select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'phial-worker' and wait_event_type = 'Lock'`;
    return rows.length > 0;
  });

describe('a worker that is killed', () => {
  it('at every boundary of every step leaves the same job behind', async () => {
    const undisturbed = await world.member();
    const worker = startWorker(world);
    const calmId = await submitDemo(undisturbed);
    await ended(undisturbed, calmId);
    await worker.stop();
    const expected = await result(undisturbed, calmId);
    expect(expected.status).toBe('completed');
    expect(expected.evidence.length).toBeGreaterThan(10);

    const ctx = await world.member();
    const jobId = await submitDemo(ctx);
    let kills = 0;
    for (const step of STEP_KEYS) {
      // Between the step before and this one: its row is held, so that it cannot start.
      let release = await hold(
        `select 1 from steps where job_id = '${jobId}' and key = '${step}' for update`,
      );
      let victim = startWorker(world);
      await waitsForLock();
      await victim.kill();
      await release();
      kills += 1;

      // Within the step: it has started and cannot write what it makes.
      release = await hold('lock table snapshots, evidence, artifacts, reports in exclusive mode');
      victim = startWorker(world);
      await until(`${step} to start`, async () => {
        const job = await getJob({ ctx, jobId });
        const own = job.steps.find((s) => s.key === step);
        return own?.status === 'running' || own?.status === 'done' || own?.status === 'skipped';
      });
      await waitsForLock();
      await victim.kill();
      await release();
      kills += 1;
    }
    const last = startWorker(world);
    await ended(ctx, jobId);
    await last.stop();
    expect(kills).toBe(2 * STEP_KEYS.length);
    expect(await result(ctx, jobId)).toEqual(expected);
  }, 240_000);

  it('is replaced within 60 s with the shipped settings', async () => {
    const ctx = await world.member();
    const jobId = await submitDemo(ctx);
    const release = await hold('lock table snapshots in exclusive mode');
    const victim = startWorker(world, {}, { shipped: true });
    await waitsForLock();
    const other = startWorker(world, {}, { shipped: true });
    await victim.kill();
    await release();
    const killedAt = Date.now();
    const job = await ended(ctx, jobId, 60_000);
    await other.stop();
    expect(job.status).toBe('completed');
    expect(Date.now() - killedAt).toBeLessThan(60_000);
  }, 120_000);
});

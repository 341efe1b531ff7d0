/**
 * Killing the worker at every boundary of every step: another takes over, and the finished job has the
 * same evidence, once each, and the same report hash as an undisturbed run.
 */
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULE, demoBundle } from '@/server/demo';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import { getJob, type JobView } from '@/server/jobs/queries';
import { isTerminal, type StepKey } from '@/server/jobs/schema';
import { importBundle } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { until } from './wait';
import { startWorker } from './worker-process';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function submitDemo(ctx: Ctx, sources: SourceId[] = [...SOURCE_IDS]): Promise<string> {
  const { sha256 } = await importBundle({ ctx, bytes: await demoBundle() });
  const { jobId } = await submitMolecule({
    ctx,
    input: { text: DEMO_MOLECULE, options: { sources }, bundleSha256: sha256 },
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

const startsOf = async (jobId: string, step: string): Promise<number> => {
  const [row] = await world.superuser`
    select attempts from steps where job_id = ${jobId} and key = ${step}`;
  return row?.attempts ?? 0;
};

const jobSteps = (source: SourceId): StepKey[] => [
  'identify',
  `gather:${source}`,
  'score',
  'synthesise',
  'verify',
  'render',
];

/** Kills the worker before the step starts and again while it works. */
async function killAround(jobId: string, step: StepKey): Promise<void> {
  let release = await hold(
    `select 1 from steps where job_id = '${jobId}' and key = '${step}' for update`,
  );
  let victim = startWorker(world);
  await waitsForLock();
  await victim.kill();
  await release();

  const starts = await startsOf(jobId, step);
  release = await hold('lock table snapshots, evidence, artifacts, reports in exclusive mode');
  victim = startWorker(world);
  await until(`${step} to run again`, async () => (await startsOf(jobId, step)) > starts);
  await waitsForLock();
  await victim.kill();
  await release();
}

describe('a worker that is killed', () => {
  // One source a job, so that nothing else of the job runs at the boundary that is looked at; the
  // steps that all jobs share are looked at in the first one.
  it.each(
    SOURCE_IDS.map((source, i) => ({
      source,
      steps: i === 0 ? jobSteps(source) : [`gather:${source}` as const],
    })),
  )(
    'around $steps leaves the same job behind',
    async ({ source, steps }) => {
      const calm = await world.member();
      const calmId = await submitDemo(calm, [source]);
      const worker = startWorker(world);
      await ended(calm, calmId);
      await worker.stop();
      const expected = await result(calm, calmId);
      expect(expected.evidence.length).toBeGreaterThan(0);

      const ctx = await world.member();
      const jobId = await submitDemo(ctx, [source]);
      for (const step of steps) await killAround(jobId, step);
      const last = startWorker(world);
      await ended(ctx, jobId);
      await last.stop();
      expect(await result(ctx, jobId)).toEqual(expected);
    },
    120_000,
  );

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

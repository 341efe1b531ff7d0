/**
 * Killing the worker at every boundary of every step: another takes over, and the finished job has the
 * same evidence, once each, and the same report hash as an undisturbed run.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULE, demoBundle } from '@/server/demo';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import { getJob, type JobView } from '@/server/jobs/queries';
import { isTerminal } from '@/server/jobs/schema';
import { importBundle } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import {
  AFTER_GATHERING,
  BEFORE_GATHERING,
  type Boundary,
  heldBack,
  holdAt,
  installHolds,
  OF_GATHERING,
} from './boundaries';
import { until } from './wait';
import { startWorker } from './worker-process';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await installHolds(world.superuser);
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

const ended = (ctx: Ctx, jobId: string, withinMs = 120_000): Promise<JobView> =>
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

/** Starts a worker and kills it while every job stands at the boundary. */
async function killAt(boundary: Boundary, jobs: number): Promise<void> {
  const { superuser } = world;
  await holdAt(superuser, boundary);
  const victim = startWorker(world, SETTINGS);
  try {
    await until(`all jobs at the ${boundary.at} of ${boundary.keys}`, async () => {
      return (await heldBack(superuser)) === jobs;
    });
  } catch (error) {
    throw new Error(victim.output(), { cause: error });
  } finally {
    await victim.kill();
    await holdAt(superuser, null);
  }
}

/** All jobs of a test run side by side. */
const SETTINGS = { WORKSPACE_ACTIVE_JOBS: String(SOURCE_IDS.length) };

interface Case {
  what: string;
  /** The sources of each job: nothing else of a job may run at the boundary that is looked at. */
  jobs: SourceId[][];
  boundaries: Boundary[];
}
const CASES: Case[] = [
  {
    what: 'every step that is taken alone',
    jobs: [[...SOURCE_IDS]],
    boundaries: [...BEFORE_GATHERING, ...AFTER_GATHERING],
  },
  {
    what: 'the step of every source',
    jobs: SOURCE_IDS.map((source) => [source]),
    boundaries: OF_GATHERING,
  },
];

describe('a worker that is killed', () => {
  it.each(CASES)(
    'at the start and the end of $what leaves the same behind',
    async ({ jobs, boundaries }) => {
      const submitAll = async () => {
        const ctx = await world.member();
        const ids: string[] = [];
        for (const sources of jobs) ids.push(await submitDemo(ctx, sources));
        return { ctx, ids };
      };
      const finishAll = async ({ ctx, ids }: Awaited<ReturnType<typeof submitAll>>) => {
        const worker = startWorker(world, SETTINGS);
        for (const jobId of ids) await ended(ctx, jobId);
        await worker.stop();
        const results = [];
        for (const jobId of ids) results.push(await result(ctx, jobId));
        return results;
      };
      const undisturbed = await finishAll(await submitAll());
      for (const { status, evidence } of undisturbed) {
        expect(status).toBe('completed');
        expect(evidence.length).toBeGreaterThan(0);
      }
      const disturbed = await submitAll();
      for (const boundary of boundaries) await killAt(boundary, jobs.length);
      expect(await finishAll(disturbed)).toEqual(undisturbed);
    },
    600_000,
  );

  it('is replaced within 60 s with the shipped settings', async () => {
    const ctx = await world.member();
    const jobId = await submitDemo(ctx);
    const victim = startWorker(world, {}, { shipped: true });
    await until('the job to run', async () => (await getJob({ ctx, jobId })).startedAt !== null);
    const other = startWorker(world, {}, { shipped: true });
    await victim.kill();
    const killedAt = Date.now();
    const job = await ended(ctx, jobId, 60_000);
    await other.stop();
    expect(job.status).toBe('completed');
    expect(Date.now() - killedAt).toBeLessThan(60_000);
  }, 120_000);
});

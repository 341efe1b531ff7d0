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
  await installHolds();
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

/**
 * Lets the test stop a worker inside the transaction in which a step starts or ends: a trigger there
 * waits for a lock that the test holds.
 */
async function installHolds(): Promise<void> {
  await world.superuser.unsafe(`
    create table held (key text, ends boolean);
    create function wait_if_held() returns trigger language plpgsql security definer as $$
    begin
      if exists (select 1 from held h where h.key = new.key
                   and h.ends = (new.status <> 'running')
                   and new.status <> 'pending' and old.status is distinct from new.status) then
        perform pg_advisory_xact_lock_shared(42);
      end if;
      return new;
    end $$;
    create trigger hold before update on steps for each row execute function wait_if_held();`);
}

/** Starts a worker and kills it while every job stands at the boundary of one of the steps. */
async function killAt(keys: StepKey[], boundary: 'start' | 'end', jobs: number): Promise<void> {
  const sql = postgres(world.database.superuserUrl, { max: 1, onnotice: () => {} });
  await sql`select pg_advisory_lock(42)`;
  for (const key of keys) await sql`insert into held values (${key}, ${boundary === 'end'})`;
  const victim = startWorker(world, SETTINGS);
  try {
    await until(`all jobs at the ${boundary} of ${keys}`, async () => {
      const waiting = await sql`
        select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 42`;
      return waiting.length === jobs;
    });
  } catch (error) {
    throw new Error(victim.output(), { cause: error });
  } finally {
    await victim.kill();
    await sql`delete from held`;
    await sql.end();
  }
}

/** All jobs of a test run side by side. */
const SETTINGS = { WORKSPACE_ACTIVE_JOBS: String(SOURCE_IDS.length) };

interface Boundaries {
  what: string;
  /** The sources of each job: nothing else of a job may run at the boundary that is looked at. */
  jobs: SourceId[][];
  /** In the order of a job. Those of one entry are looked at together, one in each job. */
  steps: StepKey[][];
}
const BOUNDARIES: Boundaries[] = [
  {
    what: 'every step that is taken alone',
    jobs: [[...SOURCE_IDS]],
    steps: [['identify'], ['score'], ['synthesise'], ['verify'], ['render']],
  },
  {
    what: 'the step of every source',
    jobs: SOURCE_IDS.map((source) => [source]),
    steps: [SOURCE_IDS.map((source): StepKey => `gather:${source}`)],
  },
];

describe('a worker that is killed', () => {
  it.each(BOUNDARIES)(
    'at the start and the end of $what leaves the same behind',
    async ({ jobs, steps }) => {
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
      for (const keys of steps) {
        await killAt(keys, 'start', jobs.length);
        await killAt(keys, 'end', jobs.length);
      }
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

/**
 * What the job machine costs: all steps of jobs, with empty bodies and no pacing, against as many no-op
 * tasks of bare Graphile Worker, on the same database and in the same pool. Both are measured from
 * adding (submitting a job, or adding tasks one by one) to the last task's end.
 */
import { EventEmitter, setMaxListeners } from 'node:events';
import {
  Logger as QueueLogger,
  type Runner,
  run as runQueue,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import { openCache } from '@/server/cache';
import type { WorkerEnv } from '@/server/env';
import { endStep, submitMolecule } from '@/server/jobs';
import { gatherSource, STEP_KEYS } from '@/server/jobs/schema';
import { createLogger } from '@/server/log';
import { createSealKeys } from '@/server/papers/sealing';
import { taskPayloads } from '@/server/queue/tasks';
import { openStorage } from '@/server/storage';
import { JobControl } from '@/worker/job-control';
import { type Runtime, taskContext } from '@/worker/runtime';
import type { StepBody } from '@/worker/steps/step';
import { taskList } from '@/worker/tasks';
import { runStep } from '@/worker/tasks/run-step';
import { type BenchDatabase, withDatabase } from './database';
import { type Benchmark, type Figure, quantile, round } from './measure';

/** One job on an idle worker, and as many at once as keep it busy. */
const loads = [
  { name: 'Steps of a job, empty bodies', workspaces: 1, jobsOfWorkspace: 1, rounds: 40 },
  { name: 'Steps of 32 jobs at once, empty bodies', workspaces: 8, jobsOfWorkspace: 4, rounds: 5 },
];
type Load = (typeof loads)[number];
const stepsOf = (load: Load) => load.workspaces * load.jobsOfWorkspace * STEP_KEYS.length;
/** Rounds that warm up connections, plans and compiled code first. */
const warmUp = (load: Load) => Math.ceil(400 / stepsOf(load));
const roundTakesAtMostMs = 120_000;

/** What one round took, for as many tasks as there are steps. */
interface Round {
  /** From the first task's adding to the last one's end. */
  wallMs: number;
  /** Of this process: the worker's share. */
  cpuMs: number;
}

export const run: Benchmark = (say) =>
  withDatabase(async (database) => {
    const bench = await openBench(database);
    try {
      const figures: Figure[] = [];
      for (const load of loads) {
        const [raw, machine]: [Round[], Round[]] = [[], []];
        for (let i = -warmUp(load); i < load.rounds; i++) {
          const [noOps, empty] = [await bench.noOps(load), await bench.emptySteps(load)];
          if (i < 0) continue;
          raw.push(noOps);
          machine.push(empty);
        }
        figures.push(figureOf(load, raw, machine));
        const [{ value, baseline }] = figures.slice(-1) as [Figure];
        say(`  ${load.name}: ${value} ms a step, ${baseline.value} ms a no-op task`);
      }
      return figures;
    } finally {
      await bench.close();
    }
  });

function figureOf(load: Load, raw: Round[], machine: Round[]): Figure {
  const each = (of: Round[], key: keyof Round, q = 0.5) =>
    round(
      quantile(
        of.map((r) => r[key]),
        q,
      ) / stepsOf(load),
      3,
    );
  return {
    name: load.name,
    unit: 'ms/step',
    value: each(machine, 'wallMs'),
    baseline: { name: 'no-op tasks', value: each(raw, 'wallMs') },
    goal: { of: 'ratio', atMost: 3 },
    details: {
      steps: stepsOf(load),
      rounds: load.rounds,
      p95: each(machine, 'wallMs', 0.95),
      'p95 of no-ops': each(raw, 'wallMs', 0.95),
      'worker CPU': each(machine, 'cpuMs'),
      'worker CPU of no-ops': each(raw, 'cpuMs'),
    },
  };
}

/** As the worker is shipped. */
const settings = (database: BenchDatabase): WorkerEnv => ({
  NODE_ENV: 'production',
  LOG_LEVEL: 'warn',
  DATABASE_DIRECT_URL: database.directUrl,
  STORAGE_URL: 'file:/dev/null',
  WORKER_CONCURRENCY: 24,
  WORKSPACE_ACTIVE_JOBS: 4,
  PAPER_READERS: 2,
  WORKSPACE_ACTIVE_PAPERS: 4,
  WORKER_HEARTBEAT_MS: 4_000,
  WORKER_DEAD_AFTER_MS: 16_000,
});

async function openBench(database: BenchDatabase) {
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const db = openDatabase(database.directUrl, {
    max: 10,
    isDirect: true,
    applicationName: 'phial-bench',
  });
  const runtime: Runtime = {
    env: settings(database),
    db,
    // Empty bodies store nothing.
    storage: openStorage('file:/dev/null'),
    cache: openCache(undefined, 'bench'),
    control: new JobControl(db),
    sealKeys: createSealKeys(),
    log: createLogger('bench', 'warn'),
  };
  const stopControl = await runtime.control.start();
  const stop = new AbortController().signal;
  // Every running step listens to it.
  setMaxListeners(0, stop);
  const tasks: TaskList = {
    ...taskList(runtime, 'general', stop),
    'run-step': async (payload) =>
      runStep(runtime, taskPayloads['run-step'].parse(payload), stop, () => emptyBody),
    'no-op': async () => {},
  };
  const events: WorkerEvents = new EventEmitter();
  const queue: Runner = await runQueue({
    connectionString: database.directUrl,
    // As worker/index.ts has it.
    concurrency: runtime.env.WORKER_CONCURRENCY,
    maxPoolSize: 10,
    pollInterval: 2_000,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: tasks,
    events,
    logger: new QueueLogger(() => () => {}),
  });
  return {
    noOps: (load: Load): Promise<Round> =>
      measure(events, 'no-op', stepsOf(load), async () => {
        await Promise.all(Array.from({ length: stepsOf(load) }, () => queue.addJob('no-op', {})));
      }),
    async emptySteps(load: Load): Promise<Round> {
      const added = await superuser<{ id: string }[]>`
        insert into workspaces (name)
        select 'Bench' from generate_series(1, ${load.workspaces}) returning id`;
      const result = await measure(events, 'run-step', stepsOf(load), async () => {
        for (const { id } of added) {
          const ctx = taskContext(runtime, id, 'bench');
          for (let i = 0; i < load.jobsOfWorkspace; i++) {
            await submitMolecule({ ctx, input: { text: `benchmark ${i}` } });
          }
        }
      });
      await requireCompleted(superuser);
      return result;
    },
    async close(): Promise<void> {
      await queue.stop();
      await stopControl();
      await Promise.all([db.close(), superuser.end()]);
    },
  };
}

const emptyBody: StepBody = ({ ctx, running }) =>
  endStep(ctx, running, {
    status: 'done',
    ...(gatherSource(running.step) ? { outcome: 'empty' as const } : {}),
  });

/** From `add` until so many tasks of this name are done. */
async function measure(
  events: WorkerEvents,
  task: string,
  tasks: number,
  add: () => Promise<void>,
): Promise<Round> {
  let left = tasks;
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<void>((resolve, reject) => {
    events.on('job:complete', ({ job }) => {
      if (job.task_identifier === task && --left === 0) resolve();
    });
    const giveUp = () =>
      reject(new Error(`${left} tasks were left after ${roundTakesAtMostMs} ms`));
    timer = setTimeout(giveUp, roundTakesAtMostMs);
  });
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all([add(), done]);
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  clearTimeout(timer);
  events.removeAllListeners('job:complete');
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

async function requireCompleted(superuser: postgres.Sql): Promise<void> {
  const [row] = await superuser<{ others: number }[]>`
    select count(*)::int as others from jobs where status <> 'completed'`;
  if (row?.others !== 0) throw new Error(`${row?.others} jobs did not complete`);
}

/**
 * What the job machine costs: all steps of many jobs, with empty bodies and no pacing, against as many
 * no-op tasks of bare Graphile Worker, on the same database and with the same pool.
 */
import { EventEmitter } from 'node:events';
import {
  Logger as QueueLogger,
  type Runner,
  run as runQueue,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import type { WorkerEnv } from '@/server/env';
import { endStep, submitMolecule } from '@/server/jobs';
import { gatherSource, STEP_KEYS } from '@/server/jobs/schema';
import { createLogger } from '@/server/log';
import { taskPayloads } from '@/server/queue/tasks';
import { openStorage } from '@/server/storage';
import { JobControl } from '@/worker/job-control';
import { type Runtime, taskContext } from '@/worker/runtime';
import type { StepBody } from '@/worker/steps/step';
import { taskList } from '@/worker/tasks';
import { runStep } from '@/worker/tasks/run-step';
import { type BenchDatabase, withDatabase } from './database';
import { type Benchmark, type Figure, median, round } from './measure';

const rounds = 5;
const workspaces = 8;
const jobsOfWorkspace = 4;
const jobs = workspaces * jobsOfWorkspace;
const steps = jobs * STEP_KEYS.length;
const roundTakesAtMostMs = 60_000;

/** What one round took, for as many tasks as there are steps. */
interface Round {
  wallMs: number;
  /** Of this process: the worker's share. */
  cpuMs: number;
  commits: number;
  walBytes: number;
}

export const run: Benchmark = (say) =>
  withDatabase(async (database) => {
    const bench = await openBench(database);
    try {
      const [raw, machine]: [Round[], Round[]] = [[], []];
      // The first round of each warms up connections, plans and compiled code.
      for (let i = 0; i <= rounds; i++) {
        const [noOps, empty] = [await bench.noOps(), await bench.emptySteps()];
        if (i === 0) continue;
        raw.push(noOps);
        machine.push(empty);
        say(`  ${round(noOps.wallMs)} ms bare, ${round(empty.wallMs)} ms with the job machine`);
      }
      return [figureOf(raw, machine)];
    } finally {
      await bench.close();
    }
  });

function figureOf(raw: Round[], machine: Round[]): Figure {
  const each = (of: Round[], key: keyof Round) => median(of.map((r) => r[key])) / steps;
  const details: Record<string, number> = { steps, rounds };
  for (const key of ['cpuMs', 'commits', 'walBytes'] as const) {
    details[`${key} a step`] = round(each(machine, key));
    details[`${key} a no-op`] = round(each(raw, key));
  }
  return {
    name: 'Steps with empty bodies',
    unit: 'ms/step',
    value: round(each(machine, 'wallMs'), 3),
    baseline: { name: 'no-op tasks', value: round(each(raw, 'wallMs'), 3) },
    goal: { of: 'ratio', atMost: 3 },
    details,
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
  WORKER_HEARTBEAT_MS: 4_000,
  WORKER_DEAD_AFTER_MS: 16_000,
});

async function openBench(database: BenchDatabase) {
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const db = openDatabase(database.directUrl, {
    max: 10,
    becomeApp: true,
    applicationName: 'phial-bench',
  });
  const runtime: Runtime = {
    env: settings(database),
    db,
    // Empty bodies store nothing.
    storage: openStorage('file:/dev/null'),
    control: new JobControl(db),
    log: createLogger('bench', 'warn'),
  };
  const stopControl = await runtime.control.start();
  const stop = new AbortController().signal;
  const tasks: TaskList = {
    ...taskList(runtime, stop),
    'run-step': async (payload) =>
      runStep(runtime, taskPayloads['run-step'].parse(payload), stop, () => emptyBody),
    'no-op': async () => {},
  };
  const measure = (task: string) => runRound({ database, superuser, tasks, task });
  return {
    async noOps(): Promise<Round> {
      await superuser`select graphile_worker.add_job('no-op', '{}') from generate_series(1, ${steps})`;
      return measure('no-op');
    },
    async emptySteps(): Promise<Round> {
      const added = await superuser<{ id: string }[]>`
        insert into workspaces (name)
        select 'Bench' from generate_series(1, ${workspaces}) returning id`;
      for (const { id } of added) {
        const ctx = taskContext(runtime, id, 'bench');
        for (let i = 0; i < jobsOfWorkspace; i++) {
          await submitMolecule({ ctx, input: { text: `benchmark ${i}` } });
        }
      }
      const result = await measure('run-step');
      await requireCompleted(superuser);
      return result;
    },
    async close(): Promise<void> {
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

/** From the first task's start until as many of `task` as there are steps are done. */
async function runRound(options: {
  database: BenchDatabase;
  superuser: postgres.Sql;
  tasks: TaskList;
  task: string;
}): Promise<Round> {
  const { database, superuser, tasks, task } = options;
  const events: WorkerEvents = new EventEmitter();
  let startedAt: number | null = null;
  let left = steps;
  events.on('job:start', () => {
    startedAt ??= performance.now();
  });
  const done = new Promise<number>((resolve, reject) => {
    events.on('job:complete', ({ job }) => {
      if (job.task_identifier === task && --left === 0) resolve(performance.now());
    });
    const giveUp = () =>
      reject(new Error(`${left} tasks were left after ${roundTakesAtMostMs} ms`));
    setTimeout(giveUp, roundTakesAtMostMs).unref();
  });
  const before = await counters(superuser);
  const cpu = process.cpuUsage();
  const queue: Runner = await runQueue({
    connectionString: database.directUrl,
    // As worker/index.ts has it.
    concurrency: settings(database).WORKER_CONCURRENCY,
    maxPoolSize: 10,
    pollInterval: 2_000,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: tasks,
    events,
    logger: new QueueLogger(() => () => {}),
  });
  try {
    const endedAt = await done;
    const { user, system } = process.cpuUsage(cpu);
    const after = await counters(superuser);
    return {
      wallMs: endedAt - (startedAt ?? endedAt),
      cpuMs: (user + system) / 1_000,
      commits: after.commits - before.commits,
      walBytes: after.walBytes - before.walBytes,
    };
  } finally {
    await queue.stop();
  }
}

async function counters(superuser: postgres.Sql): Promise<{ commits: number; walBytes: number }> {
  const [row] = await superuser<{ commits: number; walBytes: number }[]>`
    select xact_commit::float8 as commits,
      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as "walBytes"
    from pg_stat_database where datname = current_database()`;
  if (!row) throw new Error('The database has no statistics');
  return row;
}

async function requireCompleted(superuser: postgres.Sql): Promise<void> {
  const [row] = await superuser<{ others: number }[]>`
    select count(*)::int as others from jobs where status <> 'completed'`;
  if (row?.others !== 0) throw new Error(`${row?.others} jobs did not complete`);
}

/** The worker process: Graphile Worker under supervision, with heartbeats and take-over. */
import { EventEmitter, setMaxListeners } from 'node:events';
import { Logger as GraphileLogger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import { openDatabase } from '@/db/client';
import { openCache } from '@/server/cache';
import { redisUrl, workerEnv } from '@/server/env';
import { createLogger } from '@/server/log';
import { createSealKeys } from '@/server/papers/sealing';
import { openRedis } from '@/server/redis';
import { openEmbedder } from '@/server/search/embedder';
import { registerSources } from '@/server/sources/pace';
import { openStorage } from '@/server/storage';
import { startHeartbeat } from './heartbeat';
import { JobControl } from './job-control';
import { endIdleReaders } from './reading';
import type { Runtime } from './runtime';
import { BIBLIOGRAPHIES, CONNECTORS } from './sources/registry';
import { cronItems, type Pool, taskList } from './tasks';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(): Promise<void> {
  const env = workerEnv();
  const log = createLogger('worker', env.LOG_LEVEL);
  const db = openDatabase(env.DATABASE_DIRECT_URL, {
    max: 10,
    isDirect: true,
    applicationName: 'phial-worker',
  });
  const redis = openRedis(redisUrl(env));
  const cache = openCache(redis, env.NODE_ENV, { isOn: env.CACHE_ENABLED !== false });
  const runtime: Runtime = {
    env,
    db,
    storage: openStorage(env.STORAGE_URL),
    cache,
    embedder: openEmbedder(env, cache),
    control: new JobControl(db),
    sealKeys: createSealKeys(),
    log,
  };
  await registerSources(db, [...CONNECTORS, ...BIBLIOGRAPHIES]);
  const stopControl = await runtime.control.start();

  const shutdown = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => shutdown.abort(new Error(`worker received ${signal}`)));
  }
  await Promise.all([
    keepServing(runtime, 'general', shutdown.signal),
    keepServing(runtime, 'reading', shutdown.signal),
  ]);
  endIdleReaders();
  await stopControl();
  await Promise.all([runtime.cache.close(), redis.close()]);
  await db.close();
}

async function keepServing(runtime: Runtime, pool: Pool, shutdown: AbortSignal): Promise<void> {
  while (!shutdown.aborted) {
    await servePool(runtime, pool, shutdown).catch((error) => {
      runtime.log.error({ err: error, pool }, 'worker pool ended');
    });
    if (!shutdown.aborted) await sleep(1_000);
  }
}

/**
 * Runs one Graphile pool until shutdown, its own end, or an outage of the database. After an outage
 * tasks of the pool may be left locked although nobody works on them, so the pool is replaced.
 */
async function servePool(runtime: Runtime, pool: Pool, shutdown: AbortSignal): Promise<void> {
  const { env, log, db } = runtime;
  const ended = new AbortController();
  const events: WorkerEvents = new EventEmitter();
  const poolCreated = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id));
  });
  const stopPool = AbortSignal.any([shutdown, ended.signal]);
  // Every running step listens to it.
  setMaxListeners(0, stopPool);
  const runner: Runner = await run({
    connectionString: env.DATABASE_DIRECT_URL,
    concurrency: pool === 'reading' ? env.PAPER_READERS : env.WORKER_CONCURRENCY,
    maxPoolSize: pool === 'reading' ? 3 : 10,
    noHandleSignals: true,
    pollInterval: 2_000,
    events,
    taskList: taskList(runtime, pool, stopPool),
    parsedCronItems: pool === 'general' ? cronItems : [],
    logger: graphileLogger(log),
  });
  const poolId = await poolCreated;
  const heartbeat = startHeartbeat(
    db,
    poolId,
    { everyMs: env.WORKER_HEARTBEAT_MS, deadAfterMs: env.WORKER_DEAD_AFTER_MS },
    log,
    pool === 'reading' ? runtime.sealKeys.publicKey : null,
  );
  // A database that is back before the next beat was away all the same.
  events.on('pool:listen:error', heartbeat.doubt);
  events.on('worker:fatalError', heartbeat.doubt);
  log.info({ poolId, pool }, 'worker ready');
  const reason = await Promise.race([
    aborted(shutdown).then(() => 'shutdown'),
    aborted(heartbeat.outage).then(() => 'database was away'),
    runner.promise.then(
      () => 'pool ended',
      (error: unknown) => `pool failed: ${String(error)}`,
    ),
  ]);
  log.info({ poolId, pool, reason }, 'worker pool stops');
  ended.abort(new Error(reason));
  await Promise.race([runner.stop().catch(() => undefined), sleep(10_000)]);
  await heartbeat.stop();
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const graphileLogger = (log: Runtime['log']) =>
  new GraphileLogger((scope) => (level, message) => {
    const at = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug';
    log[at]({ scope: scope.label, task: scope.taskIdentifier }, message);
  });

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

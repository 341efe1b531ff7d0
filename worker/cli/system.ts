import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { connect } from '@/db/connect';
import type { RoleUrls } from '@/db/roles';
import { checkout, type DataFolder, openDataFolder } from './data-folder';
import { runningDatabaseUrls, startDatabase } from './database';
import { type Environment, serviceEnvironment } from './environment';
import { isOrphaned, keepRunning, launchNode, type Service } from './processes';
import { type Claim, claimDataFolder, isReady } from './running';
import { buildWorker, workerArguments } from './worker-build';

/** A running Phial, as a command sees it. */
export interface System {
  /** What `server/env.ts` reads, with DATABASE_OWNER_URL; already part of this process's own. */
  environment: Environment;
  /** Address of the web server, where an `up` runs on this data folder. */
  webUrl: string | null;
  folder: DataFolder;
  /** Aborts when the command is to end: Ctrl-C, SIGTERM. */
  signal: AbortSignal;
}

/**
 * Runs `work` on the data folder's Phial: on a running `up` where there is one, else on a database
 * and a worker started for it and stopped again. Several commands may share what one of them started.
 */
export async function withSystem<T>(
  dataDir: string | null,
  work: (system: System) => Promise<T>,
): Promise<T> {
  const folder = await openDataFolder(dataDir);
  const stop = stopSignal();
  for (;;) {
    const result = await claimDataFolder(folder.path, stop);
    if ('claim' in result) return runOwn(folder, result.claim, stop, work);
    const urls = runningDatabaseUrls(folder, result.running.databasePort);
    const use = await announceUse(urls);
    // It may have stopped since it answered; then the next round claims the folder.
    if (use === null || !(await isReady(result.running))) {
      await use?.end({ timeout: 1 });
      await sleep(200);
      continue;
    }
    const environment = serviceEnvironment(folder, urls, result.running.webUrl);
    try {
      const { webUrl } = result.running;
      return await adopt({ environment, webUrl, folder, signal: stop }, work);
    } finally {
      await use.end({ timeout: 1 });
    }
  }
}

async function runOwn<T>(
  folder: DataFolder,
  claim: Claim,
  stop: AbortSignal,
  work: (system: System) => Promise<T>,
): Promise<T> {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  const running: Service[] = [];
  let lastUse: postgres.Sql | undefined;
  try {
    const { urls, service } = await startDatabase({ folder, claim, say });
    if (service !== null) running.push(service);
    const environment = serviceEnvironment(folder, urls, null);
    running.push(await startWorker({ folder, claim, environment, say }));
    await claim.update({ state: 'ready' });
    const outcome = await adopt({ environment, webUrl: null, folder, signal: stop }, work);
    if (!stop.aborted) lastUse = await otherUsesToEnd(urls, stop, say);
    return outcome;
  } finally {
    await claim.update({ state: 'stopping' });
    for (const service of running.reverse()) await service.stop();
    await lastUse?.end({ timeout: 0 });
    await claim.release();
  }
}

/** `server/` reads its settings from the process environment, so the work gets them there. */
async function adopt<T>(system: System, work: (system: System) => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, system.environment);
  try {
    return await work(system);
  } finally {
    for (const name of Object.keys(system.environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

export async function startWorker(options: {
  folder: DataFolder;
  claim: Claim;
  environment: Environment;
  say: (sentence: string) => void;
}): Promise<Service> {
  const logFile = path.join(options.folder.logs, 'worker.log');
  const { DATABASE_OWNER_URL: _, ...env } = options.environment;
  await buildWorker();
  return keepRunning({
    name: 'worker',
    logFile,
    say: options.say,
    launch: () =>
      launchNode({
        args: workerArguments,
        cwd: checkout,
        env,
        logFile,
        stopWithinMs: 20_000,
      }),
    onProcess: (pid) => options.claim.setProcess('worker', pid),
  });
}

/** Aborts on the first Ctrl-C, SIGTERM or hang-up, or when npm, which started this, was killed. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      firstAt ??= Date.now();
      // npm passes Ctrl-C on although the terminal has sent it too: only a later one is a second.
      if (Date.now() - firstAt > 1_000) process.exit(130);
      stop.abort();
    });
  }
  setInterval(() => {
    if (isOrphaned()) stop.abort();
  }, 500).unref();
  return stop.signal;
}

export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Users of a shared system hold this lock together; who stops it takes it alone. */
const useLock = 7_244_653;

async function announceUse(urls: RoleUrls): Promise<postgres.Sql | null> {
  const sql = connect(urls.directUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    await sql`select pg_advisory_lock_shared(${useLock})`;
    return sql;
  } catch {
    await sql.end({ timeout: 1 });
    return null;
  }
}

/** Waits until nobody else uses the system. While what it returns is open, nobody can begin to. */
async function otherUsesToEnd(
  urls: RoleUrls,
  stop: AbortSignal,
  say: (sentence: string) => void,
): Promise<postgres.Sql> {
  const sql = connect(urls.directUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  const [free] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${useLock}) as mine`;
  if (!free?.mine) {
    say('Another command still uses this database; waiting for it to end.');
    await Promise.race([sql`select pg_advisory_lock(${useLock})`, aborted(stop)]);
  }
  return sql;
}

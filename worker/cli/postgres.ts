import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from '@/db/connect';
import { type Account, databaseAccount } from './accounts';
import { CommandError, errorCode } from './command-error';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries';

export interface PostgresOptions {
  /** Folder that holds the cluster (and, as root, a copy of the programs); it exists. */
  home: string;
  superuserPassword: string;
  logFile: string;
  /** `bin` folder of another PostgreSQL; null takes the one from npm. */
  binaries: string | null;
  /** A port to ask for; by default any free one. A restart keeps its port, so that URLs stay true. */
  port?: number;
  /** Server settings on top of the small-footprint ones. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  port: number;
  /** Superuser's URL of the maintenance database. */
  superuserUrl: string;
  majorVersion: number;
  /** The server process; its exit is the server's end. */
  child: ChildProcess;
  /** Ends the server, asking ever less politely; returns when it is gone. */
  stop(): Promise<void>;
}

const superuser = 'postgres';
/** Crash recovery replays at most `max_wal_size` of log, which takes seconds even on slow disks. */
const startTimeoutMs = 120_000;

/** Web, worker and database share a laptop: small buffers, few background processes. */
const footprint: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '1GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
};

/**
 * Starts PostgreSQL for one data folder and returns once it answers. Whatever an earlier run left
 * behind (a running server, a stale pid file, a half-made cluster) is ended or replaced first.
 * Throws CommandError with PostgreSQL's own words when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const clusterPath = path.join(options.home, 'cluster');
  const account = await databaseAccount(clusterPath);
  // The folder stays root's, so that the account cannot exchange the programs root starts from it.
  if (account !== null) await chmod(options.home, 0o755);
  const binaries = await findPostgresBinaries({
    home: options.home,
    account,
    otherFolder: options.binaries,
  });
  if (!(await checkCluster(clusterPath, binaries))) {
    await createCluster({ ...options, account, binaries, clusterPath });
  }
  const cluster = await realpath(clusterPath);
  await endLeftovers(cluster);

  const deadline = Date.now() + startTimeoutMs;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = await launch({ options, account, binaries, cluster, port });
    const superuserUrl = `postgres://${superuser}:${options.superuserPassword}@127.0.0.1:${port}/postgres`;
    if (await answers(superuserUrl, child, deadline)) {
      const stop = () => endServer(child);
      return { port, superuserUrl, majorVersion: binaries.majorVersion, child, stop };
    }
    await endServer(child);
    const reason = await lastFatalLine(options.logFile);
    // Another program can take the free port first, and a dying server keeps its memory a moment.
    if (attempt >= 5 || Date.now() > deadline || !/in use|already exists/.test(reason)) {
      throw new CommandError(`PostgreSQL did not start: ${reason}. Its log is ${options.logFile}.`);
    }
    await endLeftovers(cluster);
    await sleep(attempt * 200);
  }
}

/** True when the cluster is there and fits; false when there is none yet. */
async function checkCluster(cluster: string, binaries: PostgresBinaries): Promise<boolean> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) return false;
  if (Number(version) === binaries.majorVersion) return true;
  throw new CommandError(
    `The database in ${cluster} was made by PostgreSQL ${version.trim()}, but PostgreSQL ${binaries.majorVersion} is about to open it. Use PostgreSQL ${version.trim()} (PHIAL_POSTGRES_BIN), or another data folder with --data.`,
  );
}

async function createCluster(options: {
  home: string;
  superuserPassword: string;
  account: Account | null;
  binaries: PostgresBinaries;
  clusterPath: string;
}): Promise<void> {
  const { account, binaries } = options;
  // Made aside and moved into place when complete: a half-made cluster is never mistaken for one.
  const unfinished = path.join(options.home, 'cluster-unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await rm(options.clusterPath, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passwordFile = path.join(options.home, 'initdb-password');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, options.superuserPassword, { mode: 0o600, flag: 'wx' });
  if (account !== null) {
    await chown(unfinished, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  // Byte order and Unicode letters on every system. The built-in C.UTF-8 came with PostgreSQL 17;
  // before it the system's own character types have to do.
  const locale =
    binaries.majorVersion >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C', `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`];
  try {
    await promisify(execFile)(
      path.join(binaries.folder, 'initdb'),
      [
        `--pgdata=${unfinished}`,
        `--username=${superuser}`,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--no-instructions',
        ...locale,
      ],
      { ...account, cwd: unfinished, env: serverEnvironment() },
    );
  } catch (cause) {
    throw new CommandError(`PostgreSQL could not create its cluster: ${ownWords(cause)}`, 1, {
      cause,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, options.clusterPath);
}

async function launch(start: {
  options: PostgresOptions;
  account: Account | null;
  binaries: PostgresBinaries;
  cluster: string;
  port: number;
}): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    ...footprint,
    // From PostgreSQL 18 on, `worker` would keep three more processes for a database this small.
    ...(start.binaries.majorVersion >= 18 ? { io_method: 'sync' } : {}),
    ...start.options.settings,
    cluster_name: clusterName(start.cluster),
    port: String(start.port),
  };
  const log = await open(start.options.logFile, 'w', 0o600);
  const child = spawn(
    path.join(start.binaries.folder, 'postgres'),
    ['-D', start.cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    {
      ...start.account,
      cwd: start.cluster,
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C in the terminal must reach web and worker first.
      detached: true,
    },
  );
  // Attached at once: the event comes before the next turn of the loop.
  const spawned = Promise.race([
    once(child, 'spawn'),
    once(child, 'error').then(([error]) => Promise.reject(error)),
  ]);
  const endWithLauncher = () => child.kill('SIGINT');
  process.once('exit', endWithLauncher);
  child.once('exit', () => process.off('exit', endWithLauncher));
  await Promise.all([spawned, log.close()]);
  return child;
}

/** PostgreSQL would read PGPORT, PGDATA and the like; nothing of ours may depend on them. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_MESSAGES: 'C' };
  for (const name of Object.keys(environment)) {
    if (/^PG|^LC_ALL$|^LANG/.test(name)) delete environment[name];
  }
  return environment;
}

/** Decides by connecting, since nothing else tells a starting server from a started one. */
async function answers(url: string, child: ChildProcess, deadline: number): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await canConnect(url)) return true;
    await sleep(50);
  }
  return false;
}

async function canConnect(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, connect_timeout: 2 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function endServer(child: ChildProcess): Promise<void> {
  // SIGINT disconnects clients and writes a checkpoint, SIGQUIT skips it; recovery makes up for it.
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 3_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await Promise.race([ended, sleep(waitMs, undefined, { ref: false })]);
  }
}

/** Ends what a killed launcher or a killed server left running on the cluster below `home`. */
export async function stopLeftovers(home: string): Promise<void> {
  const cluster = await realpath(path.join(home, 'cluster')).catch(() => null);
  if (cluster !== null) await endLeftovers(cluster);
}

async function endLeftovers(cluster: string): Promise<void> {
  const isGone = async () => (await serverProcesses(cluster)).all.length === 0;
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 3_000],
  ] as const) {
    const { supervisors } = await serverProcesses(cluster);
    if (supervisors.length === 0) break;
    for (const pid of supervisors) signalProcess(pid, signal);
    if (await becomes(isGone, waitMs)) break;
  }
  // Without their supervisor the others notice within moments, unless busy with a long query.
  if (!(await becomes(isGone, 2_000))) {
    for (const pid of (await serverProcesses(cluster)).all) signalProcess(pid, 'SIGKILL');
    await becomes(isGone, 3_000);
  }

  // The pid written down may have passed to a stranger, whom PostgreSQL would take for a server.
  const pidFile = path.join(cluster, 'postmaster.pid');
  const [pid] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  if (Number(pid) > 1 && isAlive(Number(pid))) await rm(pidFile, { force: true });
}

/**
 * The running processes of this cluster: supervisors carry its folder among their arguments, the
 * others its name in their title. Both can be read without the right to trace other accounts.
 */
async function serverProcesses(cluster: string): Promise<{ supervisors: number[]; all: number[] }> {
  const title = `postgres: ${clusterName(cluster)}: `;
  const commands = await commandLines();
  const supervisors = commands.filter(({ words }) => words.includes(`-D ${cluster} `));
  const others = commands.filter(({ words }) => words.startsWith(title));
  return {
    supervisors: supervisors.map(({ pid }) => pid),
    all: [...supervisors, ...others].map(({ pid }) => pid),
  };
}

function clusterName(cluster: string): string {
  return `phial-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`;
}

async function commandLines(): Promise<{ pid: number; words: string }[]> {
  if (process.platform === 'linux') {
    const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1);
    const read = async (pid: number) => ({
      pid,
      words: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
    });
    return Promise.all(pids.map(read));
  }
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, words] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || words === undefined ? [] : [{ pid: Number(pid), words }];
  });
}

async function becomes(condition: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) return false;
    await sleep(50);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function lastFatalLine(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  const fatal = lines.findLast((line) => /FATAL|PANIC|error while loading/.test(line));
  return (
    (fatal ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC):\s*/, '').trim() || 'no reason given'
  );
}

function ownWords(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stderr' in error) {
    const words = String(error.stderr).trim();
    if (words !== '') return words;
  }
  return error instanceof Error ? error.message : String(error);
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

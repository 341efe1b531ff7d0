import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres, stopLeftovers } from './postgres';
import { ended, launchNode } from './processes';

let home: string;

beforeAll(async () => {
  // A server started as root runs under another account, which must be able to reach its cluster.
  const parent = process.getuid?.() === 0 ? '/var/lib' : os.tmpdir();
  home = await mkdtemp(path.join(parent, 'phial-postgres-test-'));
});

afterEach(() => stopLeftovers(home));

afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const start = (): Promise<RunningPostgres> =>
  startPostgres({
    home,
    superuserPassword: 'of the test',
    logFile: path.join(home, 'postgres.log'),
    binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
  });

async function query(server: RunningPostgres, statement: string): Promise<unknown[]> {
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement)).map((row) => Object.values(row)[0]);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

test('makes a half-made cluster anew', async () => {
  await mkdir(path.join(home, 'cluster-unfinished', 'base'), { recursive: true });
  await mkdir(path.join(home, 'cluster', 'base'), { recursive: true });
  await writeFile(path.join(home, 'initdb-password'), 'left behind');

  const server = await start();
  expect(await query(server, 'select 1')).toEqual([1]);
  await server.stop();
  expect(await readdir(home)).not.toContain('initdb-password');
});

test('keeps what was committed through a kill of the server', async () => {
  const first = await start();
  await query(first, 'create table kept (n int)');
  await query(first, 'insert into kept values (42)');
  first.child.kill('SIGKILL');
  await ended(first.child);

  const second = await start();
  expect(await query(second, 'select n from kept')).toEqual([42]);
  await second.stop();
});

test('takes over from a server whose launcher was killed', async () => {
  const first = await start();
  await query(first, 'create table also_kept ()');

  // Nobody stops the first: a second launcher does, and starts its own.
  const second = await start();
  expect(first.child.exitCode ?? first.child.signalCode).not.toBeNull();
  expect(second.child.pid).not.toBe(first.child.pid);
  expect(await query(second, 'select count(*)::int from also_kept')).toEqual([0]);
  await second.stop();
});

test('waits for a busy backend of a killed server', async () => {
  const first = await start();
  const busy = query(
    first,
    'select count(*) from generate_series(1, 200000) a, generate_series(1, 200000) b',
  ).catch(() => {});
  await query(first, 'select pg_sleep(0.3)');
  first.child.kill('SIGKILL');
  await ended(first.child);

  const second = await start();
  expect(await query(second, 'select 1')).toEqual([1]);
  await second.stop();
  await busy;
});

test('does not mistake a stranger with the old process id for a server', async () => {
  const first = await start();
  await first.stop();
  const stranger = await launchNode({
    args: ['-e', 'setInterval(() => {}, 1000)'],
    cwd: home,
    env: { ...process.env },
    logFile: path.join(home, 'stranger.log'),
    stopWithinMs: 1_000,
  });
  await writeFile(
    path.join(home, 'cluster', 'postmaster.pid'),
    `${stranger.child.pid}\n${path.join(home, 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n\n\n`,
  );

  const second = await start();
  expect(stranger.child.exitCode).toBeNull();
  await second.stop();
  await stranger.stop();
});

test('lets nobody in without the password, and listens on loopback alone', async () => {
  const server = await start();
  const url = new URL(server.superuserUrl);
  for (const password of ['', 'wrong']) {
    url.password = password;
    const sql = postgres(url.toString(), { max: 1 });
    await expect(sql`select 1`).rejects.toThrow(/password/i);
    await sql.end({ timeout: 1 });
  }
  expect(url.hostname).toBe('127.0.0.1');
  expect(await query(server, 'show listen_addresses')).toEqual(['127.0.0.1']);
  expect(await query(server, 'show unix_socket_directories')).toEqual(['']);
  expect(
    await query(server, "select distinct auth_method from pg_hba_file_rules where type <> 'local'"),
  ).toEqual(['scram-sha-256']);
  await server.stop();
});

test('sorts by bytes and knows Unicode letters', async () => {
  const server = await start();
  expect(
    await query(server, "select string_agg(x, '' order by x) from unnest('{b,A,a,B,é}'::text[]) x"),
  ).toEqual(['ABabé']);
  expect(await query(server, "select lower('ÉTÉ')")).toEqual(['été']);
  await server.stop();
});

test('refuses a cluster of another major version', async () => {
  const server = await start();
  await server.stop();
  const versionFile = path.join(home, 'cluster', 'PG_VERSION');
  const version = await readFile(versionFile);
  await writeFile(versionFile, '11\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 11.*--data/);
  await writeFile(versionFile, version);
});

test('dies with a launcher that ends by itself', async () => {
  const server = await start();
  await server.stop();
  const launcher = await launchNode({
    args: ['--import', 'tsx', '--input-type=module', '-e', launcherScript],
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TEST_HOME: home },
    logFile: path.join(home, 'launcher.log'),
    stopWithinMs: 10_000,
  });
  expect(await ended(launcher.child)).toBe('exit code 0');
  const next = await start();
  const log = await readLog();
  expect(log).toContain('database system was shut down at');
  expect(log).not.toContain('was not properly shut down');
  await next.stop();
});

const launcherScript = `
  const { startPostgres } = await import('./worker/cli/postgres.ts');
  await startPostgres({
    home: process.env.TEST_HOME,
    superuserPassword: 'of the test',
    logFile: process.env.TEST_HOME + '/first.log',
    binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
  });
  process.exit(0);
`;

async function readLog(): Promise<string> {
  return readFile(path.join(home, 'postgres.log'), 'utf8');
}

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/db/migrate';
import { databaseName, provisionRoles } from '@/db/roles';
import { startPostgres, stopLeftovers } from '@/worker/cli/postgres';

// A server started as root runs under another account, which a folder below root's home would stop.
const serversFolder = path.join(
  process.getuid?.() === 0 ? '/var/lib/phial' : os.tmpdir(),
  'phial-test-servers',
);

/**
 * One server for the whole run, with a migrated database that every test file clones. It runs on
 * PostgreSQL of PHIAL_POSTGRES_BIN where that is set, and gives up durability for speed.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(serversFolder, { recursive: true });
  await removeAbandoned();
  const home = await mkdtemp(path.join(serversFolder, `${process.pid}-`));
  const server = await startPostgres({
    home,
    superuserPassword: password(),
    logFile: path.join(home, 'postgres.log'),
    binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
    settings: {
      max_connections: '200',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    },
  });
  const passwords = { owner: password(), queue: password(), app: password() };
  const urls = await provisionRoles({ superuserUrl: server.superuserUrl, passwords });
  await migrate({ ownerUrl: urls.ownerUrl, queueUrl: urls.directUrl });
  project.provide('testServer', {
    superuserUrl: server.superuserUrl,
    template: databaseName,
    passwords,
  });
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}

function password(): string {
  return randomBytes(16).toString('hex');
}

/** Clears up after runs that were killed: their folders carry the process id. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(serversFolder)) {
    const home = path.join(serversFolder, name);
    if (isRunning(Number.parseInt(name, 10))) continue;
    await stopLeftovers(home);
    await rm(home, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

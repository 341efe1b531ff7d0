/** A PostgreSQL server of a test's own, with a migrated database. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '@/db/migrate';
import { databaseName, provisionRoles } from '@/db/roles';
import type { TestDatabase } from '@/db/testing';
import { startPostgres } from '@/worker/cli/postgres';

// As in tests/database.ts, which clears the folder of runs that were killed.
const serversFolder = path.join(
  process.getuid?.() === 0 ? '/var/lib/phial' : os.tmpdir(),
  'phial-test-servers',
);

export interface OwnServer {
  majorVersion: number;
  database: TestDatabase;
  stop(): Promise<void>;
}

/** Of the PostgreSQL in `binaries`. */
export async function startOwnServer(binaries: string): Promise<OwnServer> {
  await mkdir(serversFolder, { recursive: true });
  const home = await mkdtemp(path.join(serversFolder, `${process.pid}-`));
  const server = await startPostgres({
    home,
    superuserPassword: secret(),
    logFile: path.join(home, 'postgres.log'),
    binaries,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  });
  const passwords = { owner: secret(), queue: secret(), app: secret() };
  const urls = await provisionRoles({ superuserUrl: server.superuserUrl, passwords });
  await migrate({ ownerUrl: urls.ownerUrl, queueUrl: urls.directUrl });
  const superuserUrl = new URL(server.superuserUrl);
  superuserUrl.pathname = `/${databaseName}`;
  return {
    majorVersion: server.majorVersion,
    database: { ...urls, superuserUrl: superuserUrl.toString(), drop: async () => {} },
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const secret = () => randomBytes(16).toString('hex');

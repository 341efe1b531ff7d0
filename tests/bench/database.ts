/** A database for one benchmark, and a workspace there: shipped settings, durability included, in a folder of its own. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import type { Database } from '@/db/client';
import { migrate } from '@/db/migrate';
import { provisionRoles, type RoleUrls } from '@/db/roles';
import type { Ctx } from '@/server/context';
import { openStorage } from '@/server/storage';
import { type RunningPostgres, startPostgres } from '@/worker/cli/postgres';

export interface BenchDatabase extends RoleUrls {
  /** Superuser's URL of the maintenance database's server, with Phial's database chosen. */
  superuserUrl: string;
  server: RunningPostgres;
}

/** Started as root, the server runs under another account, which a folder below root's home would stop. */
const parent = process.getuid?.() === 0 ? '/var/lib/phial' : os.tmpdir();

export async function withDatabase<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  const home = await mkdtemp(path.join(parent, 'bench-'));
  let server: RunningPostgres | null = null;
  try {
    const password = () => randomBytes(16).toString('hex');
    server = await startPostgres({
      home,
      superuserPassword: password(),
      logFile: path.join(home, 'postgres.log'),
      binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
    });
    const passwords = { owner: password(), queue: password(), app: password() };
    const urls = await provisionRoles({ superuserUrl: server.superuserUrl, passwords });
    await migrate({ ownerUrl: urls.ownerUrl, queueUrl: urls.directUrl });
    const superuser = new URL(server.superuserUrl);
    superuser.pathname = new URL(urls.ownerUrl).pathname;
    return await work({ ...urls, superuserUrl: superuser.href, server });
  } finally {
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** To call verbs with, in a new workspace. Without a storage nothing may be kept there. */
export async function inNewWorkspace(
  { superuserUrl }: Pick<BenchDatabase, 'superuserUrl'>,
  db: Database,
  storageUrl = 'file:/nowhere',
): Promise<Ctx> {
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  const [workspace] = await superuser<{ id: string }[]>`
    insert into workspaces (name) values ('Bench') returning id`;
  await superuser.end();
  return {
    actor: { kind: 'task', workspaceId: workspace!.id, task: 'bench' },
    db,
    storage: openStorage(storageUrl),
    requestId: 'bench',
    now: () => new Date(),
  };
}

/** A workspace with people in a test's own database, and contexts to call verbs with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { type Database, openDatabase } from '@/db/client';
import type { Role } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { Ctx } from '@/server/context';
import { openStorage, type Storage } from '@/server/storage';

export interface World {
  database: TestDatabase;
  /** As the web process sees it. */
  web: Database;
  /** As the worker sees it. */
  worker: Database;
  storage: Storage;
  storageUrl: string;
  /** Sees everything; only to look at what happened. */
  superuser: postgres.Sql;
  /** A new workspace with one member of the given role. */
  member(role?: Role): Promise<Ctx>;
  task(workspaceId: string): Ctx;
  close(): Promise<void>;
}

/** On a database of its own on the run's server, or on the given one. */
export async function createWorld(given?: TestDatabase): Promise<World> {
  const database = given ?? (await createTestDatabase());
  const folder = mkdtempSync(path.join(tmpdir(), 'phial-test-'));
  const storageUrl = `file:${folder}`;
  const storage = openStorage(storageUrl);
  const web = openDatabase(database.appUrl, { max: 5, applicationName: 'test-web' });
  const worker = openDatabase(database.directUrl, {
    max: 5,
    isDirect: true,
    applicationName: 'test-worker',
  });
  const superuser = postgres(database.superuserUrl, { max: 2, onnotice: () => {} });
  const base = { storage, requestId: 'test', now: () => new Date() };
  return {
    database,
    web,
    worker,
    storage,
    storageUrl,
    superuser,
    async member(role = 'researcher') {
      const [workspace] =
        await superuser`insert into workspaces (name) values ('Test') returning id`;
      const [user] = await superuser`insert into users (name) values ('Ada') returning id`;
      await superuser`insert into memberships (workspace_id, user_id, role)
        values (${workspace?.id}, ${user?.id}, ${role})`;
      return {
        ...base,
        db: web,
        actor: {
          kind: 'user',
          userId: user?.id,
          name: 'Ada',
          workspaceId: workspace?.id,
          role,
          sessionId: '00000000-0000-4000-8000-000000000000',
        },
      };
    },
    task: (workspaceId) => ({
      ...base,
      db: worker,
      actor: { kind: 'task', workspaceId, task: 'test' },
    }),
    async close() {
      await Promise.all([web.close(), worker.close(), superuser.end()]);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

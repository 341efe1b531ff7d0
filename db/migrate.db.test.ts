import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MigrationRefused, migrate } from './migrate';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
let app: postgres.Sql;
let queue: postgres.Sql;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { max: 2, onnotice: () => {} };
  app = postgres(database.appUrl, options);
  queue = postgres(database.directUrl, options);
  owner = postgres(database.ownerUrl, options);
});

afterAll(async () => {
  await Promise.all([app, queue, owner].map((sql) => sql.end()));
  await database.drop();
});

describe('the roles', () => {
  test('no role is a superuser or bypasses row security', async () => {
    const rows = await owner`
      select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty
      from pg_roles where rolname like 'phial%' order by rolname`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { rolname: 'phial_app', mighty: false },
      { rolname: 'phial_owner', mighty: false },
      { rolname: 'phial_queue', mighty: false },
    ]);
  });

  test('owner and queue own what is theirs, the app owns nothing', async () => {
    const rows = await owner`
      select distinct n.nspname as schema, c.relowner::regrole::text as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^(pg_|information_schema)' order by 1, 2`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { schema: 'drizzle', owner: 'phial_owner' },
      { schema: 'graphile_worker', owner: 'phial_queue' },
      { schema: 'public', owner: 'phial_owner' },
    ]);
  });

  test('neither app nor queue can make a table or a schema', async () => {
    for (const sql of [app, queue]) {
      await expect(sql`create table public.mine ()`).rejects.toThrow(/permission denied/);
      await expect(sql`create schema mine`).rejects.toThrow(/permission denied/);
    }
  });

  test('every table of a workspace has row security', async () => {
    const rows = await owner`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and a.attname = 'workspace_id' and not c.relrowsecurity`;
    expect(rows).toHaveLength(0);
  });
});

describe('the enqueue function', () => {
  test('adds a job in the transaction of the app role', async () => {
    await app
      .begin(async (tx) => {
        await tx`select graphile_worker.phial_enqueue('undone', '{}')`;
        throw new Error('roll back');
      })
      .catch(() => {});
    const runAt = new Date('2031-05-06T07:08:09Z');
    const [row] = await app`
      select graphile_worker.phial_enqueue('gather', '{"a": 1}', 'key', ${runAt}, 7, 3) as id`;
    const jobs = await queue`
      select id, task_identifier, key, run_at, priority, max_attempts from graphile_worker.jobs`;
    expect(jobs.map((job) => ({ ...job }))).toEqual([
      {
        id: row?.id,
        task_identifier: 'gather',
        key: 'key',
        run_at: runAt,
        priority: 7,
        max_attempts: 3,
      },
    ]);
  });

  test('is the only way in for the app role', async () => {
    await expect(app`select graphile_worker.add_job('gather')`).rejects.toThrow(
      /permission denied/,
    );
    await expect(app`select * from graphile_worker.jobs`).rejects.toThrow(/permission denied/);
    await expect(app`select * from graphile_worker._private_jobs`).rejects.toThrow(
      /permission denied/,
    );
  });

  test('is closed to everyone else', async () => {
    const [row] = await queue`
      select has_function_privilege('public',
        'graphile_worker.phial_enqueue(text, json, text, timestamptz, int, int)', 'execute') as open`;
    expect(row?.open).toBe(false);
  });
});

describe('migrating', () => {
  const migrateIt = () => migrate({ ownerUrl: database.ownerUrl, queueUrl: database.directUrl });

  test('can be repeated, by several at once', async () => {
    await Promise.all([migrateIt(), migrateIt(), migrateIt()]);
  });

  test('refuses a database that a newer checkout has migrated', async () => {
    await owner`
      insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('of the future', ${Date.UTC(2199, 0, 31)})`;
    await expect(migrateIt()).rejects.toThrow(MigrationRefused);
    await expect(migrateIt()).rejects.toThrow(/2199-01-31.*Update the checkout/);
    await owner`delete from drizzle.__drizzle_migrations where hash = 'of the future'`;
    await migrateIt();
  });
});

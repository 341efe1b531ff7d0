/** Connections are ended by the server at any moment; the process goes on and the pool mends itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from './client';
import { isConnectionLost } from './connection-loss';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
let db: Database;
let superuser: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl, { max: 4, applicationName: 'to-be-lost' });
  superuser = postgres(database.superuserUrl, { max: 1 });
});
afterAll(async () => {
  await Promise.all([db.close(), superuser.end()]);
  await database.drop();
});

/** Loses its connection within a statement, between two, or while several are under way. */
const transactions: (() => Promise<unknown>)[] = [
  () => db.tx(null, (tx) => tx.execute(sql`select pg_sleep(0.02)`)),
  () =>
    db.tx(null, async (tx) => {
      await tx.execute(sql`select 1`);
      await sleep(15);
      await tx.execute(sql`select ${'x'.repeat(2_000)}::text`);
    }),
  () =>
    db.tx(null, (tx) =>
      Promise.all([1, 2, 3].map((n) => tx.execute(sql`select pg_sleep(${n / 200}::float)`))),
    ),
];

it('knows arrays without asking for their types', async () => {
  const ids = ['a"b', 'c,d\\', ''];
  const [row] = await db.tx(null, (tx) =>
    tx.execute(sql`
      select ${sql.param(ids)}::text[] as words, array[1, null, 3] as numbers, array[0.5::float8] as parts,
        'a"b' = any(${sql.param(ids)}) as found, '{}'::uuid[] as none`),
  );
  expect(row).toEqual({ words: ids, numbers: [1, null, 3], parts: [0.5], found: true, none: [] });
});

it('rejects what was lost, keeps nothing waiting and works again', async () => {
  const stopAt = Date.now() + 3_000;
  const counts = { done: 0, lost: 0 };
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    while (Date.now() < stopAt) {
      try {
        await transactions[lane % transactions.length]?.();
        counts.done += 1;
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        counts.lost += 1;
      }
    }
  });
  const killing = (async () => {
    while (Date.now() < stopAt) {
      await superuser`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'to-be-lost' and random() < 0.5`;
      await sleep(20 * Math.random());
    }
  })();
  await Promise.all([...lanes, killing]);
  expect(counts.lost).toBeGreaterThan(20);
  expect(counts.done).toBeGreaterThan(20);
  for (let i = 0; i < 12; i += 1) {
    await db.tx(null, (tx) => tx.execute(sql`select 1`)).catch(() => {});
  }
  const after = await Promise.all(
    Array.from({ length: 20 }, () => db.tx(null, (tx) => tx.execute(sql`select 1 as one`))),
  );
  expect(after).toHaveLength(20);
});

import { randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { inject } from 'vitest';
import { connect } from './connect';
import { type RolePasswords, type RoleUrls, restrictDatabase, roles, roleUrls } from './roles';

/** What the run's one server tells its test files. */
export interface TestServer {
  superuserUrl: string;
  /** A migrated database without rows, to be cloned. */
  template: string;
  passwords: RolePasswords;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestDatabase extends RoleUrls {
  /** Superuser's URL of this database, to look behind row security. */
  superuserUrl: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for the calling test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, template, passwords } = inject('testServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(superuserUrl, async (sql) => {
    await sql`create database ${sql(name)} template ${sql(template)} owner ${sql(roles.owner)}`;
    await restrictDatabase(sql, name);
  });
  const ownUrl = new URL(superuserUrl);
  ownUrl.pathname = `/${name}`;
  return {
    ...roleUrls(superuserUrl, name, passwords),
    superuserUrl: ownUrl.toString(),
    drop: () =>
      asSuperuser(superuserUrl, async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`;
      }),
  };
}

async function asSuperuser(url: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = connect(url, { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

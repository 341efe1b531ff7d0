import type postgres from 'postgres';
import { connect } from './connect';

/** Names of the roles; migrations grant to them by these names. */
export const roles = { owner: 'phial_owner', queue: 'phial_queue', app: 'phial_app' } as const;

/** Schema that the queue role owns, and nobody else. */
export const queueSchema = 'graphile_worker';

export interface RolePasswords {
  owner: string;
  queue: string;
  app: string;
}

export interface RoleUrls {
  ownerUrl: string;
  /** Logs in as the queue role: for the worker and the event listener. */
  directUrl: string;
  appUrl: string;
}

export const databaseName = 'phial';

/**
 * Creates Phial's roles and its database on a server of our own, or sets them right where they
 * exist already. None of the three is a superuser or may bypass row security. Extensions are left
 * to `migrate`, whose role owns the database and may create the trusted ones.
 */
export async function provisionRoles(options: {
  superuserUrl: string;
  passwords: RolePasswords;
}): Promise<RoleUrls> {
  const { passwords } = options;
  const sql = connect(options.superuserUrl, { max: 1 });
  try {
    for (const [role, password] of [
      [roles.owner, passwords.owner],
      [roles.queue, passwords.queue],
      [roles.app, passwords.app],
    ] as const) {
      const [existing] = await sql`select 1 from pg_roles where rolname = ${role}`;
      if (!existing) await sql`create role ${sql(role)}`;
      await sql.unsafe(
        `alter role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
           password '${password.replaceAll("'", "''")}'`,
      );
    }
    await sql`grant ${sql(roles.app)} to ${sql(roles.queue)}`;
    const [existing] = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (!existing) {
      await sql`create database ${sql(databaseName)} owner ${sql(roles.owner)} template template0`;
    }
    await restrictDatabase(sql, databaseName);
  } finally {
    await sql.end({ timeout: 5 });
  }
  return roleUrls(options.superuserUrl, databaseName, passwords);
}

/** Lets nobody but Phial's roles in. Not part of what a template hands on to its copies. */
export async function restrictDatabase(sql: postgres.Sql, database: string): Promise<void> {
  await sql`revoke all on database ${sql(database)} from public`;
  await sql`
    grant connect on database ${sql(database)}
    to ${sql(roles.owner)}, ${sql(roles.queue)}, ${sql(roles.app)}`;
}

/** The roles' URLs of a database on the server of `serverUrl`. */
export function roleUrls(serverUrl: string, database: string, passwords: RolePasswords): RoleUrls {
  const as = (user: string, password: string) => {
    const url = new URL(serverUrl);
    url.username = user;
    url.password = encodeURIComponent(password);
    url.pathname = `/${database}`;
    return url.toString();
  };
  return {
    ownerUrl: as(roles.owner, passwords.owner),
    directUrl: as(roles.queue, passwords.queue),
    appUrl: as(roles.app, passwords.app),
  };
}

import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runTableMigrations } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations as runQueueMigrations } from 'graphile-worker';
import type postgres from 'postgres';
import { connect } from './connect';
import { queueSchema, roles } from './roles';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any two processes that migrate the same database wait for each other here. */
const migrationLock = 7_244_652;

/** The database cannot be migrated by this checkout; the message says what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

/**
 * Brings a database to this checkout's state: Phial's tables as the owner role, the queue's own
 * tables as the queue role, then the one function that enqueues. Safe to run from several processes
 * at once and to repeat. Throws MigrationRefused when a newer Phial has migrated the database.
 */
export async function migrate(options: { ownerUrl: string; queueUrl: string }): Promise<void> {
  const owner = connect(options.ownerUrl, { max: 1 });
  try {
    await owner`select pg_advisory_lock(${migrationLock})`;
    await refuseNewerDatabase(owner);
    for (const extension of ['pg_trgm', 'unaccent', 'pgcrypto']) {
      await owner`create extension if not exists ${owner(extension)}`;
    }
    await runTableMigrations(drizzle(owner), { migrationsFolder });
    await migrateQueue(owner, options.queueUrl);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function refuseNewerDatabase(owner: postgres.Sql): Promise<void> {
  const [journal] = await owner<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!journal?.exists) return;
  const known = new Set(readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash));
  const applied = await owner<{ hash: string; createdAt: string }[]>`
    select hash, created_at as "createdAt" from drizzle.__drizzle_migrations order by created_at`;
  const unknown = applied.find(({ hash }) => !known.has(hash));
  if (unknown === undefined) return;
  const day = new Date(Number(unknown.createdAt)).toISOString().slice(0, 10);
  throw new MigrationRefused(
    `This database holds a migration of ${day} that this checkout of Phial does not know. Update the checkout, or use another database or data folder.`,
  );
}

async function migrateQueue(owner: postgres.Sql, queueUrl: string): Promise<void> {
  const [schema] = await owner<{ exists: boolean }[]>`
    select exists (select 1 from pg_namespace where nspname = ${queueSchema})`;
  const [database] = await owner<{ name: string }[]>`select current_database() as name`;
  const queue = connect(queueUrl, { max: 1 });
  try {
    if (!schema?.exists) {
      // The right to make schemas is lent for this one statement: the queue role owns one, no more.
      await owner`grant create on database ${owner(database!.name)} to ${owner(roles.queue)}`;
      try {
        await queue`create schema ${queue(queueSchema)}`;
      } finally {
        await owner`revoke create on database ${owner(database!.name)} from ${owner(roles.queue)}`;
      }
    }
    // Graphile makes its schema only where this table is missing, and that needs the lent right.
    await queue`
      create table if not exists ${queue(queueSchema)}.migrations (
        id int primary key,
        ts timestamptz default now() not null,
        breaking boolean not null default false
      )`;
    await runQueueMigrations({
      connectionString: queueUrl,
      schema: queueSchema,
      maxPoolSize: 1,
      logger: new Logger(() => () => {}),
    });
    await queue.begin((tx) => [
      tx.unsafe(enqueueFunction),
      tx`revoke all on all functions in schema ${tx(queueSchema)} from public`,
      tx`grant usage on schema ${tx(queueSchema)} to ${tx(roles.app)}`,
      tx`grant execute on function ${tx(queueSchema)}.phial_enqueue to ${tx(roles.app)}`,
    ]);
  } finally {
    await queue.end({ timeout: 5 });
  }
}

/**
 * Row security hides Graphile's tables from the app role, so jobs are added by this function of the
 * queue role, in the caller's transaction. An absent argument means Graphile's default; a job with
 * the same key that has not started is replaced.
 */
const enqueueFunction = `
  create or replace function ${queueSchema}.phial_enqueue(
    task text,
    payload json,
    job_key text default null,
    run_at timestamptz default null,
    priority int default null,
    max_attempts int default null
  ) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    job_id bigint;
  begin
    select job.id into strict job_id
    from ${queueSchema}.add_job(
      identifier => phial_enqueue.task,
      payload => phial_enqueue.payload,
      run_at => phial_enqueue.run_at,
      max_attempts => phial_enqueue.max_attempts,
      job_key => phial_enqueue.job_key,
      priority => phial_enqueue.priority
    ) as job;
    return job_id;
  end
  $$`;

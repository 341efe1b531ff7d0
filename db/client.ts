/** The database as the rest of the code sees it: transactions that have a workspace. */

import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema';

export type Tx = Parameters<Parameters<PostgresJsDatabase<typeof schema>['transaction']>[0]>[0];

export interface Database {
  /**
   * Runs `work` in one transaction that sees the rows of `workspaceId` only; `null` sees no tenant
   * rows at all (sources, workers and definer functions remain).
   */
  tx<T>(workspaceId: string | null, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction as the login role itself; the worker's way to Graphile's own tables. */
  asQueue<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Calls `hear` with the payload of every NOTIFY on `channel`, and `hear(null)` whenever the
   * connection was (re)made, for bells may have been missed. Needs a direct connection.
   */
  listen(channel: string, hear: (payload: string | null) => void): Promise<() => Promise<void>>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  max: number;
  /**
   * The login role is not the app role (worker, listener): every transaction switches to it, so that
   * row security holds there too.
   */
  becomeApp?: boolean;
  applicationName: string;
}

export function openDatabase(url: string, { max, becomeApp, applicationName }: Options): Database {
  // No prepared statements: the web pool may go through pgBouncer in transaction mode.
  const client = postgres(url, {
    max,
    prepare: false,
    onnotice: () => {},
    connect_timeout: 10,
    idle_timeout: 60,
    connection: { application_name: applicationName },
  });
  const db = drizzle(client, { schema });
  return {
    tx: (workspaceId, work) =>
      db.transaction(async (tx) => {
        await tx.execute(
          becomeApp
            ? sql`select set_config('role', 'phial_app', true), set_config('phial.workspace', ${workspaceId ?? ''}, true)`
            : sql`select set_config('phial.workspace', ${workspaceId ?? ''}, true)`,
        );
        return work(tx);
      }),
    asQueue: (work) => db.transaction(work),
    async listen(channel, hear) {
      const subscription = await client.listen(channel, hear, () => hear(null));
      return subscription.unlisten;
    },
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close: () => client.end({ timeout: 5 }),
  };
}

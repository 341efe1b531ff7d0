/** The database as the rest of the code sees it: transactions that have a workspace. */

import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle, PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { connect } from './connect';
import { isConnectionLost, TransactionOver } from './connection-loss';
import { roles } from './roles';

type NoRelations = Record<string, never>;

/** Statements that are not awaited one by one travel together, in one round trip. */
export type Tx = PostgresJsTransaction<NoRelations, NoRelations>;

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
  /** Throws when the database does not answer, or does not let who logged in be the app role. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  max: number;
  /** Straight to the server, which keeps prepared statements; a pooler in between does not. */
  isDirect?: boolean;
  applicationName: string;
}

export function openDatabase(url: string, { max, isDirect, applicationName }: Options): Database {
  const client = connect(url, {
    max,
    prepare: isDirect === true,
    connect_timeout: 10,
    idle_timeout: 60,
    connection: { application_name: applicationName },
  });
  // Called for what it does to the client: values in the form that Drizzle's columns read and write.
  drizzle(client);
  return {
    tx(workspaceId, work) {
      const place = placing(workspaceId);
      return transaction(client, async (connection) => {
        // Travels with the first statement of `work`. Should it fail, so does all that follows.
        const placed = connection.unsafe(place).execute();
        placed.catch(() => {});
        const done = await work(drizzleOn(connection));
        await placed;
        return done;
      });
    },
    asQueue: (work) => transaction(client, (connection) => work(drizzleOn(connection))),
    async listen(channel, hear) {
      const subscription = await client.listen(channel, hear, () => hear(null));
      return subscription.unlisten;
    },
    ping: async () => {
      await client.unsafe(placing(null));
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** What is used of a connection; there are no transactions within transactions. */
type Connection = Pick<postgres.TransactionSql, 'unsafe'>;

/**
 * One transaction. postgres.js (3.4.9) answers an error with ROLLBACK and sends what comes later, over a
 * connection that is lost too, and then throws outside of any promise. So statements that come later are
 * refused here, and an error of the connection is kept from it: it rejects by itself once the socket has
 * closed.
 */
async function transaction<T>(
  client: postgres.Sql,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  let isOver = false;
  try {
    const { done } = await client.begin(async (connection) => {
      try {
        const unsafe: Connection['unsafe'] = (...statement) => {
          if (isOver) throw new TransactionOver();
          return connection.unsafe(...statement);
        };
        return { done: await work({ unsafe }) };
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        return new Promise<never>(() => {});
      }
    });
    return done;
  } finally {
    isOver = true;
  }
}

/** From here on the transaction sees this workspace: for one that has just made or found it. */
export async function enterWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`select set_config('phial.workspace', ${workspaceId}::uuid::text, true)`);
}

/** Whether `url` leads to where `directUrl` does, with no pooler in between. */
export function leadsDirectly(url: string, directUrl: string): boolean {
  const place = (given: string) => {
    const { host, searchParams } = new URL(given);
    return `${host} ${searchParams.get('host') ?? ''}`;
  };
  return URL.canParse(url) && URL.canParse(directUrl) && place(url) === place(directUrl);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Where a transaction stands, as a statement without parameters: those would cost a round trip. Whoever
 * has logged in becomes the app role, so that row security holds for each of them.
 */
function placing(workspaceId: string | null): string {
  if (workspaceId !== null && !uuid.test(workspaceId)) {
    throw new Error('A workspace is named by its UUID');
  }
  return `select set_config('role', '${roles.app}', true), set_config('phial.workspace', '${workspaceId ?? ''}', true)`;
}

const dialect = new PgDialect();

/**
 * Statements with more parameters write many rows at once. They come in as many shapes as there are
 * numbers of rows, and the server would keep each.
 */
const maxPreparedParameters = 40;

function drizzleOn(connection: Connection): Tx {
  const unsafe: Connection['unsafe'] = (query, parameters = []) =>
    connection.unsafe(query, parameters, {
      prepare: parameters.length > 0 && parameters.length <= maxPreparedParameters,
    });
  // Drizzle calls `unsafe` alone; its types ask for a whole client here and there.
  const client = { unsafe } as unknown as postgres.Sql;
  const session = new PostgresJsSession<postgres.Sql, NoRelations, NoRelations>(
    client,
    dialect,
    undefined,
  );
  return new PostgresJsTransaction(dialect, session as never, undefined);
}

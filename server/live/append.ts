/** Events are rows; the NOTIFY in the same transaction is only the bell. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { JobEventData } from '@/server/jobs/schema';

export const EVENT_CHANNEL = 'phial_events';

type JobRef = { id: string; workspaceId: string };

/**
 * Appends one event and returns its number. The number is taken by UPDATE … RETURNING inside the
 * transaction, so events of a job commit in the order of their numbers and no reader skips one. Holds
 * the job's row until commit: keep the transaction short.
 */
export function appendEvent<T extends keyof JobEventData>(
  tx: Tx,
  job: JobRef,
  type: T,
  data: JobEventData[T],
): Promise<number> {
  // Sent when called, so that it keeps its place among statements that travel together.
  return tx
    .execute<{ seq: number }>(sql`
      with numbered as (
        update jobs set seq = seq + 1 where id = ${job.id} returning id, workspace_id, seq
      ), appended as (
        insert into events (job_id, workspace_id, seq, type, data)
        select id, workspace_id, seq, ${type}, ${JSON.stringify(data)}::jsonb from numbered
      )
      select seq, ${bell(sql`id`, sql`workspace_id`, sql`seq`)} from numbered`)
    .then(([row]) => {
      if (!row) throw new Error(`Job ${job.id} is not visible in this workspace`);
      return row.seq;
    });
}

/** Rings for an event that a statement appends by itself. */
export const bell = (jobId: SQL, workspaceId: SQL, seq: SQL): SQL =>
  sql`pg_notify(${EVENT_CHANNEL}, concat_ws(':', ${workspaceId}, ${jobId}, ${seq}))`;

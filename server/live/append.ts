/** Events are rows; the NOTIFY that follows their commit is only the bell. */
import { sql } from 'drizzle-orm';
import { ringAfterCommit, type Tx } from '@/db/client';
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
      )
      insert into events (job_id, workspace_id, seq, type, data)
      select id, workspace_id, seq, ${type}, ${JSON.stringify(data)}::jsonb from numbered
      returning seq`)
    .then(([row]) => {
      if (!row) throw new Error(`Job ${job.id} is not visible in this workspace`);
      announceEvent(tx, job, row.seq);
      return row.seq;
    });
}

/** Rings for an event that a statement of the caller's own has appended. */
export function announceEvent(tx: Tx, job: JobRef, seq: number): void {
  ringAfterCommit(tx, EVENT_CHANNEL, `${job.workspaceId}:${job.id}:${seq}`);
}

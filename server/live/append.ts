/** Events are rows; the NOTIFY in the same transaction is only the bell. */
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { events, jobs } from '@/db/schema';
import type { JobEventData } from '@/server/jobs/schema';

export const EVENT_CHANNEL = 'phial_events';

/**
 * Appends one event and returns its number. The number is taken by UPDATE … RETURNING inside the
 * transaction, so events of a job commit in the order of their numbers and no reader skips one. Holds
 * the job's row until commit: keep the transaction short.
 */
export async function appendEvent<T extends keyof JobEventData>(
  tx: Tx,
  job: { id: string; workspaceId: string },
  type: T,
  data: JobEventData[T],
): Promise<number> {
  const [row] = await tx
    .update(jobs)
    .set({ seq: sql`${jobs.seq} + 1` })
    .where(eq(jobs.id, job.id))
    .returning({ seq: jobs.seq });
  if (!row) throw new Error(`Job ${job.id} is not visible in this workspace`);
  await tx.insert(events).values({
    jobId: job.id,
    workspaceId: job.workspaceId,
    seq: row.seq,
    type,
    data,
  });
  await tx.execute(
    sql`select pg_notify(${EVENT_CHANNEL}, ${`${job.workspaceId}:${job.id}:${row.seq}`})`,
  );
  return row.seq;
}

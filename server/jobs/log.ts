/** The stored log of a job. */
import { desc, eq } from 'drizzle-orm';
import { events } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import type { JobEvent } from './schema';

/** Lines of a log that are read at once; of longer ones the beginning is left out. */
export const LOG_LINES = 1_000;

/** The job's latest events, oldest first. Empty for a stranger. */
export async function jobLog({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<JobEvent[]> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(events)
      .where(eq(events.jobId, jobId))
      .orderBy(desc(events.seq))
      .limit(LOG_LINES),
  );
  return rows
    .reverse()
    .map(
      ({ seq, type, at, data }) => ({ jobId, seq, type, at: at.toISOString(), data }) as JobEvent,
    );
}

/** The stored log of a job. */
import { desc, eq } from 'drizzle-orm';
import { events, jobs } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { JobEvent } from './schema';

/** Lines of a log that are read at once; of longer ones the beginning is left out. */
export const LOG_LINES = 1_000;

/** The job's latest events, oldest first. Throws NOT_FOUND for a stranger's job. */
export async function jobLog({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<JobEvent[]> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, async (tx) => {
    const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
    if (!job) throw notFound('job');
    return tx
      .select()
      .from(events)
      .where(eq(events.jobId, jobId))
      .orderBy(desc(events.seq))
      .limit(LOG_LINES);
  });
  return rows
    .reverse()
    .map(
      ({ seq, type, at, data }) => ({ jobId, seq, type, at: at.toISOString(), data }) as JobEvent,
    );
}

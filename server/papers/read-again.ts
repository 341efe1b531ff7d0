import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { jobs, papers, steps, workers } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, DomainError, notFound } from '@/server/errors';
import { isTerminal } from '@/server/jobs/schema';
import { appendEvent } from '@/server/live/append';
import { enqueue } from '@/server/queue/enqueue';
import { requirePaperId } from './ids';
import { seal } from './sealing';

/**
 * Reads papers anew, from their files. Those under way are left alone. Returns the ids that wait now.
 */
export async function readAgain({
  ctx,
  paperIds,
}: {
  ctx: Ctx;
  paperIds: string[];
}): Promise<string[]> {
  authorise(ctx, 'paper.write');
  return inWorkspace(ctx, async (tx) => {
    const again: string[] = [];
    for (const id of paperIds) {
      requirePaperId(id);
      if (await restartReading(tx, ctx, id)) again.push(id);
    }
    return again;
  });
}

/**
 * Reads an encrypted paper with its password. The password is sealed for the living workers' memory
 * and forgotten when the file is read, or when they end. Throws CONFLICT when the paper asks for none,
 * UNAVAILABLE when no worker is there to take it.
 */
export async function givePassword({
  ctx,
  paperId,
  password,
}: {
  ctx: Ctx;
  paperId: string;
  password: string;
}): Promise<void> {
  authorise(ctx, 'paper.write');
  requirePaperId(paperId);
  await inWorkspace(ctx, async (tx) => {
    const [paper] = await tx
      .select({ errorCode: papers.errorCode })
      .from(papers)
      .where(eq(papers.id, paperId));
    if (!paper) throw notFound('paper');
    if (paper.errorCode !== 'PASSWORD_NEEDED' && paper.errorCode !== 'PASSWORD_WRONG') {
      throw conflict('NO_PASSWORD_NEEDED', 'This paper does not ask for a password.');
    }
    const readers = await tx
      .select({ key: workers.sealKey })
      .from(workers)
      .where(sql`${workers.sealKey} is not null
        and ${workers.heartbeatAt} > clock_timestamp() - interval '1 minute'`);
    if (readers.length === 0) {
      throw new DomainError(
        'UNAVAILABLE',
        'NO_WORKER',
        'No worker is running that could use the password now. Start one, then try again.',
      );
    }
    await restartReading(tx, ctx, paperId);
    const sealedPassword = readers.map(({ key }) => seal(key!, password));
    await tx.update(papers).set({ sealedPassword }).where(eq(papers.id, paperId));
  });
}

/** Puts a paper whose job has ended back to be read; false when it is under way. */
export async function restartReading(tx: Tx, ctx: Ctx, paperId: string): Promise<boolean> {
  const [job] = await tx.select().from(jobs).where(eq(jobs.id, paperId)).for('update');
  if (!job) throw notFound('paper');
  if (!isTerminal(job.status)) return false;
  const all = await tx
    .update(steps)
    .set({
      status: 'pending',
      outcome: null,
      reason: null,
      records: 0,
      attempts: 0,
      queuedAt: null,
      finishedAt: null,
      generation: sql`${steps.generation} + 1`,
    })
    .where(eq(steps.jobId, paperId))
    .returning({ key: steps.key });
  await tx
    .update(jobs)
    .set({ status: 'pending', reason: null, message: null, finishedAt: null, requestsUsed: 0 })
    .where(eq(jobs.id, paperId));
  await tx
    .update(papers)
    .set({ processingStatus: 'pending', errorCode: null, errorMessage: null })
    .where(eq(papers.id, paperId));
  await appendEvent(tx, job, 'job.retried', { steps: all.map(({ key }) => key) });
  const { workspaceId } = ctx.actor;
  await enqueue(tx, 'admit-jobs', { workspaceId }, { key: `admit:${workspaceId}` });
  return true;
}

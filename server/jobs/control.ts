/** What a person can do with a job under way or ended. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '@/db/client';
import { jobs, steps } from '@/db/schema';
import { type AuditAction, recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, invalid, notFound } from '@/server/errors';
import { appendEvent } from '@/server/live/append';
import { advance, endJob, type JobRow, lockJob } from './machine';
import { type Choice, isLacking, isTerminal, rerun } from './schema';

/** Workers listen here to abort running requests at once; the payload is a job id. */
export const CONTROL_CHANNEL = 'phial_control';

const ring = (tx: Tx, jobId: string) =>
  tx.execute(sql`select pg_notify(${CONTROL_CHANNEL}, ${jobId})`);

const record = (tx: Tx, ctx: Ctx, job: JobRow, action: AuditAction) =>
  recordAudit(tx, ctx, { action, target: { kind: 'job', id: job.id, name: job.input } });

async function controlled(tx: Tx, jobId: string): Promise<JobRow> {
  const job = await lockJob(tx, jobId);
  if (!job) throw notFound('job');
  return job;
}

/** Ends the job as `cancelled`. Running requests are aborted. Cancelling an ended job changes nothing. */
export async function cancelJob({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<void> {
  authorise(ctx, 'job.control');
  await inWorkspace(ctx, async (tx) => {
    const stopped = await stopJob(tx, ctx, jobId, 'Cancelled by a person.');
    if (stopped) await record(tx, ctx, stopped, 'job.cancelled');
  });
}

/** {@link cancelJob} within a transaction that has more to do. Null when the job had ended before. */
export async function stopJob(
  tx: Tx,
  ctx: Ctx,
  jobId: string,
  message: string,
): Promise<JobRow | null> {
  const job = await controlled(tx, jobId);
  if (isTerminal(job.status)) return null;
  await endJob(tx, ctx, job, { status: 'cancelled', reason: 'CANCELLED', message });
  await ring(tx, jobId);
  return job;
}

/**
 * Ends gathering and writes the report from what there is; the report lists what was not done.
 * Throws CONFLICT when the job is not gathering.
 */
export async function finishJob({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<void> {
  authorise(ctx, 'job.control');
  await inWorkspace(ctx, async (tx) => {
    const job = await controlled(tx, jobId);
    if (job.finishRequestedAt) return;
    if (job.status !== 'running' || !job.subject) {
      throw conflict(
        'NOTHING_TO_FINISH',
        'Only a job that is gathering evidence can be finished early.',
      );
    }
    await tx.update(jobs).set({ finishRequestedAt: ctx.now() }).where(eq(jobs.id, jobId));
    await appendEvent(tx, job, 'job.finish-requested', {});
    await record(tx, ctx, job, 'job.finished-early');
    await ring(tx, jobId);
  });
}

/** Answers `needs-input` with one of the offered InChIKeys; the job goes on with exactly that compound. */
export async function chooseCompound({
  ctx,
  jobId,
  inchiKey,
}: {
  ctx: Ctx;
  jobId: string;
  inchiKey: string;
}): Promise<void> {
  authorise(ctx, 'job.control');
  await inWorkspace(ctx, async (tx) => {
    const job = await controlled(tx, jobId);
    if (job.status !== 'needs-input') {
      throw conflict('NOTHING_TO_CHOOSE', 'This job does not wait for a choice.');
    }
    const { options } = job.choices as { options: Choice[] };
    if (!options.some((o) => o.inchiKey === inchiKey)) {
      throw invalid('CHOICE_UNKNOWN', 'Choose one of the compounds that are offered.');
    }
    await tx
      .update(jobs)
      .set({ status: 'running', choice: inchiKey, choices: null })
      .where(eq(jobs.id, jobId));
    await appendEvent(tx, job, 'job.chosen', { inchiKey });
    await record(tx, ctx, job, 'job.choice-made');
    await advance(tx, ctx, jobId);
  });
}

/**
 * Runs steps of an ended job again: the given one, or all that did not succeed. What follows from them
 * runs again too and gives a new version of the report. Throws CONFLICT while the job runs, or when
 * nothing is left to retry.
 */
export async function retryJob({
  ctx,
  jobId,
  step,
}: {
  ctx: Ctx;
  jobId: string;
  step?: string;
}): Promise<void> {
  authorise(ctx, 'job.control');
  await inWorkspace(ctx, async (tx) => {
    const job = await controlled(tx, jobId);
    if (!isTerminal(job.status)) {
      throw conflict('JOB_ACTIVE', 'The job is still under way; wait for its end or cancel it.');
    }
    const all = await tx.select().from(steps).where(eq(steps.jobId, jobId));
    if (step && !all.some((s) => s.key === step)) throw notFound('step');
    const lacking = all.filter((s) => (step ? s.key === step : isLacking(s)));
    if (lacking.length === 0) {
      throw conflict('NOTHING_TO_RETRY', 'Every step of this job succeeded.');
    }
    const retried = lacking.map((s) => s.key);
    await tx
      .update(steps)
      .set({
        status: 'pending',
        outcome: null,
        reason: null,
        cut: null,
        cutAfter: null,
        queuedAt: null,
        finishedAt: null,
        generation: sql`${steps.generation} + 1`,
      })
      .where(
        and(
          eq(steps.jobId, jobId),
          inArray(
            steps.key,
            rerun(all, retried).map((s) => s.key),
          ),
        ),
      );
    await tx
      .update(jobs)
      .set({
        status: 'running',
        reason: null,
        message: null,
        finishedAt: null,
        finishRequestedAt: null,
        requestsUsed: 0,
      })
      .where(eq(jobs.id, jobId));
    await appendEvent(tx, job, 'job.retried', { steps: retried });
    await record(tx, ctx, job, 'job.retried');
    await advance(tx, ctx, jobId);
  });
}

/** How a worker's step should go on; `ended` also when the job is gone. */
export async function jobControlState(
  db: Database,
  { workspaceId, jobId }: { workspaceId: string; jobId: string },
): Promise<'going-on' | 'finishing' | 'ended'> {
  const [job] = await db.tx(workspaceId, (tx) =>
    tx
      .select({ status: jobs.status, finishing: jobs.finishRequestedAt })
      .from(jobs)
      .where(eq(jobs.id, jobId)),
  );
  if (!job || isTerminal(job.status)) return 'ended';
  return job.finishing ? 'finishing' : 'going-on';
}

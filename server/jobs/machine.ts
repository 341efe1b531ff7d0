/**
 * The job machine: which step comes when, and how a job ends. Every transition happens in one
 * transaction that holds the job's row, so two workers never both move a job.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '@/db/client';
import { jobs, steps } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { appendEvent } from '@/server/live/append';
import { settlePaper } from '@/server/papers/settle';
import { enqueue, enqueueAll } from '@/server/queue/enqueue';
import { type JobEnd, type PlannedStep, planOf } from './plans';

export type JobRow = typeof jobs.$inferSelect;

/** The job's row, locked until the transaction ends. */
export async function lockJob(tx: Tx, jobId: string): Promise<JobRow | null> {
  const [job] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for('update');
  return job ?? null;
}

/** A step as {@link moveOn} looks at it, with how its job's compound was found. */
interface Progress extends PlannedStep {
  kind: JobRow['kind'];
  queuedAt: string | null;
  matchedBy: string | null;
}

export const progressOf = (tx: Tx, jobId: string): Promise<Progress[]> =>
  tx.execute<Record<string, unknown> & Progress>(sql`
    select s.key, s.status, s.outcome, s.reason, s.queued_at as "queuedAt", j.kind,
      j.subject ->> 'matchedBy' as "matchedBy"
    from steps s join jobs j on j.id = s.job_id
    where s.job_id = ${jobId} order by s.position`);

/**
 * Enqueues what can run now, or ends the job. Safe to call at any time: steps already queued are
 * left alone unless `again` (the sweep, when a task may have been lost).
 */
export async function advance(
  tx: Tx,
  ctx: Ctx,
  jobId: string,
  { again = false }: { again?: boolean } = {},
): Promise<void> {
  const [job, all] = await Promise.all([lockJob(tx, jobId), progressOf(tx, jobId)]);
  if (job?.status !== 'running') return;
  await moveOn(tx, ctx, job, all, { again });
}

/** {@link advance} for who holds the job's row and has read where its steps stand. */
export async function moveOn(
  tx: Tx,
  ctx: Ctx,
  job: { id: string; workspaceId: string },
  all: Progress[],
  { again = false }: { again?: boolean } = {},
): Promise<void> {
  const first = all[0];
  if (!first) return;
  const plan = planOf(first.kind);
  const end = plan.end(all, { nameOnly: first.matchedBy === 'name-only' });
  if (end) return endJob(tx, ctx, job, end);
  const next = plan.runnable(all).filter((s) => again || !s.queuedAt);
  if (next.length === 0) return;
  const keys = next.map((s) => s.key);
  await Promise.all([
    enqueueSteps(tx, first.kind, job, keys),
    // Each step of a paper that ends may make room for the next paper.
    first.kind === 'paper' ? enqueueAdmission(tx, job.workspaceId) : null,
    tx
      .update(steps)
      .set({ queuedAt: ctx.now() })
      .where(and(eq(steps.jobId, job.id), inArray(steps.key, keys))),
  ]);
}

export async function enqueueSteps(
  tx: Tx,
  kind: JobRow['kind'],
  job: { id: string; workspaceId: string },
  keys: string[],
  runAt?: Date,
): Promise<void> {
  const { task } = planOf(kind);
  for (const name of new Set(keys.map(task))) {
    await enqueueAll(
      tx,
      name,
      keys
        .filter((step) => task(step) === name)
        .map((step) => ({
          key: `step:${job.id}:${step}`,
          payload: { workspaceId: job.workspaceId, jobId: job.id, step },
          runAt,
        })),
    );
  }
}

/** Ends a job: its state, its last event and room for the next one. */
export async function endJob(
  tx: Tx,
  ctx: Ctx,
  job: { id: string; workspaceId: string },
  end: JobEnd,
): Promise<void> {
  await Promise.all([
    tx
      .update(jobs)
      .set({ ...end, finishedAt: ctx.now() })
      .where(eq(jobs.id, job.id)),
    tx
      .update(steps)
      .set({ status: 'cancelled', finishedAt: ctx.now(), waitingFor: null, waitingUntil: null })
      .where(and(eq(steps.jobId, job.id), inArray(steps.status, ['pending', 'running']))),
    settlePaper(tx, job.id, end),
    appendEvent(tx, job, 'job.ended', end),
    enqueueAdmission(tx, job.workspaceId),
  ]);
}

export const enqueueAdmission = (tx: Tx, workspaceId: string): Promise<void> =>
  enqueue(tx, 'admit-jobs', { workspaceId }, { key: `admit:${workspaceId}` });

/** Unfinished jobs of all workspaces that said nothing for so long. */
export async function quietJobs(
  db: Database,
  minutes: number,
): Promise<{ workspaceId: string; jobId: string }[]> {
  const rows = await db.tx(null, (tx) =>
    tx.execute(
      sql`select workspace_id as "workspaceId", job_id as "jobId"
          from phial_quiet_jobs(make_interval(mins => ${minutes}))`,
    ),
  );
  return rows as unknown as { workspaceId: string; jobId: string }[];
}

/** Re-enqueues what a quiet job is waiting for; the sweep's remedy for a lost task. */
export async function nudgeJob({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status === 'pending') return enqueueAdmission(tx, job.workspaceId);
    await advance(tx, ctx, jobId, { again: true });
  });
}

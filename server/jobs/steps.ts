/** One step of a job, for who works on it: started, written to, put back, ended. */
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { rowsOf } from '@/db/rows';
import { evidence, jobs, steps } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import type { Outcome } from '@/server/evidence/schema';
import { appendEvent, bell } from '@/server/live/append';
import { endJob, enqueueAdmission, enqueueSteps, type JobRow, moveOn, progressOf } from './machine';
import type { Choice, JobEventData, MoleculeOptions, StepKey } from './schema';

type StepRow = typeof steps.$inferSelect;

/** A started step: what its body works on. `attempt` fences off writers that were taken for dead. */
export interface Running {
  job: JobRow & { options: MoleculeOptions };
  step: StepKey;
  attempt: number;
  generation: number;
}

export type StepEnd =
  | {
      status: 'done' | 'failed' | 'skipped';
      outcome?: Outcome;
      reason?: string | null;
      requests?: number;
      records?: number;
      cut?: { kind: string; after: number };
    }
  /** Identification asks the person. */
  | { status: 'needs-input'; question: string; choices: Choice[] };

/** Thrown to a worker that was taken for dead, or whose job ended meanwhile: stop, write nothing. */
export class StepSuperseded extends Error {
  constructor() {
    super('This step is no longer mine to write');
    this.name = 'StepSuperseded';
  }
}

const jobRows = rowsOf(jobs);

const theStep = (jobId: string, key: string) => and(eq(steps.jobId, jobId), eq(steps.key, key));

/**
 * Starts a step, or returns null when there is nothing to do (job ended, step ended). A step found
 * running belongs to a dead worker: it starts anew under a higher attempt.
 */
export async function beginStep({
  ctx,
  jobId,
  step: key,
}: {
  ctx: Ctx;
  jobId: string;
  step: StepKey;
}): Promise<Running | null> {
  return inWorkspace(ctx, async (tx) => {
    const event: keyof JobEventData = 'step.started';
    // One statement, so that others wait for the job's row as short as can be. Whoever waits for it
    // here sees the step as it is after the wait, for a row that changed meanwhile is read anew.
    const [row] = await tx.execute(sql`
      with started_job as (
        update jobs set seq = seq + 1 where id = ${jobId} and status = 'running'
        returning ${jobRows.columns}
      ), started as (
        update steps
        set status = 'running', attempts = attempts + 1, started_at = ${ctx.now().toISOString()},
          requests = 0, records = 0, waiting_for = null, waiting_until = null
        from started_job
        where job_id = started_job.id and key = ${key} and steps.status in ('pending', 'running')
        returning attempts as attempt, generation
      ), event as (
        insert into events (job_id, workspace_id, seq, type, data)
        select id, "workspaceId", seq, ${event},
          jsonb_build_object('step', ${key}::text, 'attempt', attempt)
        from started_job, started
      )
      select started_job.*, started.*, ${bell(sql`id`, sql`"workspaceId"`, sql`seq`)}
      from started_job, started`);
    if (!row) throw new StepSuperseded();
    const { attempt, generation } = row as { attempt: number; generation: number };
    const job = jobRows.read(row) as Running['job'];
    return { job, step: key, attempt, generation };
  }).catch((error: unknown) => {
    if (error instanceof StepSuperseded) return null;
    throw error;
  });
}

/**
 * Runs `work` in a transaction that still owns the step; throws {@link StepSuperseded} otherwise.
 * Everything a step writes goes through here.
 */
export async function asOwner<T>(
  ctx: Ctx,
  running: Running,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inWorkspace(ctx, async (tx) => {
    await requireOwnership(tx, running);
    return work(tx);
  });
}

/** Locks the job's row, then looks at the step, so that what it sees stays so until commit. */
async function requireOwnership(tx: Tx, { job, step, attempt }: Running): Promise<void> {
  const [locked, mine] = await Promise.all([
    tx.execute(sql`select 1 from jobs where id = ${job.id} and status = 'running' for update`),
    tx.execute(sql`
      select 1 from steps
      where job_id = ${job.id} and key = ${step} and status = 'running' and attempts = ${attempt}`),
  ]);
  if (locked.length === 0 || mine.length === 0) throw new StepSuperseded();
}

/** Ends a step with what its body wrote in the same transaction, and moves the job on. */
export async function endStep(
  ctx: Ctx,
  running: Running,
  end: StepEnd,
  write?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { job, step: key } = running;
  await inWorkspace(ctx, async (tx) => {
    if (write || end.status === 'needs-input') await requireOwnership(tx, running);
    await write?.(tx);
    if (end.status === 'needs-input') return ask(tx, running, end);
    const result = {
      outcome: end.outcome ?? null,
      reason: end.reason ?? null,
      requests: end.requests ?? 0,
      records: end.records ?? 0,
    };
    const event: keyof JobEventData = 'step.finished';
    const data: JobEventData['step.finished'] = { step: key, status: end.status, ...result };
    const [ended, all] = await Promise.all([
      tx.execute(sql`
        with finished_job as (
          update jobs set seq = seq + 1 where id = ${job.id} and status = 'running'
          returning id, workspace_id, seq
        ), finished as (
          update steps
          set status = ${end.status}, outcome = ${result.outcome}, reason = ${result.reason},
            requests = ${result.requests}, records = ${result.records},
            cut = ${end.cut?.kind ?? null}, cut_after = ${end.cut?.after ?? null},
            waiting_for = null, waiting_until = null, finished_at = ${ctx.now().toISOString()}
          from finished_job
          where job_id = finished_job.id and key = ${key} and status = 'running'
            and attempts = ${running.attempt}
          returning key
        ), event as (
          insert into events (job_id, workspace_id, seq, type, data)
          select id, workspace_id, seq, ${event}, ${JSON.stringify(data)}::jsonb
          from finished_job, finished
        )
        select ${bell(sql`id`, sql`workspace_id`, sql`seq`)} from finished_job, finished`),
      progressOf(tx, job.id),
    ]);
    if (ended.length === 0) throw new StepSuperseded();
    await moveOn(tx, ctx, job, all);
  });
}

/** Puts identification back and the question to the person. */
async function ask(
  tx: Tx,
  { job, step }: Running,
  { question, choices }: Extract<StepEnd, { status: 'needs-input' }>,
): Promise<void> {
  await Promise.all([
    tx.update(steps).set({ status: 'pending', queuedAt: null }).where(theStep(job.id, step)),
    tx
      .update(jobs)
      .set({ status: 'needs-input', choices: { question, options: choices } })
      .where(eq(jobs.id, job.id)),
    appendEvent(tx, job, 'job.needs-input', { question, choices }),
    enqueueAdmission(tx, job.workspaceId),
  ]);
}

/** How an earlier step of the same job ended. */
export async function stepOutcome(
  tx: Tx,
  jobId: string,
  key: StepKey,
): Promise<Pick<StepRow, 'outcome' | 'reason'> | null> {
  const [step] = await tx
    .select({ outcome: steps.outcome, reason: steps.reason })
    .from(steps)
    .where(theStep(jobId, key));
  return step ?? null;
}

/** Fails the whole job from within a step, for a reason the person can act on. */
export async function failJob(
  ctx: Ctx,
  running: Running,
  end: { reason: string; message: string },
): Promise<void> {
  await asOwner(ctx, running, async (tx) => {
    await tx
      .update(steps)
      .set({ status: 'failed', reason: end.message, finishedAt: ctx.now() })
      .where(theStep(running.job.id, running.step));
    await endJob(tx, ctx, running.job, { status: 'failed', ...end });
  });
}

/** Puts a step back to be started again after a growing pause, and says so. */
export async function retryLater(ctx: Ctx, running: Running, reason: string): Promise<void> {
  const { job, step, attempt } = running;
  await asOwner(ctx, running, async (tx) => {
    const runAt = new Date(ctx.now().getTime() + 2_000 * 2 ** (attempt - 1));
    await tx
      .update(steps)
      .set({ status: 'pending', waitingFor: reason, waitingUntil: runAt })
      .where(theStep(job.id, step));
    await appendEvent(tx, job, 'step.retrying', { step, attempt, reason });
    await enqueueSteps(tx, job.kind, job, [step], runAt);
  });
}

/** Removes what an earlier start of this step recorded, so that a second start repeats nothing. */
export async function forgetEvidence(tx: Tx, running: Running): Promise<void> {
  await tx
    .delete(evidence)
    .where(and(eq(evidence.jobId, running.job.id), eq(evidence.step, running.step)));
}

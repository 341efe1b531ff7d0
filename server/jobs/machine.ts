/**
 * The job machine: which step comes when, and how a job ends. Every transition happens in one
 * transaction that holds the job's row, so two workers never both move a job.
 */
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '@/db/client';
import { rowsOf } from '@/db/rows';
import { evidence, jobs, steps } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import type { Outcome } from '@/server/evidence/schema';
import { appendEvent, bell } from '@/server/live/append';
import { settlePaper } from '@/server/papers/settle';
import { enqueue, enqueueAll } from '@/server/queue/enqueue';
import { type JobEnd, type PlannedStep, planOf } from './plans';
import type { Choice, JobEventData, MoleculeOptions, StepKey } from './schema';

export type JobRow = typeof jobs.$inferSelect;
export type StepRow = typeof steps.$inferSelect;

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

const progressOf = (tx: Tx, jobId: string): Promise<Progress[]> =>
  tx.execute<Record<string, unknown> & Progress>(sql`
    select s.key, s.status, s.outcome, s.reason, s.queued_at as "queuedAt", j.kind,
      j.subject ->> 'matchedBy' as "matchedBy"
    from steps s join jobs j on j.id = s.job_id
    where s.job_id = ${jobId} order by s.position`);

const theStep = (jobId: string, key: string) => and(eq(steps.jobId, jobId), eq(steps.key, key));

/** Kinds of jobs that are admitted apart: 500 papers keep no molecule of their workspace waiting. */
export type Shares = Record<'molecule' | 'paper', number>;

/**
 * Starts waiting jobs of the actor's workspace, oldest first, so that of each kind at most its share
 * is worked on at a time: however much one workspace submits, nobody else waits for it.
 */
export async function admitJobs({ ctx, shares }: { ctx: Ctx; shares: Shares }): Promise<number> {
  return inWorkspace(ctx, async (tx) => {
    // Sent before the counts, which are taken once it is held.
    const locked = tx
      .execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`admit:${ctx.actor.workspaceId}`}, 0))`,
      )
      .execute();
    const kinds = Object.keys(shares) as (keyof Shares)[];
    const [, ...admitted] = await Promise.all([
      locked,
      ...kinds.map((kind) => admitKind(tx, ctx, kind, shares[kind])),
    ]);
    return admitted.reduce((sum, n) => sum + n, 0);
  });
}

async function admitKind(tx: Tx, ctx: Ctx, kind: keyof Shares, share: number): Promise<number> {
  // A paper that is indexed only asks sources about its details; it makes room for the next.
  const [working] = await tx
    .select({ n: count() })
    .from(jobs)
    .where(
      and(
        eq(jobs.kind, kind),
        eq(jobs.status, 'running'),
        sql`not exists (select 1 from ${steps} s
          where s.job_id = ${jobs.id} and s.key = 'index' and s.status = 'done')`,
      ),
    );
  const free = share - (working?.n ?? 0);
  if (free <= 0) return 0;
  const waiting = await tx
    .select()
    .from(jobs)
    .where(and(eq(jobs.kind, kind), eq(jobs.status, 'pending')))
    .orderBy(asc(jobs.createdAt), asc(jobs.id))
    .limit(free)
    .for('update');
  for (const job of waiting) {
    // In this order in one round trip: `advance` sees the job running.
    await Promise.all([
      tx
        .update(jobs)
        .set({ status: 'running', startedAt: job.startedAt ?? ctx.now() })
        .where(eq(jobs.id, job.id))
        .execute(),
      appendEvent(tx, job, 'job.started', {}),
      advance(tx, ctx, job.id),
    ]);
  }
  return waiting.length;
}

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
async function moveOn(
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

async function enqueueSteps(
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

const enqueueAdmission = (tx: Tx, workspaceId: string): Promise<void> =>
  enqueue(tx, 'admit-jobs', { workspaceId }, { key: `admit:${workspaceId}` });

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

/** Removes what an earlier start of this step recorded, so that a second start repeats nothing. */
export async function forgetEvidence(tx: Tx, running: Running): Promise<void> {
  await tx
    .delete(evidence)
    .where(and(eq(evidence.jobId, running.job.id), eq(evidence.step, running.step)));
}

/** Re-enqueues what a quiet job is waiting for; the sweep's remedy for a lost task. */
export async function nudgeJob({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status === 'pending') return enqueueAdmission(tx, job.workspaceId);
    await advance(tx, ctx, jobId, { again: true });
  });
}

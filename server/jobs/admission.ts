/** Which waiting jobs are started, and how many at a time. */
import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { jobs, steps } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { appendEvent } from '@/server/live/append';
import { advance } from './machine';

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

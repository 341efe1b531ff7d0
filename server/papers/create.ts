/** Making a paper: its row and the job that reads it, in one transaction. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { jobs, papers, steps } from '@/db/schema';
import type { Ctx } from '@/server/context';
import { appendEvent } from '@/server/live/append';
import { enqueue } from '@/server/queue/enqueue';
import { sha256Hex } from '@/server/storage';
import type { PaperStep } from './schema';

/** Ends the wish of a source that never answers. */
const SOURCE_BUDGET = { maxRequests: 60, maxSeconds: 7_200 };

type NewPaper = Omit<typeof papers.$inferInsert, 'id' | 'workspaceId' | 'addedBy'>;

/** Writers of the same thing wait here for each other, until their transactions end. */
export async function lockFor(tx: Tx, workspaceId: string, thing: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`paper:${workspaceId}:${thing}`}, 0))`,
  );
}

interface Creation {
  input: string;
  plan: readonly PaperStep[];
  paper: NewPaper;
  /** What is to be done as well before the paper gets going, such as keeping its file. */
  alongside?: (paperId: string) => Promise<unknown>;
}

/** Writes a paper, its job and the task that gets it going. Returns the paper's id. */
export async function createPaper(
  tx: Tx,
  ctx: Ctx,
  { input, plan, paper, alongside }: Creation,
): Promise<string> {
  const { workspaceId } = ctx.actor;
  const id = randomUUID();
  const person = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const job = { id, workspaceId };
  // Sent in this order, in one round trip.
  await Promise.all([
    tx
      .insert(jobs)
      .values({
        ...job,
        kind: 'paper',
        input,
        options: SOURCE_BUDGET,
        submissionKey: sha256Hex(`paper:${id}`),
        createdBy: person,
      })
      .execute(),
    tx
      .insert(papers)
      .values({ ...job, addedBy: person, ...paper })
      .execute(),
    tx
      .insert(steps)
      .values(plan.map((key, position) => ({ jobId: id, workspaceId, key, position })))
      .execute(),
    appendEvent(tx, job, 'job.submitted', { input }),
    alongside?.(id),
  ]);
  // Last, for others of the workspace wait for this row until the transaction ends.
  await enqueue(tx, 'admit-jobs', { workspaceId }, { key: `admit:${workspaceId}` });
  return id;
}

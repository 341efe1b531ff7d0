import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { votes, voteTotals } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { queueTraining } from '@/server/ranking';
import { subjectOf, voterOf } from './evidence';
import { standingOf } from './queries';
import type { Standing, VoteInput } from './schema';

/**
 * Casts, changes or takes back one's vote on a record, and its sums with it; saying the same again changes
 * nothing. Throws NOT_FOUND, FORBIDDEN, INVALID `EVIDENCE_AMBIGUOUS`.
 */
export async function vote({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: VoteInput;
}): Promise<Standing & { evidenceId: string }> {
  authorise(ctx, 'feedback.write');
  const voter = voterOf(ctx.actor);
  const { workspaceId } = ctx.actor;
  return inWorkspace(ctx, async (tx) => {
    const subject = await subjectOf(tx, input);
    const { evidenceId } = subject;
    await lockTotals(tx, workspaceId, evidenceId);
    const mine = and(
      eq(votes.evidenceId, evidenceId),
      eq(votes.voterKind, voter.voterKind),
      eq(votes.voterId, voter.voterId),
    );
    const [before] = await tx.select({ value: votes.value }).from(votes).where(mine);
    const { value } = input;
    if (value === null) await tx.delete(votes).where(mine);
    else {
      const row = { ...subject, ...voter, workspaceId, value, castAt: ctx.now() };
      await tx
        .insert(votes)
        .values(row)
        .onConflictDoUpdate({
          target: [votes.workspaceId, votes.evidenceId, votes.voterKind, votes.voterId],
          set: row,
        });
    }
    const change = (direction: 1 | -1) =>
      Number(value === direction) - Number(before?.value === direction);
    await tx
      .update(voteTotals)
      .set({
        up: sql`${voteTotals.up} + ${change(1)}`,
        down: sql`${voteTotals.down} + ${change(-1)}`,
      })
      .where(eq(voteTotals.evidenceId, evidenceId));
    await queueTraining(tx, ctx);
    return { evidenceId, ...(await standingOf(tx, ctx, evidenceId)) };
  });
}

/** Who votes on the same record waits here, so that no two read the same sums. */
async function lockTotals(tx: Tx, workspaceId: string, evidenceId: string): Promise<void> {
  await tx.insert(voteTotals).values({ workspaceId, evidenceId }).onConflictDoNothing();
  await tx
    .select({ up: voteTotals.up })
    .from(voteTotals)
    .where(eq(voteTotals.evidenceId, evidenceId))
    .for('update');
}

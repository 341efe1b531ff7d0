import { and, eq, sql } from 'drizzle-orm';
import { flagDecisions, flags } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, notFound } from '@/server/errors';
import { subjectOf, voterOf } from './evidence';
import type { FlagInput } from './schema';

/**
 * Puts a record before the review queue. The same reason again, while nobody has decided, replaces the
 * comment. Throws NOT_FOUND, FORBIDDEN, INVALID `EVIDENCE_AMBIGUOUS`.
 */
export async function flag({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: FlagInput;
}): Promise<{ flagId: string; evidenceId: string }> {
  authorise(ctx, 'feedback.write');
  const voter = voterOf(ctx.actor);
  const comment = input.comment || null;
  return inWorkspace(ctx, async (tx) => {
    const { evidenceId, jobId } = await subjectOf(tx, input);
    const { workspaceId } = ctx.actor;
    const { reason } = input;
    const [row] = await tx
      .insert(flags)
      .values({ workspaceId, evidenceId, jobId, ...voter, reason, comment, createdAt: ctx.now() })
      .onConflictDoUpdate({
        target: [flags.workspaceId, flags.evidenceId, flags.voterKind, flags.voterId, flags.reason],
        targetWhere: sql`${flags.status} = 'open'`,
        set: { comment },
      })
      .returning({ id: flags.id });
    return { flagId: (row as { id: string }).id, evidenceId };
  });
}

/**
 * Takes one's own flag back. Throws NOT_FOUND, and CONFLICT once anybody has decided about it: what was
 * decided stays on record.
 */
export async function withdrawFlag({ ctx, flagId }: { ctx: Ctx; flagId: string }): Promise<void> {
  authorise(ctx, 'feedback.write');
  const { voterKind, voterId } = voterOf(ctx.actor);
  await inWorkspace(ctx, async (tx) => {
    const mine = and(
      eq(flags.id, flagId),
      eq(flags.voterKind, voterKind),
      eq(flags.voterId, voterId),
      eq(flags.status, 'open'),
    );
    const [known] = await tx.select({ id: flags.id }).from(flags).where(mine).for('update');
    if (!known) throw notFound('open flag of yours');
    const [decision] = await tx
      .select({ id: flagDecisions.id })
      .from(flagDecisions)
      .where(eq(flagDecisions.flagId, flagId))
      .limit(1);
    if (decision) {
      throw conflict(
        'FLAG_WAS_DECIDED',
        'Somebody has decided about this flag and opened it again. Its history stays in the review queue.',
      );
    }
    await tx.delete(flags).where(mine);
  });
}

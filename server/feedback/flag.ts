import { and, eq } from 'drizzle-orm';
import { flags } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
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
    const open = and(
      eq(flags.evidenceId, evidenceId),
      eq(flags.voterKind, voter.voterKind),
      eq(flags.voterId, voter.voterId),
      eq(flags.reason, input.reason),
      eq(flags.status, 'open'),
    );
    const { workspaceId } = ctx.actor;
    const { reason } = input;
    await tx
      .insert(flags)
      .values({ workspaceId, evidenceId, jobId, ...voter, reason, comment, createdAt: ctx.now() })
      .onConflictDoNothing();
    const [row] = await tx.update(flags).set({ comment }).where(open).returning({ id: flags.id });
    return { flagId: (row as { id: string }).id, evidenceId };
  });
}

/** Takes one's own flag back while nobody has decided. Throws NOT_FOUND. */
export async function withdrawFlag({ ctx, flagId }: { ctx: Ctx; flagId: string }): Promise<void> {
  authorise(ctx, 'feedback.write');
  const { voterKind, voterId } = voterOf(ctx.actor);
  await inWorkspace(ctx, async (tx) => {
    const [gone] = await tx
      .delete(flags)
      .where(
        and(
          eq(flags.id, flagId),
          eq(flags.voterKind, voterKind),
          eq(flags.voterId, voterId),
          eq(flags.status, 'open'),
        ),
      )
      .returning({ id: flags.id });
    if (!gone) throw notFound('open flag of yours');
  });
}

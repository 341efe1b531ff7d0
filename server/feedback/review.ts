/** The review queue: flags, and what admins and researchers decide about them. */
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { evidence, flagDecisions, flags, jobs } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, DomainError, notFound } from '@/server/errors';
import { type Decision, FLAG_PAGE, type FlagReason, type FlagStatus } from './schema';

export interface FlagView {
  id: string;
  evidenceId: string;
  jobId: string;
  /** What the job asked about. */
  jobInput: string;
  title: string;
  source: string;
  externalId: string;
  reason: FlagReason;
  comment: string | null;
  status: FlagStatus;
  flaggedBy: string;
  createdAt: Date;
  decisions: { status: FlagStatus; note: string | null; by: string; at: Date }[];
}

/** One page of flags under a status, the latest first, and how many there are under each. */
export async function listFlags({
  ctx,
  status = 'open',
  page = 1,
}: {
  ctx: Ctx;
  status?: FlagStatus;
  page?: number;
}): Promise<{ flags: FlagView[]; counts: Record<FlagStatus, number>; pages: number }> {
  authorise(ctx, 'feedback.read');
  return inWorkspace(ctx, async (tx) => {
    const totals = await tx
      .select({ status: flags.status, n: count() })
      .from(flags)
      .groupBy(flags.status);
    const counts = { open: 0, accepted: 0, rejected: 0 };
    for (const row of totals) counts[row.status] = row.n;
    const rows = await tx
      .select({
        id: flags.id,
        evidenceId: flags.evidenceId,
        jobId: flags.jobId,
        jobInput: jobs.input,
        title: evidence.title,
        source: evidence.source,
        externalId: evidence.externalId,
        reason: flags.reason,
        comment: flags.comment,
        status: flags.status,
        flaggedBy: flags.voterName,
        createdAt: flags.createdAt,
      })
      .from(flags)
      .innerJoin(jobs, eq(jobs.id, flags.jobId))
      .innerJoin(evidence, and(eq(evidence.jobId, flags.jobId), eq(evidence.id, flags.evidenceId)))
      .where(eq(flags.status, status))
      .orderBy(desc(flags.createdAt), asc(flags.id))
      .limit(FLAG_PAGE)
      .offset((page - 1) * FLAG_PAGE);
    const decisions = await tx
      .select()
      .from(flagDecisions)
      .where(
        rows.length > 0
          ? inArray(
              flagDecisions.flagId,
              rows.map(({ id }) => id),
            )
          : sql`false`,
      )
      .orderBy(asc(flagDecisions.id));
    return {
      counts,
      pages: Math.max(1, Math.ceil(counts[status] / FLAG_PAGE)),
      flags: rows.map((row) => ({
        ...row,
        decisions: decisions
          .filter(({ flagId }) => flagId === row.id)
          .map(({ status, note, decidedByName, at }) => ({ status, note, by: decidedByName, at })),
      })),
    };
  });
}

/**
 * Accepts or rejects a flag, or opens it again. The decision joins the flag's history and the audit log.
 * Throws NOT_FOUND, FORBIDDEN, and CONFLICT when it stands so already.
 */
export async function decideFlag({ ctx, input }: { ctx: Ctx; input: Decision }): Promise<void> {
  authorise(ctx, 'feedback.review');
  const { actor } = ctx;
  if (actor.kind !== 'user') {
    throw new DomainError('FORBIDDEN', 'NOT_A_PERSON', 'A person decides about flags.');
  }
  const { flagId, status, note } = input;
  await inWorkspace(ctx, async (tx) => {
    const [known] = await tx.select().from(flags).where(eq(flags.id, flagId)).for('update');
    if (!known) throw notFound('flag');
    if (known.status === status) {
      throw conflict('FLAG_STANDS_SO', `This flag is ${status} already. Reload to see by whom.`);
    }
    await tx.update(flags).set({ status }).where(eq(flags.id, flagId));
    await tx.insert(flagDecisions).values({
      flagId,
      workspaceId: actor.workspaceId,
      status,
      note: note || null,
      decidedBy: actor.userId,
      decidedByName: actor.name,
      at: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      action: 'flag.decided',
      target: { kind: 'evidence', id: known.evidenceId },
      details: { flag: flagId, reason: known.reason, before: known.status, after: status },
    });
  });
}

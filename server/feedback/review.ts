/** The review queue: flags, and what admins and researchers decide about them. */
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
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
  /** Null, as source and its id are, where the job was asked again and no longer finds the record. */
  title: string | null;
  source: string | null;
  externalId: string | null;
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
      .leftJoin(evidence, and(eq(evidence.jobId, flags.jobId), eq(evidence.id, flags.evidenceId)))
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
 * Throws NOT_FOUND, FORBIDDEN, and CONFLICT when it stands so already or was raised anew meanwhile.
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
    if (status === 'open') await refuseSecond(tx, known);
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

/** A person has one open flag a record and reason: raised anew, the earlier one stays decided. */
async function refuseSecond(tx: Tx, known: typeof flags.$inferSelect): Promise<void> {
  const [second] = await tx
    .select({ id: flags.id })
    .from(flags)
    .where(
      and(
        eq(flags.evidenceId, known.evidenceId),
        eq(flags.voterKind, known.voterKind),
        eq(flags.voterId, known.voterId),
        eq(flags.reason, known.reason),
        eq(flags.status, 'open'),
      ),
    );
  if (second) {
    throw conflict(
      'FLAGGED_AGAIN',
      `${known.voterName} has flagged this record for the same reason again. Decide about that flag.`,
    );
  }
}

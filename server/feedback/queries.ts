/** Reads about votes and flags. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { evidence, flags, jobs, votes, voteTotals } from '@/db/schema';
import { allows, authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { voterOf } from './evidence';
import { type Standing, UNVOTED } from './schema';

/**
 * How the job's records stand, by evidence id; records that nobody spoke of are left out. Throws NOT_FOUND
 * for a stranger's job.
 */
export async function feedbackOfJob({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<Record<string, Standing>> {
  authorise(ctx, 'feedback.read');
  return inWorkspace(ctx, async (tx) => {
    const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
    if (!job) throw notFound('job');
    const spoken = tx.select({ id: evidence.id }).from(evidence).where(eq(evidence.jobId, jobId));
    return standings(tx, ctx, (column) => inArray(column, spoken));
  });
}

export async function standingOf(tx: Tx, ctx: Ctx, evidenceId: string): Promise<Standing> {
  return (await standings(tx, ctx, (column) => eq(column, evidenceId)))[evidenceId] ?? UNVOTED;
}

type EvidenceColumn =
  | typeof votes.evidenceId
  | typeof voteTotals.evidenceId
  | typeof flags.evidenceId;

async function standings(
  tx: Tx,
  ctx: Ctx,
  among: (column: EvidenceColumn) => ReturnType<typeof eq>,
): Promise<Record<string, Standing>> {
  const voter = voterOf(ctx.actor);
  const [mine, totals, flagged] = await Promise.all([
    tx
      .select({ id: votes.evidenceId, value: votes.value })
      .from(votes)
      .where(
        and(
          among(votes.evidenceId),
          eq(votes.voterKind, voter.voterKind),
          eq(votes.voterId, voter.voterId),
        ),
      ),
    tx.select().from(voteTotals).where(among(voteTotals.evidenceId)),
    tx
      .select({
        id: flags.evidenceId,
        reason: flags.reason,
        status: flags.status,
        voterId: flags.voterId,
      })
      .from(flags)
      .where(
        and(
          among(flags.evidenceId),
          or(
            eq(flags.status, 'accepted'),
            and(eq(flags.status, 'open'), eq(flags.voterId, voter.voterId)),
          ),
        ),
      ),
  ]);
  const seesAll = !allows(ctx.actor, 'feedback.write');
  const found: Record<string, Standing> = {};
  const at = (id: string): Standing => {
    found[id] ??= { ...UNVOTED, flagged: [], accepted: [] };
    return found[id];
  };
  for (const { id, value } of mine) at(id).mine = value as 1 | -1;
  for (const { evidenceId, up, down } of totals) {
    const standing = at(evidenceId);
    if (seesAll || standing.mine !== null) standing.totals = { up, down };
  }
  for (const { id, reason, status } of flagged) {
    const list = status === 'open' ? at(id).flagged : at(id).accepted;
    if (!list.includes(reason)) list.push(reason);
  }
  return found;
}

/** The order in which a job's evidence is shown, and the record of having shown it. */
import { count, countDistinct, eq } from 'drizzle-orm';
import { evidence, rankers, rankImpressions, votes } from '@/db/schema';
import { allows, authorise, type Ctx, inWorkspace } from '@/server/context';
import { DomainError, notFound } from '@/server/errors';
import { featuresOf, scoreOf, weightsOf } from './features';
import { recordsOf, totalsOf } from './records';
import type { Impression, Measured } from './schema';

export interface RankingView {
  /** 0: the usual order, nothing has been learned yet. */
  version: number;
  /** Higher stands first; empty for the usual order. */
  scores: Record<string, number>;
  measured: Measured | null;
  /** How far the workspace is from learning. */
  votes: number;
  people: number;
  /** Two neighbours whose order is drawn by lot this time, so that it can be told how much position does. */
  lot: { at: number; swap: boolean } | null;
}

const LOT_SHARE = 0.2;
const LOT_WITHIN = 20;

/** The workspace's learned order for a job's records. Throws NOT_FOUND for a stranger's job. */
export async function rankingOf({
  ctx,
  jobId,
  random = Math.random,
}: {
  ctx: Ctx;
  jobId: string;
  random?: () => number;
}): Promise<RankingView> {
  authorise(ctx, 'feedback.read');
  const records = await recordsOf(ctx, jobId);
  if (!records) throw notFound('job');
  const { rows, about } = records;
  const [inUse, said] = await inWorkspace(ctx, (tx) =>
    Promise.all([
      tx.select().from(rankers).where(eq(rankers.status, 'in-use')),
      tx
        .select({ votes: count(), people: countDistinct(votes.voterId) })
        .from(votes)
        .where(eq(votes.voterKind, 'user')),
    ]),
  );
  const ranker = inUse[0];
  const weights = ranker ? weightsOf(ranker.weights) : [];
  const pairs = Math.min(rows.length, LOT_WITHIN) - 1;
  const isDrawn = pairs > 0 && allows(ctx.actor, 'feedback.write') && random() < LOT_SHARE;
  const earlier = ranker ? await totalsOf(ctx) : new Map<string, never>();
  return {
    version: ranker?.version ?? 0,
    measured: (ranker?.measured as Measured | undefined) ?? null,
    votes: said[0]?.votes ?? 0,
    people: said[0]?.people ?? 0,
    scores: ranker
      ? Object.fromEntries(
          rows.map((row) => [row.id, scoreOf(weights, featuresOf(row, { ...about, earlier }))]),
        )
      : {},
    lot: isDrawn ? { at: Math.floor(random() * pairs), swap: random() < 0.5 } : null,
  };
}

/** Records that somebody was shown a list. Throws NOT_FOUND when it names what the job does not have. */
export async function recordImpression({
  ctx,
  input: { jobId, version, shown, pairAt },
}: {
  ctx: Ctx;
  input: Impression;
}): Promise<void> {
  authorise(ctx, 'feedback.write');
  const { actor } = ctx;
  if (actor.kind !== 'user') {
    throw new DomainError('FORBIDDEN', 'NOT_A_PERSON', 'Only people are shown lists.');
  }
  await inWorkspace(ctx, async (tx) => {
    const known = await tx
      .select({ id: evidence.id })
      .from(evidence)
      .where(eq(evidence.jobId, jobId));
    const ids = new Set(known.map(({ id }) => id));
    if (!shown.every((id) => ids.has(id))) throw notFound('evidence in this job');
    await tx.insert(rankImpressions).values({
      workspaceId: actor.workspaceId,
      userId: actor.userId,
      jobId,
      rankingVersion: version,
      shown,
      pairAt,
      at: ctx.now(),
    });
  });
}

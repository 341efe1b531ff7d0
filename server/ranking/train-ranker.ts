/** Learning a workspace's order from its votes, and giving it up again when it does not hold. */
import { and, desc, eq, lt, not, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { rankers, rankImpressions, votes } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { enqueue } from '@/server/queue/enqueue';
import { compare, crossValidate, type Lift } from './evaluate';
import { featuresOf, namedWeights, weightsOf } from './features';
import { train } from './model';
import { estimateBias, propensityOf } from './propensity';
import { recordsOf, totalsOf } from './records';
import { type Measured, NEEDS } from './schema';
import type { Session } from './session';

type Ranker = typeof rankers.$inferSelect;
type Vote = typeof votes.$inferSelect;
type Seen = typeof rankImpressions.$inferSelect;

const TRAIN_EVERY_MS = 10 * 60_000;
/** Up-votes since a ranker came into use, before it can be found wanting. */
const FRESH_VOTES = 30;
/** How long a list that was shown is kept for votes that may yet come. */
const UNANSWERED_DAYS = 90;
/** A lift that nobody would notice puts nothing in use. */
const LEAST_LIFT = 0.01;

/** Trains within ten minutes of a vote, and once for all votes of these minutes. */
export function queueTraining(tx: Tx, ctx: Ctx): Promise<void> {
  const { workspaceId } = ctx.actor;
  const runAt = new Date(Math.ceil(ctx.now().getTime() / TRAIN_EVERY_MS) * TRAIN_EVERY_MS);
  return enqueue(
    tx,
    'train-ranker',
    { workspaceId },
    { key: `train-ranker:${workspaceId}`, runAt },
  );
}

export type Outcome =
  | 'too few votes'
  | 'in use'
  | 'no better than the present order'
  | 'rolled back'
  /** Another training of the same workspace was faster; its ranker stays. */
  | 'overtaken';

/**
 * Gives up the ranker in use when votes cast since speak against it; otherwise trains one on all votes and
 * puts it in use if it orders votes it has not seen better than the present order does.
 */
export async function trainRanker({ ctx }: { ctx: Ctx }): Promise<Outcome> {
  const { said, seen, inUse } = await inWorkspace(ctx, async (tx) => {
    await forgetUnanswered(tx, ctx);
    return {
      said: await tx.select().from(votes).where(eq(votes.voterKind, 'user')),
      seen: await tx
        .select()
        .from(rankImpressions)
        .where(isAnswered)
        .orderBy(desc(rankImpressions.at)),
      inUse: (await tx.select().from(rankers).where(eq(rankers.status, 'in-use')))[0] ?? null,
    };
  });
  const people = new Set(said.map(({ voterId }) => voterId)).size;
  if (said.length < NEEDS.votes || people < NEEDS.people) return 'too few votes';
  const sessions = await sessionsOf(ctx, said, seen);
  const { eta } = estimateBias(sessions);
  const propensity = propensityOf(eta);

  if (inUse) {
    const fresh = await sessionsOf(
      ctx,
      said.filter(({ castAt }) => castAt > inUse.trainedAt),
      seen,
    );
    const previous = await predecessor(ctx, inUse);
    const base = previous && weightsOf(previous.weights);
    const ups = fresh.flatMap(({ items }) => items).filter(({ vote }) => vote === 1).length;
    const lift =
      ups >= FRESH_VOTES ? compare(fresh, weightsOf(inUse.weights), base, propensity) : null;
    if (lift && lift.high < 0) {
      await rollBack(ctx, inUse, previous, lift);
      return 'rolled back';
    }
  }

  const present = inUse && weightsOf(inUse.weights);
  const lift = crossValidate(sessions, present, propensity);
  const isBetter = lift !== null && lift.low > 0 && lift.mean >= LEAST_LIFT;
  if (lift) {
    const measured = { ...lift, votes: said.length, people, eta, replaced: inUse?.version ?? 0 };
    const found = { weights: train(sessions, propensity), measured, isBetter };
    if (!(await keep(ctx, inUse, found))) return 'overtaken';
  }
  return isBetter ? 'in use' : 'no better than the present order';
}

/** Whoever was shown the list voted on something of that job; from others nothing is learned. */
const isAnswered = sql`exists (
  select from ${votes}
  where ${votes.jobId} = ${rankImpressions.jobId} and ${votes.voterId} = ${rankImpressions.userId})`;

/** Lists are shown far more often than voted on: what nobody answered in time is not kept. */
async function forgetUnanswered(tx: Tx, ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - UNANSWERED_DAYS * 86_400_000);
  await tx.delete(rankImpressions).where(and(lt(rankImpressions.at, before), not(isAnswered)));
}

/**
 * One for each person and job: the list as it was last shown before the first vote on it, else as it was
 * first shown. Votes on what was never shown in a list teach nothing about order.
 */
async function sessionsOf(
  ctx: Ctx,
  said: readonly Vote[],
  seen: readonly Seen[],
): Promise<Session[]> {
  const totals = await totalsOf(ctx);
  const byJob = new Map<string, Vote[]>();
  for (const vote of said) byJob.set(vote.jobId, [...(byJob.get(vote.jobId) ?? []), vote]);
  const sessions: Session[] = [];
  for (const [jobId, ofJob] of byJob) {
    const records = await recordsOf(ctx, jobId);
    if (!records) continue;
    for (const voterId of new Set(ofJob.map((vote) => vote.voterId))) {
      const own = new Map(
        ofJob.filter((vote) => vote.voterId === voterId).map((vote) => [vote.evidenceId, vote]),
      );
      const firstAt = Math.min(...[...own.values()].map(({ castAt }) => castAt.getTime()));
      const shown = seen.filter((one) => one.jobId === jobId && one.userId === voterId);
      const list = shown.find(({ at }) => at.getTime() <= firstAt) ?? shown.at(-1);
      if (!list) continue;
      const position = new Map(list.shown.map((id, at) => [id, at]));
      sessions.push({
        voter: voterId,
        pairAt: list.pairAt,
        items: records.rows.flatMap((row) => {
          const at = position.get(row.id);
          if (at === undefined) return [];
          const vote = (own.get(row.id)?.value ?? 0) as 1 | -1 | 0;
          const sums = totals.get(row.id) ?? { up: 0, down: 0 };
          // What one has said oneself must not tell what one will say.
          const others = {
            up: sums.up - Number(vote === 1),
            down: sums.down - Number(vote === -1),
          };
          const earlier = new Map([[row.id, others]]);
          const features = featuresOf(row, { ...records.about, earlier });
          return [{ id: row.id, position: at, isAlarm: row.alarm !== null, features, vote }];
        }),
      });
    }
  }
  return sessions;
}

/** The ranker that this one replaced; null for the usual order. */
async function predecessor(ctx: Ctx, { measured }: Ranker): Promise<Ranker | null> {
  const { replaced } = measured as Measured;
  const [row] = await inWorkspace(ctx, (tx) =>
    tx.select().from(rankers).where(eq(rankers.version, replaced)),
  );
  return row ?? null;
}

const rounded = (value: number) => value.toFixed(3);
const inWords = ({ mean, low, high }: Lift) =>
  `${rounded(mean)} (95 % interval ${rounded(low)} to ${rounded(high)})`;

async function rollBack(
  ctx: Ctx,
  ranker: Ranker,
  previous: Ranker | null,
  lift: Lift,
): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    await tx
      .update(rankers)
      .set({
        status: 'retired',
        reason: `Given up: on votes cast since, nDCG changed by ${inWords(lift)}.`,
      })
      .where(eq(rankers.version, ranker.version));
    if (!previous) return;
    await tx
      .update(rankers)
      .set({ status: 'in-use', reason: `In use again after version ${ranker.version}.` })
      .where(eq(rankers.version, previous.version));
  });
}

/** False, and nothing is kept, when another ranker came into use since `inUse` was looked up. */
async function keep(
  ctx: Ctx,
  inUse: Ranker | null,
  found: { weights: number[]; measured: Measured; isBetter: boolean },
): Promise<boolean> {
  const { weights, measured, isBetter } = found;
  return inWorkspace(ctx, async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`ranker:${ctx.actor.workspaceId}`}, 0))`,
    );
    const [present] = await tx.select().from(rankers).where(eq(rankers.status, 'in-use'));
    if (present?.version !== inUse?.version) return false;
    const [last] = await tx
      .select({ version: rankers.version })
      .from(rankers)
      .orderBy(desc(rankers.version))
      .limit(1);
    const version = (last?.version ?? 0) + 1;
    if (isBetter && inUse) {
      await tx
        .update(rankers)
        .set({ status: 'retired', reason: `Replaced by version ${version}.` })
        .where(eq(rankers.version, inUse.version));
    }
    await tx.insert(rankers).values({
      workspaceId: ctx.actor.workspaceId,
      version,
      status: isBetter ? 'in-use' : 'rejected',
      weights: namedWeights(weights),
      measured,
      reason: `On votes held out, nDCG changed by ${inWords(measured)}.`,
      trainedAt: ctx.now(),
    });
    return true;
  });
}

import { count, countDistinct, desc, eq } from 'drizzle-orm';
import { rankers, votes } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { FEATURES, weightsOf } from './features';
import type { Measured } from './schema';

export interface RankerHistory {
  /** How much there is to learn from. */
  votes: number;
  people: number;
  /** What the ranker in use goes by, the weightiest first; empty for the usual order. */
  weights: { feature: string; weight: number }[];
  /** Every ranker that was trained of late, the latest first. */
  versions: {
    version: number;
    status: 'in-use' | 'retired' | 'rejected';
    reason: string;
    measured: Measured;
    trainedAt: Date;
  }[];
}

const SHOWN = 20;
/** Smaller ones move nothing that anybody would notice. */
const LEAST_WEIGHT = 0.005;

/** What the workspace's votes have taught so far, and what became of each lesson. */
export async function rankerHistory({ ctx }: { ctx: Ctx }): Promise<RankerHistory> {
  authorise(ctx, 'feedback.read');
  return inWorkspace(ctx, async (tx) => {
    const [said] = await tx
      .select({ votes: count(), people: countDistinct(votes.voterId) })
      .from(votes)
      .where(eq(votes.voterKind, 'user'));
    const rows = await tx.select().from(rankers).orderBy(desc(rankers.version)).limit(SHOWN);
    const [inUse] = await tx.select().from(rankers).where(eq(rankers.status, 'in-use'));
    const weights = inUse ? weightsOf(inUse.weights) : [];
    return {
      votes: said?.votes ?? 0,
      people: said?.people ?? 0,
      weights: weights
        .map((weight, i) => ({ feature: FEATURES[i] ?? '', weight }))
        .filter(({ weight }) => Math.abs(weight) >= LEAST_WEIGHT)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
      versions: rows.map(({ version, status, reason, measured, trainedAt }) => ({
        version,
        status,
        reason,
        measured: measured as Measured,
        trainedAt,
      })),
    };
  });
}

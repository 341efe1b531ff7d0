import { eq, sql } from 'drizzle-orm';
import { flags, votes } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { krippendorffAlpha } from './agreement';
import { voterOf } from './evidence';

export interface Tally {
  name: string;
  up: number;
  down: number;
}

export interface FeedbackStats {
  votes: { up: number; down: number; voters: number; evidence: number };
  mine: { up: number; down: number };
  bySource: Tally[];
  byKind: Tally[];
  /** `none` for what was not classified. */
  byLevel: Tally[];
  flags: { reason: string; open: number; accepted: number; rejected: number }[];
  /** Krippendorff's α over records with several votes; null where it says nothing. */
  agreement: { alpha: number | null; evidence: number };
}

/** What the workspace's votes and flags add up to; of persons one sees only oneself. */
export async function feedbackStats({ ctx }: { ctx: Ctx }): Promise<FeedbackStats> {
  authorise(ctx, 'feedback.read');
  const me = voterOf(ctx.actor);
  return inWorkspace(ctx, async (tx) => {
    const all = await tx
      .select({
        evidenceId: votes.evidenceId,
        voter: sql<string>`${votes.voterKind} || ':' || ${votes.voterId}`,
        value: votes.value,
        source: votes.source,
        kind: votes.kind,
        level: votes.level,
      })
      .from(votes);
    const flagged = await tx
      .select({
        reason: flags.reason,
        open: sql<number>`count(*) filter (where ${eq(flags.status, 'open')})::int`,
        accepted: sql<number>`count(*) filter (where ${eq(flags.status, 'accepted')})::int`,
        rejected: sql<number>`count(*) filter (where ${eq(flags.status, 'rejected')})::int`,
      })
      .from(flags)
      .groupBy(flags.reason)
      .orderBy(flags.reason);
    const units = groups(all, (v) => v.evidenceId);
    const several = [...units.values()].filter((list) => list.length > 1);
    const own = `${me.voterKind}:${me.voterId}`;
    return {
      votes: {
        ...sums(all),
        voters: new Set(all.map((v) => v.voter)).size,
        evidence: units.size,
      },
      mine: sums(all.filter((v) => v.voter === own)),
      bySource: tallies(all, (v) => v.source),
      byKind: tallies(all, (v) => v.kind),
      byLevel: tallies(all, (v) => v.level ?? 'none'),
      flags: flagged,
      agreement: {
        alpha: krippendorffAlpha(several.map((list) => list.map((v) => v.value))),
        evidence: several.length,
      },
    };
  });
}

const sums = (list: readonly { value: number }[]) => ({
  up: list.filter((v) => v.value > 0).length,
  down: list.filter((v) => v.value < 0).length,
});

function tallies<V extends { value: number }>(list: readonly V[], of: (v: V) => string): Tally[] {
  return [...groups(list, of)]
    .map(([name, group]) => ({ name, ...sums(group) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function groups<V>(list: readonly V[], of: (v: V) => string): Map<string, V[]> {
  const found = new Map<string, V[]>();
  for (const item of list) found.set(of(item), [...(found.get(of(item)) ?? []), item]);
  return found;
}

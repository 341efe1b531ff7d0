/** The order that a workspace's votes have taught, laid over a list in the usual one. Pure. */
import type { EvidenceRow } from '@/server/evidence/rows';
import type { RankingView } from '@/server/ranking';

/**
 * By score where there are scores, then the two neighbours that are drawn by lot this time. What one must
 * be careful with stays on top: no number of votes puts a retraction out of sight.
 */
export function inLearnedOrder(rows: readonly EvidenceRow[], ranking: RankingView): EvidenceRow[] {
  const { scores, lot } = ranking;
  const ordered = [...rows].sort(
    (a, b) =>
      Number(b.alarm !== null) - Number(a.alarm !== null) ||
      (scores[b.id] ?? 0) - (scores[a.id] ?? 0),
  );
  const upper = lot?.swap ? ordered[lot.at] : undefined;
  const lower = lot?.swap ? ordered[lot.at + 1] : undefined;
  if (lot && upper && lower) ordered.splice(lot.at, 2, lower, upper);
  return ordered;
}

/** From where to where the votes have moved each record, counted from 1; unmoved ones are left out. */
export function movesOf(
  usual: readonly EvidenceRow[],
  learned: readonly EvidenceRow[],
): Map<string, { from: number; to: number }> {
  const from = new Map(usual.map(({ id }, at) => [id, at + 1]));
  return new Map(
    learned.flatMap(({ id }, at) => {
      const before = from.get(id);
      return before === undefined || before === at + 1 ? [] : [[id, { from: before, to: at + 1 }]];
    }),
  );
}

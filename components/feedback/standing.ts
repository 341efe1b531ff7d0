/** What a vote makes of a standing, before the server has said so. Pure. */
import type { Standing } from '@/server/feedback/schema';

/** Sums that are not known yet stay unknown until the server tells them. */
export function withVote(standing: Standing, value: Standing['mine']): Standing {
  const { mine, totals } = standing;
  if (!totals) return { ...standing, mine: value };
  const change = (direction: 1 | -1) => Number(value === direction) - Number(mine === direction);
  return {
    ...standing,
    mine: value,
    totals: value === null ? null : { up: totals.up + change(1), down: totals.down + change(-1) },
  };
}

import { expect, it } from 'vitest';
import { UNVOTED } from '@/server/feedback/schema';
import { withVote } from './standing';

it('moves a vote from one sum to the other', () => {
  const up = { ...UNVOTED, mine: 1 as const, totals: { up: 3, down: 1 } };
  expect(withVote(up, -1)).toMatchObject({ mine: -1, totals: { up: 2, down: 2 } });
});

it('makes up no sums', () => {
  expect(withVote(UNVOTED, 1)).toMatchObject({ mine: 1, totals: null });
});

it('hides the sums from who has no vote any more', () => {
  const up = { ...UNVOTED, mine: 1 as const, totals: { up: 3, down: 1 } };
  expect(withVote(up, null)).toMatchObject({ mine: null, totals: null });
});

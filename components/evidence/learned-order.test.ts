import { expect, it } from 'vitest';
import type { EvidenceRow } from '@/server/evidence/rows';
import type { RankingView } from '@/server/ranking';
import { inLearnedOrder, movesOf } from './learned-order';

const rows = ['a', 'b', 'c', 'd'].map(
  (id) => ({ id, alarm: null as string | null }) as EvidenceRow,
);
const view = (change: Partial<RankingView>): RankingView => ({
  version: 0,
  scores: {},
  measured: null,
  votes: 0,
  people: 0,
  lot: null,
  ...change,
});
const ids = (list: readonly EvidenceRow[]) => list.map(({ id }) => id).join('');

it('keeps the usual order where nothing was learned', () => {
  expect(ids(inLearnedOrder(rows, view({})))).toBe('abcd');
});

it('puts what scores higher first, ties as usual', () => {
  const scores = { a: 0, b: 2, c: 2, d: 3 };
  const learned = inLearnedOrder(rows, view({ scores }));
  expect(ids(learned)).toBe('dbca');
  expect(movesOf(rows, learned)).toEqual(
    new Map([
      ['d', { from: 4, to: 1 }],
      ['a', { from: 1, to: 4 }],
    ]),
  );
});

it('leaves on top what one must be careful with, however little it scores', () => {
  const careful = rows.map((row) => (row.id === 'a' ? { ...row, alarm: 'retracted' } : row));
  const scores = { a: -9, b: 0, c: 1, d: 2 };
  expect(ids(inLearnedOrder(careful, view({ scores })))).toBe('adcb');
});

it('swaps two neighbours where the lot says so', () => {
  expect(ids(inLearnedOrder(rows, view({ lot: { at: 1, swap: true } })))).toBe('acbd');
  expect(ids(inLearnedOrder(rows, view({ lot: { at: 1, swap: false } })))).toBe('abcd');
  expect(ids(inLearnedOrder(rows, view({ lot: { at: 3, swap: true } })))).toBe('abcd');
});

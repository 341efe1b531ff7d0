import { expect, it } from 'vitest';
import type { PageWord } from '@/server/papers/reading';
import { rectsOf } from './rects';

/** "No effect was seen. It ended." over two lines of a page of 100 by 200 points. */
const words: PageWord[] = [
  [0, 2, 10, 20, 10, 10],
  [3, 9, 22, 20, 20, 10],
  [10, 13, 44, 20, 12, 10],
  [14, 19, 10, 34, 20, 10],
  [20, 22, 32, 34, 8, 10],
  [23, 29, 42, 34, 20, 10],
];
const page = { widthPt: 100, heightPt: 200, words };

it('draws one rectangle a line around the words of a sentence', () => {
  expect(rectsOf(page, 0, 19)).toEqual([
    { x: 0.1, y: 0.1, width: 0.46, height: 0.05 },
    { x: 0.1, y: 0.17, width: 0.2, height: 0.05 },
  ]);
});

it('marks a word whole that is cited in part, and none that only touches', () => {
  expect(rectsOf(page, 20, 25)).toEqual([{ x: 0.32, y: 0.17, width: 0.3, height: 0.05 }]);
  expect(rectsOf(page, 19, 20)).toEqual([]);
});

it('keeps what stands in another column apart', () => {
  const columns: PageWord[] = [
    [0, 4, 10, 180, 20, 10],
    [5, 9, 60, 20, 20, 10],
    [10, 14, 82, 20, 10, 10],
  ];
  expect(rectsOf({ ...page, words: columns }, 0, 14)).toHaveLength(2);
});

it('keeps to the line where a sign claims more room than it takes', () => {
  const formula: PageWord[] = [
    [0, 5, 10, 20, 20, 10],
    [6, 11, 32, 20, 20, 10],
    [12, 13, 54, 18, 6, 40],
  ];
  expect(rectsOf({ ...page, words: formula }, 0, 13)).toEqual([
    { x: 0.1, y: 0.1, width: 0.5, height: 0.05 },
  ]);
});

import { expect, test } from 'vitest';
import { placesOf } from './places';
import type { Word } from './words';

const words = (...spans: [number, number][]) =>
  spans.map(([start, end]) => ({ start, end }) as Word);

test('words that follow each other are one place, halves of a broken word too', () => {
  expect(placesOf([{ page: 1, words: words([0, 9], [10, 12]) }])).toEqual([
    { page: 1, start: 0, end: 12 },
  ]);
  const halves = [
    { page: 1, words: words([0, 12]) },
    { page: 1, words: words([12, 21]) },
  ];
  expect(placesOf(halves)).toEqual([{ page: 1, start: 0, end: 21 }]);
});

test('words of another page, or further on, are another place', () => {
  const parts = [
    { page: 1, words: words([0, 4]) },
    { page: 1, words: words([9, 12]) },
    { page: 2, words: words([12, 14]) },
  ];
  expect(placesOf(parts)).toHaveLength(3);
});

import { expect, it } from 'vitest';
import { letter, markTexts } from './marks';

const texts = (...marks: [number, ...number[]][]) =>
  markTexts(marks.map(([number, ...places]) => ({ number, places }))).map(({ text }) => text);

it('letters places, neighbours as a span', () => {
  expect(texts([1, 0, 1, 2, 3])).toEqual(['1a-d']);
  expect(texts([1, 1, 0])).toEqual(['1a,b']);
  expect(texts([6, 0, 1, 26])).toEqual(['6a,b,aa']);
  expect(texts([1, 5, 0, 2, 3, 4])).toEqual(['1a,c-f']);
});

it('draws consecutive entries together only where the same places are cited', () => {
  expect(texts([3, 0], [1, 0], [2, 0])).toEqual(['1a–3a']);
  expect(texts([1, 1], [2, 0], [3, 0], [5, 0])).toEqual(['1b', '2a–3a', '5a']);
  expect(texts([4], [5], [6])).toEqual(['4–6']);
});

it('goes on after z', () => {
  expect([0, 25, 26, 27, 52, 701, 702].map(letter)).toEqual([
    'a',
    'z',
    'aa',
    'ab',
    'ba',
    'zz',
    'aaa',
  ]);
});

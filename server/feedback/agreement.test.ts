import { expect, it } from 'vitest';
import { krippendorffAlpha } from './agreement';

it('gives the published value of the nominal example', () => {
  // Krippendorff 2011, example C: four observers, twelve units, α = 0.743.
  const units = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
  ];
  expect(krippendorffAlpha(units)).toBeCloseTo(0.743, 3);
});

it('says nothing where nothing can be said', () => {
  expect(krippendorffAlpha([])).toBeNull();
  expect(krippendorffAlpha([[1], [-1]])).toBeNull();
  expect(
    krippendorffAlpha([
      [1, 1],
      [1, 1],
    ]),
  ).toBeNull();
});

it('is 1 for agreement and negative for its opposite', () => {
  expect(
    krippendorffAlpha([
      [1, 1],
      [-1, -1],
    ]),
  ).toBe(1);
  expect(
    krippendorffAlpha([
      [1, -1],
      [1, -1],
    ]),
  ).toBeLessThan(0);
});

import { expect, it } from 'vitest';
import { heatLevel, toPercent } from './scale';

it('places a value between its ends and stops there', () => {
  expect(toPercent(0, -2, 2)).toBe(50);
  expect(toPercent(-3, -2, 2)).toBe(0);
  expect(toPercent(9, -2, 2)).toBe(100);
  expect(toPercent(1, 1, 1)).toBe(0);
});

it('keeps step 0 for a true zero', () => {
  expect(heatLevel(0, 1)).toBe(0);
  expect(heatLevel(0.001, 1)).toBe(1);
  expect(heatLevel(0.2, 1)).toBe(1);
  expect(heatLevel(0.21, 1)).toBe(2);
  expect(heatLevel(5, 1)).toBe(5);
  expect(heatLevel(1, 0)).toBe(0);
});

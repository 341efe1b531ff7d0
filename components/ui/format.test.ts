import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCountOf,
  formatDuration,
  formatElapsed,
  formatFigure,
  formatInstant,
  formatRelative,
} from './format';

it('groups and inflects counts', () => {
  expect(formatCountOf(1, 'trial')).toBe('1 trial');
  expect(formatCountOf(0, 'trial')).toBe('0 trials');
  expect(formatCountOf(1204, 'study', 'studies')).toBe('1,204 studies');
});

it('writes signed figures with a minus, and no negative zero', () => {
  expect(formatFigure(-0.251)).toBe('−0.25');
  expect(formatFigure(-0.001)).toBe('0.00');
  expect(formatFigure(3, 0)).toBe('3');
});

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1240, '1.2 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [92_000, '1 min 32 s'],
  [3_599_600, '1 h 00 min'],
  [7_500_000, '2 h 05 min'],
  [273_600_000, '3 d 4 h'],
])('writes %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('counts running clocks in whole seconds', () => {
  expect(formatElapsed(-5)).toBe('0 s');
  expect(formatElapsed(9_999)).toBe('9 s');
  expect(formatElapsed(61_500)).toBe('1 min 01 s');
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_400, '999 kB'],
  [999_600, '1.0 MB'],
  [1_536_000, '1.5 MB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

describe('times', () => {
  const now = Date.UTC(2026, 2, 4, 9, 7, 31);
  const ago = (ms: number) => formatRelative(new Date(now - ms), now);

  it('says how long ago, and from a month on the day', () => {
    expect(ago(3_000)).toBe('just now');
    expect(ago(-3_000)).toBe('just now');
    expect(ago(40_000)).toBe('40 s ago');
    expect(ago(59_600)).toBe('1 min ago');
    expect(ago(4 * 60_000)).toBe('4 min ago');
    expect(ago(26 * 3_600_000)).toBe('yesterday');
    expect(ago(-40_000)).toBe('in 40 s');
    expect(ago(40 * 86_400_000)).toBe('23 Jan 2026');
  });

  it('gives the exact time in UTC', () => {
    expect(formatInstant(new Date(now))).toBe('4 Mar 2026, 09:07:31 UTC');
  });
});

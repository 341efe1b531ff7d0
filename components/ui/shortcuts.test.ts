import { describe, expect, it } from 'vitest';
import { resolveKey, stepRow } from './shortcuts';

const shortcuts = [
  { keys: 'g d', name: 'dashboard' },
  { keys: 'g n', name: 'new' },
  { keys: 'n', name: 'next' },
  { keys: 'j', name: 'down' },
];

function press(keys: string[]): (string | null)[] {
  let pending: string[] = [];
  return keys.map((key) => {
    const resolved = resolveKey(shortcuts, pending, key);
    pending = resolved.pending;
    return resolved.run?.name ?? null;
  });
}

describe('resolveKey', () => {
  it('runs single keys at once and sequences at their last key', () => {
    expect(press(['j', 'g', 'd', 'n'])).toEqual(['down', null, 'dashboard', 'next']);
  });

  it('lets a sequence win over its last key alone', () => {
    expect(press(['g', 'n'])).toEqual([null, 'new']);
  });

  it('starts anew with a key that does not continue the sequence', () => {
    expect(press(['g', 'j', 'd'])).toEqual([null, 'down', null]);
    expect(press(['g', 'g', 'd'])).toEqual([null, null, 'dashboard']);
  });

  it('prefers the shortcut registered last', () => {
    const taken = [...shortcuts, { keys: 'j', name: 'drawer' }];
    expect(resolveKey(taken, [], 'j').run?.name).toBe('drawer');
  });

  it('knows no prefix inside a key name', () => {
    expect(resolveKey([{ keys: 'Enter' }], [], 'E')).toEqual({ run: null, pending: [] });
  });
});

describe('stepRow', () => {
  const ids = ['a', 'b', 'c'];

  it('enters at the near end and stops at both ends', () => {
    expect(stepRow(ids, null, -1, 1)).toBe('a');
    expect(stepRow(ids, null, -1, -1)).toBe('c');
    expect(stepRow(ids, 'c', 2, 1)).toBe('c');
    expect(stepRow(ids, 'a', 0, -1)).toBe('a');
    expect(stepRow([], 'a', 0, 1)).toBeNull();
  });

  it('follows the active row when rows arrive before it', () => {
    expect(stepRow(['new', 'a', 'b', 'c'], 'a', 0, 1)).toBe('b');
  });

  it('goes on from where a row stood that has gone', () => {
    expect(stepRow(['a', 'c', 'd'], 'b', 1, 1)).toBe('c');
    expect(stepRow(['a', 'c', 'd'], 'b', 1, -1)).toBe('a');
    expect(stepRow(['a'], 'c', 2, 1)).toBe('a');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENV_NAMES } from './env';

describe('.env.example', () => {
  it('names every setting and no other', () => {
    const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const named = [...text.matchAll(/^([A-Z_]+)=/gm)].map((m) => m[1]);
    expect(named.sort()).toEqual([...ENV_NAMES].sort());
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { weakSecrets, withFiles } from './secrets';

const GOOD = 'kq3xV0u8Yt1mWz5rBn7cJd2hLs9fPa4gEo6i';

describe('secrets', () => {
  it('come from a file where one is named, unless they are set', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'phial-secret-'));
    const file = path.join(folder, 'secret');
    writeFileSync(file, `${GOOD}\n`);
    const names = ['NEXTAUTH_SECRET'];
    expect(withFiles({ NEXTAUTH_SECRET_FILE: file }, names).NEXTAUTH_SECRET).toBe(GOOD);
    const both = { NEXTAUTH_SECRET_FILE: file, NEXTAUTH_SECRET: 'set' };
    expect(withFiles(both, names).NEXTAUTH_SECRET).toBe('set');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a'.repeat(40)],
    ['change-me-change-me-change-me-change-me'],
    ['your-secret-goes-here-1234567890abcdef'],
    ['please replace this example, 32 chars'],
  ])('refuse to start with %s', (secret) => {
    expect(weakSecrets({ NEXTAUTH_SECRET: secret })).toHaveLength(1);
    expect(weakSecrets({ NEXTAUTH_SECRET: secret, NODE_ENV: 'development' })).toEqual([]);
    expect(weakSecrets({ NEXTAUTH_SECRET: secret }).join()).not.toContain(secret);
  });

  it('accept what a generator makes, and refuse example passwords of the database', () => {
    const url = (password: string) => `postgres://phial_app:${password}@db:5432/phial`;
    expect(weakSecrets({ NEXTAUTH_SECRET: GOOD, DATABASE_URL: url(GOOD) })).toEqual([]);
    expect(weakSecrets({ NEXTAUTH_SECRET: 'f0e1d2c3b4a5968778695a4b3c2d1e0f' })).toEqual([]);
    expect(weakSecrets({ DATABASE_URL: url('postgres') })).toHaveLength(1);
    expect(weakSecrets({ REDIS_URL: 'redis://:changeme@redis:6379' })).toHaveLength(1);
  });
});

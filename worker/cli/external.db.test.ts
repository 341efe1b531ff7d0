/** A command on the database that its environment names, beside the data folder. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { checkout, openDataFolder } from './data-folder';

let parent: string;
let database: TestDatabase;

beforeAll(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'phial-external-test-'));
  database = await createTestDatabase();
});

afterAll(async () => {
  const folder = await openDataFolder(path.join(parent, 'data')).catch(() => null);
  if (folder) await rm(folder.databaseHome, { recursive: true, force: true });
  await rm(parent, { recursive: true, force: true });
  await database?.drop();
});

interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

function ask(urls: Record<string, string>): Promise<Outcome> {
  const { PATH, HOME } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [
        path.join(checkout, 'worker/cli/bootstrap.mjs'),
        ...['ask', 'Does water help?', '--json', '--data', path.join(parent, 'data')],
      ],
      { cwd: parent, env: { NODE_ENV: 'production', PATH, HOME, ...urls } },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const urls = () => ({
  DATABASE_URL: database.appUrl,
  DATABASE_DIRECT_URL: database.directUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
});

test('is worked on there: web and worker roles, queue and events', async () => {
  const { exitCode, stdout, stderr } = await ask(urls());
  // There are no papers, which the worker found out and told.
  expect([exitCode, stderr]).toEqual([3, '']);
  const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(result).toMatchObject({ type: 'result', status: 'abstained' });
  const { databaseHome } = await openDataFolder(path.join(parent, 'data'));
  expect(await readdir(databaseHome)).not.toContain('cluster');
}, 120_000);

test.each([
  [
    'a role is missing',
    () => ({ ...urls(), DATABASE_DIRECT_URL: '' }),
    /DATABASE_DIRECT_URL has to/,
  ],
  [
    'a role is not what it is taken for',
    () => ({ ...urls(), DATABASE_URL: database.ownerUrl }),
    /^DATABASE_URL does not work: .* as phial_owner \(permission denied to set role "phial_app"\)/,
  ],
  [
    'the password is wrong',
    () => ({ ...urls(), DATABASE_OWNER_URL: database.ownerUrl.replace(/:[^:@/]+@/, ':hidden@') }),
    /^DATABASE_OWNER_URL does not work: .* as phial_owner \(password authentication failed/,
  ],
])(
  'is refused in one sentence where %s',
  async (_name, given, sentence) => {
    const { exitCode, stdout, stderr } = await ask(given());
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hidden');
  },
  120_000,
);

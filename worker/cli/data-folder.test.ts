import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { skipAllFor } from '@/tests/skip';
import { openDataFolder } from './data-folder';

let parent: string;
const homes = new Set<string>();

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'phial-data-test-'));
});

afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
  for (const home of homes) {
    for (const one of [home, `${home}.previous`]) await rm(one, { recursive: true, force: true });
  }
  homes.clear();
});

async function open(name: string) {
  const folder = await openDataFolder(path.join(parent, name));
  homes.add(folder.databaseHome);
  return folder;
}

const mode = async (file: string) => (await stat(file)).mode & 0o777;

test('is made on first use, for this account alone', async () => {
  const folder = await open('new/below');
  expect(await mode(folder.path)).toBe(0o700);
  expect(await mode(path.join(folder.path, 'secrets.json'))).toBe(0o600);
  expect(await mode(folder.blobs)).toBe(0o700);
  const passwords = Object.values(folder.secrets);
  expect(new Set(passwords).size).toBe(passwords.length);
  expect(folder.secrets.nextAuthSecret.length).toBeGreaterThanOrEqual(32);
});

test('keeps its secrets and its database', async () => {
  const first = await open('again');
  expect(await open('again')).toEqual(first);
});

test('goes on after a run that was killed on its first write', async () => {
  await mkdir(path.join(parent, 'killed'));
  await writeFile(path.join(parent, 'killed', 'phial.json.unfinished'), '{"form');
  await expect(open('killed')).resolves.toBeDefined();
});

test('is made once by several that open it together', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => open('together/below')));
  expect(new Set(opened.map((folder) => JSON.stringify(folder))).size).toBe(1);
});

test('goes on after a run that was killed while it held the folder', async () => {
  const first = await open('held');
  // No process id is as high as this (the kernel's limit is 4,194,304).
  await writeFile(path.join(first.path, 'phial.lock'), '4194305');
  expect(await open('held')).toEqual(first);
});

describe('a sentence ends', () => {
  const refusal = async (name: string): Promise<string> => {
    const error = await open(name).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'CommandError', exitCode: 1 });
    return (error as Error).message;
  };

  test('a folder with foreign files', async () => {
    await mkdir(path.join(parent, 'foreign'));
    await writeFile(path.join(parent, 'foreign', 'thesis.tex'), '');
    expect(await refusal('foreign')).toMatch(/not a Phial data folder.*thesis\.tex.*--data/);
  });

  test('a folder with a foreign phial.json', async () => {
    await mkdir(path.join(parent, 'other'));
    await writeFile(path.join(parent, 'other', 'phial.json'), '{"colour": "blue"}');
    expect(await refusal('other')).toMatch(/phial\.json is not one of ours/);
  });

  test('a folder of a newer Phial', async () => {
    await mkdir(path.join(parent, 'newer'));
    const marker = { format: 'phial.data', version: 2, installationId: 'x' };
    await writeFile(path.join(parent, 'newer', 'phial.json'), JSON.stringify(marker));
    expect(await refusal('newer')).toMatch(/newer Phial \(format 2.*Update/);
  });

  test('a path below a file', async () => {
    await writeFile(path.join(parent, 'file'), '');
    expect(await refusal('file/below')).toMatch(/cannot use the data folder.*ENOTDIR.*--data/);
  });

  test('a place that takes no folders', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only Linux has /proc');
    await expect(openDataFolder('/proc/phial')).rejects.toThrow(/\/proc\/phial.*--data/);
  });

  test('damaged secrets', async () => {
    const { path: folder } = await open('damaged');
    await writeFile(path.join(folder, 'secrets.json'), '{"superuserPassword": "');
    expect(await refusal('damaged')).toMatch(/secrets\.json is damaged/);
  });
});

describe('as root', () => {
  skipAllFor(process.getuid?.() === 0 ? null : 'another account runs the tests');
  test('the database lies where another account can reach it', async () => {
    const folder = await open('root');
    expect(folder.databaseHome).toMatch(/^\/var\/lib\/phial\/[0-9a-f]{24}$/);
    expect(await mode(folder.databaseHome)).toBe(0o755);
    const pointer = await readFile(path.join(folder.path, 'database.json'), 'utf8');
    expect(JSON.parse(pointer)).toEqual({ home: folder.databaseHome });
  });

  test('the database follows a data folder that is moved', async () => {
    const before = await open('here');
    await rename(before.path, path.join(parent, 'there'));
    expect((await open('there')).databaseHome).toBe(before.databaseHome);
  });

  test('a copy does not share the database of its original', async () => {
    const original = await open('original');
    await cp(original.path, path.join(parent, 'copy'), { recursive: true });
    await expect(open('copy')).rejects.toThrow(/copy of .*original/);
    await expect(open('original')).resolves.toBeDefined();
  });

  test('a deleted data folder leaves its database aside, not in the way', async () => {
    const before = await open('deleted');
    await writeFile(path.join(before.databaseHome, 'rows'), 'of the old one');
    await rm(before.path, { recursive: true });

    const after = await open('deleted');
    expect(after.databaseHome).toBe(before.databaseHome);
    await expect(stat(path.join(after.databaseHome, 'rows'))).rejects.toThrow(/ENOENT/);
    const aside = await readFile(path.join(`${before.databaseHome}.previous`, 'rows'), 'utf8');
    expect(aside).toBe('of the old one');
  });

  test('a database that is gone is not replaced by an empty one', async () => {
    const folder = await open('bereft');
    await rm(folder.databaseHome, { recursive: true });
    await expect(open('bereft')).rejects.toThrow(/is not there any more/);
  });
});

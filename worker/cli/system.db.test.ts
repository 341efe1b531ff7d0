import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withSystem } from './system';

let dataDir: string;
let databaseHome: string | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'phial-system-test-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
  if (databaseHome !== null) await rm(databaseHome, { recursive: true, force: true });
});

vi.setConfig({ testTimeout: 60_000 });

async function countSources(url: string | undefined): Promise<number> {
  const sql = postgres(url ?? '', { max: 1, connect_timeout: 2 });
  try {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from sources`;
    return row?.n ?? -1;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

test('a command gets a migrated database and a worker, and both are gone afterwards', async () => {
  let url: string | undefined;
  let worker = 0;
  const outcome = await withSystem(dataDir, async ({ environment, webUrl, folder }) => {
    databaseHome = folder.databaseHome;
    url = environment.DATABASE_URL;
    expect(process.env.DATABASE_URL).toBe(url);
    expect(webUrl).toBeNull();
    expect(await countSources(url)).toBeGreaterThanOrEqual(0);
    const running = JSON.parse(await readFile(path.join(folder.path, 'running.json'), 'utf8'));
    worker = running.processes.worker;
    expect(process.kill(worker, 0)).toBe(true);
    return 'done';
  });
  expect(outcome).toBe('done');
  expect(process.env.DATABASE_URL).toBeUndefined();
  expect(() => process.kill(worker, 0)).toThrow(/ESRCH/);
  await expect(countSources(url)).rejects.toThrow(/ECONNREFUSED/);
  expect(await readdir(dataDir)).not.toContain('running.json');
});

test('a second command shares what the first started, and the first waits for it', async () => {
  const ends: string[] = [];
  let secondIsIn = () => {};
  const second = new Promise<void>((resolve) => {
    secondIsIn = resolve;
  });
  const first = withSystem(dataDir, () => second).then(() => ends.push('first'));
  await sleep(100);
  await withSystem(dataDir, async ({ environment }) => {
    secondIsIn();
    await sleep(1_000);
    expect(await countSources(environment.DATABASE_URL)).toBeGreaterThanOrEqual(0);
    ends.push('second');
  });
  await first;
  expect(ends).toEqual(['second', 'first']);
});

test('a command that fails leaves nothing running', async () => {
  let url: string | undefined;
  const failing = withSystem(dataDir, async ({ environment }) => {
    url = environment.DATABASE_URL;
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  await expect(countSources(url)).rejects.toThrow(/ECONNREFUSED/);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkout } from './data-folder';
import { type Claim, claimDataFolder } from './running';

// Some cases start programs, which takes a second or two on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'phial-running-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function claim(): Promise<Claim> {
  const result = await claimDataFolder(folder, never);
  if ('running' in result) throw new Error(`claimed by process ${result.running.pid}`);
  return result.claim;
}

/** A launcher in a process of its own, so that it can be killed. */
async function otherLauncher() {
  const script = `
    const { claimDataFolder } = await import('./worker/cli/running.ts');
    const { claim } = await claimDataFolder(process.argv[1], new AbortController().signal);
    await claim.update({ state: 'ready', webUrl: 'http://127.0.0.1:4321', databasePort: 1234 });
    process.stdout.write('ready');
    setInterval(() => {}, 1_000);
  `;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script, folder],
    { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

test('a ready launcher is found by the next', async () => {
  const mine = await claim();
  await mine.update({ state: 'ready', webUrl: 'http://127.0.0.1:3000', databasePort: 5678 });
  expect(await claimDataFolder(folder, never)).toMatchObject({
    running: { pid: process.pid, webUrl: 'http://127.0.0.1:3000', databasePort: 5678 },
  });
  await mine.release();
  expect(await readdir(folder)).toEqual([]);
});

test('running.json tells what runs', async () => {
  const mine = await claim();
  mine.setProcess('worker', 11);
  mine.setProcess('web', 12);
  mine.setProcess('worker', null);
  await mine.update({ databasePort: 5678 });
  const file = JSON.parse(await readFile(path.join(folder, 'running.json'), 'utf8'));
  expect(file).toMatchObject({ pid: process.pid, databasePort: 5678, processes: { web: 12 } });
  await mine.release();
});

test('a killed launcher holds nothing', async () => {
  const other = await otherLauncher();
  expect(await claimDataFolder(folder, never)).toMatchObject({ running: { pid: other.pid } });
  other.kill('SIGKILL');
  await once(other, 'exit');
  const mine = await claim();
  expect(mine.tookOver).toBe(true);
  await mine.release();
});

test('a launcher killed while it wrote its file holds nothing', async () => {
  await writeFile(path.join(folder, 'running.json'), '{"pid": 12');
  const mine = await claim();
  expect(mine.tookOver).toBe(true);
  await mine.release();
});

test('a process that took over the id of a killed launcher is not taken for it', async () => {
  const stale = await claim();
  const status = stale.status();
  await stale.release();
  await writeFile(path.join(folder, 'running.json'), JSON.stringify({ ...status, state: 'ready' }));
  const mine = await claim();
  expect(mine.tookOver).toBe(true);
  await mine.release();
});

test('of many at once one holds the folder, the others wait for it', async () => {
  let holders = 0;
  const hold = async () => {
    const mine = await claim();
    expect(++holders).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    holders--;
    await mine.release();
  };
  await Promise.all([hold(), hold(), hold(), hold()]);
});

test('waiting ends when it is told to', async () => {
  const mine = await claim();
  const stop = new AbortController();
  const waiting = claimDataFolder(folder, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(waiting).rejects.toThrow(/abort/);
  await mine.release();
});

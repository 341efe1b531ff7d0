import { open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './command-error';

/** In the folder while somebody holds it; names the holder's process. */
export const lockName = 'phial.lock';

/** Longer than any holder takes, for a process id may have passed to a stranger. */
const staleAfterMs = 60_000;
/** A holder killed before it wrote its process id. */
const namelessAfterMs = 2_000;

/** Runs `work` while no other process does so on this folder. A killed holder holds nothing. */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, lockName);
  while (!(await take(file))) {
    if (await isStale(file)) await rm(file, { force: true });
    else await sleep(20);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    const ageMs = Date.now() - (await stat(file)).mtimeMs;
    if (pid > 0) return !isAlive(pid) || ageMs > staleAfterMs;
    return ageMs > namelessAfterMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** A whole Phial as people start it, in a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '@/db/client';
import { localMember } from '@/db/local';
import type { RoleUrls } from '@/db/roles';
import { sessionCookie } from '@/server/auth/cookie';
import { openSession } from '@/server/auth/session';
import type { Ctx } from '@/server/context';
import { openStorage } from '@/server/storage';
import { checkout, type DataFolder, openDataFolder } from '@/worker/cli/data-folder';
import { runningDatabaseUrls } from '@/worker/cli/database';
import { freePort } from '@/worker/cli/postgres';

/** Includes building the web application where that was not done yet. */
const startsWithinMs = 600_000;

export interface Phial {
  /** From the command's start until it printed its address. */
  startMs: number;
  webUrl: string;
  urls: RoleUrls;
  /** Ids of the launcher's own process and of those it started, by name. */
  processes: Record<'launcher' | 'web' | 'worker' | 'postgres', number>;
  /** For requests of a signed-in admin. */
  cookie: string;
  /** The same admin, for calling verbs from here. */
  ctx: Ctx;
  stop(): Promise<void>;
}

export async function withDataFolder<T>(work: (folder: DataFolder) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'phial-bench-'));
  let folder: DataFolder | null = null;
  try {
    folder = await openDataFolder(dataDir);
    return await work(folder);
  } finally {
    if (folder) await rm(folder.databaseHome, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}

export async function withPhial<T>(
  folder: DataFolder,
  work: (phial: Phial) => Promise<T>,
): Promise<T> {
  const phial = await startPhial(folder);
  try {
    return await work(phial);
  } finally {
    await phial.stop();
  }
}

async function startPhial(folder: DataFolder): Promise<Phial> {
  const port = await freePort();
  const startedAt = performance.now();
  const launcher = spawn(
    process.execPath,
    ['worker/cli/bootstrap.mjs', 'up', '--port', String(port), '--data', folder.path],
    { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const end = () => launcher.kill('SIGTERM');
  process.once('exit', end);
  const stopLauncher = async () => {
    process.off('exit', end);
    if (launcher.exitCode !== null || launcher.signalCode !== null) return;
    const ended = once(launcher, 'exit');
    end();
    await ended;
  };
  try {
    await printedToken(launcher);
    const startMs = performance.now() - startedAt;
    const running = JSON.parse(await readFile(path.join(folder.path, 'running.json'), 'utf8'));
    const urls = runningDatabaseUrls(folder, running.databasePort);
    const db = openDatabase(urls.appUrl, { max: 4, applicationName: 'phial-bench' });
    const member = await localMember(urls.ownerUrl);
    const sessionId = await db.tx(member.workspaceId, (tx) =>
      openSession(tx, member, { address: null, userAgent: 'bench' }),
    );
    if (!sessionId) throw new Error('The local admin does not get a session');
    const webUrl = `http://127.0.0.1:${port}`;
    const settings = { NEXTAUTH_URL: webUrl, NEXTAUTH_SECRET: folder.secrets.nextAuthSecret };
    const cookie = await sessionCookie(sessionId, settings);
    return {
      startMs,
      webUrl,
      urls,
      processes: { ...running.processes, launcher: running.pid },
      cookie: `${cookie.name}=${cookie.value}`,
      ctx: {
        actor: {
          kind: 'user',
          ...member,
          name: 'Bench',
          role: 'admin',
          sessionId,
        },
        db,
        storage: openStorage(`file:${folder.blobs}`),
        requestId: 'bench',
        now: () => new Date(),
      },
      async stop() {
        await db.close();
        await stopLauncher();
      },
    };
  } catch (error) {
    await stopLauncher();
    throw error;
  }
}

async function printedToken(launcher: ChildProcess): Promise<string> {
  let output = '';
  const printed = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const token = /\/sign-in\?token=(\S+)\n/.exec(output)?.[1];
      if (token) resolve(token);
    };
    launcher.stdout?.on('data', read);
    launcher.stderr?.on('data', read);
  });
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`\`up\` did not start: ${output.trim() || 'no output'}`));
    launcher.once('exit', fail);
    timer = setTimeout(fail, startsWithinMs);
  });
  try {
    return await Promise.race([printed, failed]);
  } finally {
    clearTimeout(timer);
    // Or it would be rejected unheard when the launcher ends in its own time.
    failed.catch(() => {});
  }
}

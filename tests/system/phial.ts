/** The whole system as a person starts it: `up` as a process of its own, on a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@/db/client';
import { localMember } from '@/db/local';
import type { Ctx } from '@/server/context';
import { openStorage } from '@/server/storage';
import { openDataFolder } from '@/worker/cli/data-folder';
import { runningDatabaseUrls } from '@/worker/cli/database';
import { logTail } from '@/worker/cli/processes';
import { until } from './wait';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Phial {
  url: string;
  /** The address that `up` printed, with its one-time token. */
  firstAddress: string;
  /** What another `up` on the same data folder prints. */
  anotherAddress(): Promise<string>;
  /** Runs a command on the same data folder, and rejects unless it succeeds. */
  command(...args: string[]): Promise<string>;
  /** To call verbs with, as the local workspace's admin. */
  ctx: Ctx;
  /** What `up` said, and the ends of the parts' logs, for a failing test. */
  logs(): Promise<string>;
  /** Kills a part without farewell. */
  kill(part: 'web' | 'worker'): Promise<void>;
  stop(): Promise<void>;
}

/** On the web application that tests/web-build.ts built: a matter of seconds on a machine that is not busy. */
export async function startPhial(settings: Record<string, string> = {}): Promise<Phial> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'phial-up-'));
  const port = await freePort();
  const up = start(['up', '--port', String(port), '--data', dataDir], settings);
  const folder = await openDataFolder(dataDir);
  const remove = async () => {
    for (const each of [dataDir, folder.databaseHome])
      await rm(each, { recursive: true, force: true });
  };
  try {
    const firstAddress = await addressFrom(up, 280_000);
    const running = async () => {
      const text = await readFile(path.join(dataDir, 'running.json'), 'utf8');
      return JSON.parse(text) as { databasePort: number; processes: Record<string, number> };
    };
    const urls = runningDatabaseUrls(folder, (await running()).databasePort);
    const db = openDatabase(urls.appUrl, { max: 2, applicationName: 'test' });
    const { userId, workspaceId } = await localMember(urls.ownerUrl);
    return {
      url: new URL(firstAddress).origin,
      firstAddress,
      anotherAddress: () => addressFrom(start(['up', '--data', dataDir]), 60_000),
      command: (...args) => finished(start([...args, '--data', dataDir])),
      ctx: {
        actor: {
          kind: 'user',
          userId,
          name: 'Test',
          workspaceId,
          role: 'admin',
          sessionId: 'test',
        },
        db,
        storage: openStorage(`file:${folder.blobs}`),
        requestId: 'test',
        now: () => new Date(),
      },
      async logs() {
        const names = ['web', 'worker'] as const;
        const ends = names.map((name) => logTail(path.join(folder.logs, `${name}.log`), 15));
        return [up.output(), ...(await Promise.all(ends))].join('\n');
      },
      async kill(part) {
        const before = (await running()).processes[part];
        if (!before) throw new Error(`No ${part} runs`);
        process.kill(before, 'SIGKILL');
        await until(`a new ${part}`, async () => {
          const now = (await running()).processes[part];
          return now !== undefined && now !== before;
        });
      },
      async stop() {
        await db.close();
        up.child.kill('SIGTERM');
        await up.ended;
        await remove();
      },
    };
  } catch (error) {
    up.child.kill('SIGTERM');
    await up.ended;
    await remove();
    throw error;
  }
}

interface Command {
  child: ChildProcess;
  /** All it wrote so far. */
  output(): string;
  ended: Promise<void>;
}

function start(args: string[], settings: Record<string, string> = {}): Command {
  const { PATH, HOME, PHIAL_POSTGRES_BIN = '' } = process.env;
  const child = spawn(
    process.execPath,
    [path.join(root, 'worker', 'cli', 'bootstrap.mjs'), ...args],
    {
      cwd: root,
      env: {
        NODE_ENV: 'production',
        PATH,
        HOME,
        ...(PHIAL_POSTGRES_BIN && { PHIAL_POSTGRES_BIN }),
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += String(data);
    });
  }
  const endWithTest = () => child.kill('SIGTERM');
  process.once('exit', endWithTest);
  const ended = once(child, 'exit').then(() => void process.off('exit', endWithTest));
  return { child, output: () => output, ended };
}

async function addressFrom(command: Command, withinMs: number): Promise<string> {
  const address = await until(
    'the address to sign in at',
    async () => {
      const found = /http:\/\/\S+\/sign-in\?token=\S+/.exec(command.output())?.[0];
      if (!found && command.child.exitCode !== null) throw new Error(command.output());
      return found;
    },
    withinMs,
  );
  return address;
}

async function finished(command: Command): Promise<string> {
  await command.ended;
  if (command.child.exitCode !== 0) throw new Error(command.output());
  return command.output();
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandError, errorCode } from './command-error';
import { writeWhole } from './data-folder';
import { isOrphaned } from './processes';

const statusSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  controlPort: z.number().int(),
  /** Proves that it is this very launcher who answers on the control port. */
  key: z.string(),
  state: z.enum(['starting', 'ready', 'stopping']),
  webUrl: z.string().nullable(),
  databasePort: z.number().int().nullable(),
  /** Process ids by service name. */
  processes: z.record(z.string(), z.number().int()),
});

/** What runs on a data folder, as `running.json` in it says. */
export type RunningStatus = z.infer<typeof statusSchema>;

/** The launcher's hold on a data folder: one at a time. */
export interface Claim {
  /** The one before was killed; what it started may take a moment to go. */
  tookOver: boolean;
  /** Makes the changed parts known to other commands. */
  update(change: Partial<Pick<RunningStatus, 'state' | 'webUrl' | 'databasePort'>>): Promise<void>;
  /** Notes a service's process id, or with null that it has none. */
  setProcess(name: string, pid: number | null): void;
  status(): RunningStatus;
  release(): Promise<void>;
}

export type ClaimResult = { claim: Claim } | { running: RunningStatus };

/** Building the web application and recovering a database can take minutes on slow machines. */
const otherStartsWithinMs = 600_000;

/**
 * Takes hold of the data folder, or tells who has it, once that launcher is ready. One that was
 * killed holds nothing: it is asked over its control port, whatever its process id says.
 */
export async function claimDataFolder(folder: string, stop: AbortSignal): Promise<ClaimResult> {
  const file = path.join(folder, 'running.json');
  const deadline = Date.now() + otherStartsWithinMs;
  const claim = await prepareClaim(file);
  let tookOver = false;
  let isTold = false;
  for (;;) {
    if (await createFile(file, claim.status())) return { claim: claim.hold(tookOver) };
    const found = await readStatus(file);
    const answer = found === null ? null : await askLauncher(found);
    if (answer?.state === 'ready') {
      await claim.withdraw();
      return { running: answer };
    }
    if (answer === null) {
      tookOver = true;
      await removeStale(file, found?.key ?? null);
    } else if (Date.now() > deadline) {
      await claim.withdraw();
      throw new CommandError(
        `Another Phial (process ${answer.pid}) has been ${answer.state} on ${folder} for ten minutes. End it and try again.`,
      );
    } else {
      if (!isTold)
        process.stderr.write(
          `Waiting for Phial (process ${answer.pid}), which is ${answer.state}.\n`,
        );
      isTold = true;
      await sleep(200, undefined, { signal: stop });
    }
  }
}

async function prepareClaim(file: string) {
  let status: RunningStatus;
  let written = Promise.resolve();
  const server = createServer((request, response) => {
    if (request.url !== `/${status.key}`) {
      response.writeHead(404).end();
      return;
    }
    const state = isOrphaned() ? 'stopping' : status.state;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...status, state }));
  });
  status = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    controlPort: await listen(server),
    key: randomBytes(16).toString('hex'),
    state: 'starting',
    webUrl: null,
    databasePort: null,
    processes: {},
  };
  const withdraw = async () => {
    server.close();
    server.closeAllConnections();
  };
  const update = (change: Partial<RunningStatus>) => {
    status = { ...status, ...change };
    written = written.then(() => writeWhole(file, status));
    return written;
  };
  const hold = (tookOver: boolean): Claim => ({
    tookOver,
    status: () => status,
    update,
    setProcess(name, pid) {
      const { [name]: _, ...others } = status.processes;
      void update({ processes: pid === null ? others : { ...others, [name]: pid } });
    },
    async release() {
      await written;
      await rm(file, { force: true });
      await withdraw();
    },
  });
  return { status: () => status, hold, withdraw };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no control port was given');
  return address.port;
}

async function createFile(file: string, content: RunningStatus): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null when there is none, or one that stays unreadable: its writer was killed while writing it. */
async function readStatus(file: string): Promise<RunningStatus | null> {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return statusSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      await sleep(100);
    }
  }
  return null;
}

/** Whether this launcher still serves others. */
export async function isReady(found: RunningStatus): Promise<boolean> {
  return (await askLauncher(found))?.state === 'ready';
}

/** The launcher's own word, or null when it is gone. */
async function askLauncher(found: RunningStatus): Promise<RunningStatus | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${found.controlPort}/${found.key}`, {
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok ? statusSchema.parse(await response.json()) : null;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new CommandError(
        `Phial (process ${found.pid}) runs on this data folder but does not answer. End it and try again.`,
      );
    }
    return null;
  }
}

/** Removes the file of a dead launcher, unless somebody else has claimed the folder meanwhile. */
async function removeStale(file: string, key: string | null): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const taken = await readStatus(aside);
  if (taken !== null && taken.key !== key) await createFile(file, taken);
  await rm(aside, { force: true });
}

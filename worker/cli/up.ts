import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CommandError, errorCode } from './command-error';
import { type DataFolder, openDataFolder } from './data-folder';
import { runningDatabaseUrls, startDatabase } from './database';
import { type Environment, serviceEnvironment } from './environment';
import { keepRunning, launchNode, type Service, waitForHealth } from './processes';
import { type Claim, type ClaimResult, claimDataFolder, type RunningStatus } from './running';
import { signInAddress } from './sign-in-address';
import { aborted, startWorker, stopSignal } from './system';
import { buildWeb, standalone } from './web-build';

const usage = 'Usage: npm run up [-- --port N --data DIR]';
const defaultPort = 3000;
/** A cold start on a slow disk, with the first compilation of the server's code. */
const webStartsWithinMs = 90_000;

const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);

/** Starts everything, prints the address to sign in at, and runs until it is told to stop. */
export async function run(args: string[], options: { dataDir: string | null }): Promise<number> {
  const wantedPort = parsePort(args);
  const folder = await openDataFolder(options.dataDir);
  const stop = stopSignal();
  try {
    const result = await claimOrFindUp(folder, stop);
    if ('running' in result) await pointToRunning(folder, result.running);
    else await runUntilStopped({ folder, claim: result.claim, wantedPort, stop });
  } catch (error) {
    // Whatever was interrupted half-way complains; it was asked to.
    if (!stop.aborted) throw error;
  }
  return 0;
}

async function claimOrFindUp(folder: DataFolder, stop: AbortSignal): Promise<ClaimResult> {
  let isTold = false;
  for (;;) {
    const result = await claimDataFolder(folder.path, stop);
    if ('claim' in result || result.running.webUrl !== null) return result;
    if (!isTold) say('Another command uses this data folder; waiting for it to end.');
    isTold = true;
    await sleep(500, undefined, { signal: stop });
  }
}

async function pointToRunning(folder: DataFolder, running: RunningStatus): Promise<void> {
  if (running.webUrl === null) return;
  const urls = runningDatabaseUrls(folder, running.databasePort);
  say(
    `Phial already runs on this data folder (process ${running.pid}). Open this address to sign in; it works once:\n\n  ${await signInAddress(running.webUrl, urls)}\n`,
  );
}

async function runUntilStopped(options: {
  folder: DataFolder;
  claim: Claim;
  wantedPort: number | null;
  stop: AbortSignal;
}): Promise<void> {
  const { claim, stop } = options;
  const running: Service[] = [];
  try {
    await start({ ...options, running });
    await aborted(stop);
  } finally {
    if (stop.aborted) say('Stopping …');
    await claim.update({ state: 'stopping' });
    for (const service of running.reverse()) await service.stop();
    await claim.release();
  }
}

async function start(options: {
  folder: DataFolder;
  claim: Claim;
  wantedPort: number | null;
  running: Service[];
  stop: AbortSignal;
}): Promise<void> {
  const { folder, claim, running, stop } = options;
  const port = await choosePort(options.wantedPort, claim.tookOver);
  const webUrl = `http://127.0.0.1:${port}`;
  const { urls, service } = await startDatabase({ folder, claim, say });
  if (service !== null) running.push(service);
  const environment = serviceEnvironment(folder, urls, webUrl);
  stop.throwIfAborted();
  running.push(await startWorker({ folder, claim, environment, say }));
  await buildWeb({ logFile: path.join(folder.logs, 'build.log'), say, stop });
  running.push(await startWeb({ folder, claim, environment, port, stop }));
  await claim.update({ state: 'ready', webUrl });
  say(
    `\nPhial is ready. Open this address to sign in; it works once:\n\n  ${await signInAddress(webUrl, urls)}\n`,
  );
  say(`Data and logs are in ${folder.path}. Ctrl-C stops everything.`);
}

function startWeb(options: {
  folder: DataFolder;
  claim: Claim;
  environment: Environment;
  port: number;
  stop: AbortSignal;
}): Promise<Service> {
  const logFile = path.join(options.folder.logs, 'web.log');
  const { DATABASE_OWNER_URL: _, ...inherited } = options.environment;
  const env = { ...inherited, PORT: String(options.port), HOSTNAME: '127.0.0.1' };
  return keepRunning({
    name: 'web server',
    logFile,
    say,
    launch: async (signal) => {
      const launched = await launchNode({
        args: ['server.js'],
        cwd: standalone,
        env,
        logFile,
        stopWithinMs: 5_000,
      });
      await waitForHealth({
        name: 'web server',
        url: `http://127.0.0.1:${options.port}/api/health`,
        launched,
        logFile,
        withinMs: webStartsWithinMs,
        signal: AbortSignal.any([signal, options.stop]),
      });
      return launched;
    },
    onProcess: (pid) => options.claim.setProcess('web', pid),
  });
}

function parsePort(args: string[]): number | null {
  let port: string | undefined;
  try {
    port = parseArgs({ args, options: { port: { type: 'string' } } }).values.port;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${reason}\n${usage}`, 2, { cause });
  }
  if (port === undefined) return null;
  const number = Number(port);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new CommandError(`--port ${port} is not a port; give a number from 1 to 65535.`, 2);
}

/** The wanted port or an error; without a wish the default one, or the next that is free. */
async function choosePort(wanted: number | null, tookOver: boolean): Promise<number> {
  const first = wanted ?? defaultPort;
  // The web server of a killed launcher takes a moment to notice and let go of the port.
  const deadline = Date.now() + (tookOver ? 5_000 : 0);
  for (;;) {
    const problem = await portProblem(first);
    if (problem === null) return first;
    if (Date.now() >= deadline || problem !== 'EADDRINUSE') {
      if (wanted === null) return nextFreePort(first);
      throw new CommandError(
        problem === 'EADDRINUSE'
          ? `Port ${wanted} is in use by another program. End it, or choose another with --port N.`
          : `Port ${wanted} cannot be used (${problem}). Choose another with --port N, from 1024 up.`,
      );
    }
    await sleep(100);
  }
}

async function nextFreePort(taken: number): Promise<number> {
  for (let port = taken + 1; port <= taken + 100; port++) {
    if ((await portProblem(port)) !== null) continue;
    say(`Port ${taken} is in use; Phial takes ${port}.`);
    return port;
  }
  throw new CommandError(
    `Ports ${taken} to ${taken + 100} are all in use. Choose another with --port N.`,
  );
}

async function portProblem(port: number): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return null;
  } catch (error) {
    return errorCode(error) ?? String(error);
  } finally {
    server.close();
  }
}

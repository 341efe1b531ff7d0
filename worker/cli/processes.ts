import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CommandError } from './command-error';

export interface Launched {
  child: ChildProcess;
  /** Ends the process and returns when it is gone. */
  stop(): Promise<void>;
}

export interface Service {
  stop(): Promise<void>;
}

/** Waits before each new start of a service that keeps ending; after a quiet minute it begins anew. */
const backOffMs = [200, 1_000, 2_000, 5_000, 10_000, 15_000];
const quietMs = 60_000;
/** A service that lives so long after a new start counts as running again. */
const steadyMs = 2_000;

/**
 * Keeps a service running: `launch` returns when it is up, and is called again, with growing pauses,
 * whenever the process ends by itself. A first launch that fails rejects.
 */
export async function keepRunning(options: {
  name: string;
  logFile: string;
  /** Gives up and leaves nothing running when the signal aborts. */
  launch: (signal: AbortSignal) => Promise<Launched>;
  /** Told the process id of every new start, and null when the process has ended. */
  onProcess: (pid: number | null) => void;
  say: (sentence: string) => void;
}): Promise<Service> {
  const { name, say } = options;
  const stopping = new AbortController();
  let current = await options.launch(stopping.signal);

  /** Null when it was told to stop meanwhile. */
  const launchAgain = async (failures: number): Promise<Launched | null> => {
    const pauseMs = backOffMs[Math.min(failures, backOffMs.length - 1)];
    await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return null;
    try {
      const launched = await options.launch(stopping.signal);
      if (!stopping.signal.aborted) return launched;
      await launched.stop();
    } catch (error) {
      if (stopping.signal.aborted) return null;
      say(`The ${name} did not start: ${error instanceof Error ? error.message : error}`);
      return launchAgain(failures + 1);
    }
    return null;
  };

  const supervise = async () => {
    for (let failures = 0; ; failures++) {
      options.onProcess(current.child.pid ?? null);
      const startedAt = Date.now();
      const steady = setTimeout(() => {
        if (failures > 0) say(`The ${name} is running again.`);
      }, steadyMs);
      const reason = await ended(current.child);
      clearTimeout(steady);
      options.onProcess(null);
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > quietMs) failures = 0;
      say(`The ${name} ended (${reason}); starting it again. Its log is ${options.logFile}.`);
      const launched = await launchAgain(failures);
      if (launched === null) return;
      current = launched;
    }
  };
  const supervised = supervise();
  return {
    async stop() {
      stopping.abort();
      await current.stop();
      await supervised;
    },
  };
}

export interface NodeProcess {
  /** Arguments of `node`. */
  args: string[];
  cwd: string;
  env: Record<string, string | undefined>;
  logFile: string;
  /** How long it may take over a polite end before it is killed. */
  stopWithinMs: number;
}

/** Starts a Node process that logs to a file and does not outlive its launcher. */
export async function launchNode(options: NodeProcess): Promise<Launched> {
  const log = await openLog(options.logFile);
  const child = spawn(
    process.execPath,
    ['--import', fileURLToPath(new URL('./tether.mjs', import.meta.url)), ...options.args],
    {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      // A group of its own: Ctrl-C in the terminal reaches the launcher only, which stops in order.
      detached: true,
    },
  );
  await log.close();
  return { child, stop: () => stopProcess(child, options.stopWithinMs) };
}

/** Resolves with what ended the process, at once if it has ended already. */
export async function ended(child: ChildProcess): Promise<string> {
  if (!hasEnded(child)) await once(child, 'exit');
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopProcess(child: ChildProcess, withinMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const end = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await end;
  clearTimeout(timer);
}

const maxLogBytes = 10 * 1024 * 1024;

/** Appends; a log that has grown large is put aside, one generation deep, at the next start. */
export async function openLog(file: string) {
  const size = await stat(file).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}

/** The end of a log, to show why something did not start. */
export async function logTail(file: string, lines: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Returns once `url` answers with success; else stops what was launched and throws CommandError. */
export async function waitForHealth(options: {
  name: string;
  url: string;
  launched: Launched;
  logFile: string;
  withinMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const { child, stop } = options.launched;
  const deadline = Date.now() + options.withinMs;
  for (;;) {
    const answer = await fetch(options.url, { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    if (answer?.ok) return;
    if (hasEnded(child) || Date.now() > deadline || options.signal.aborted) {
      const problem = hasEnded(child)
        ? 'ended while starting'
        : `did not become healthy in ${options.withinMs / 1_000} s`;
      await stop();
      throw new CommandError(
        `The ${options.name} ${problem}. The end of ${options.logFile}:\n${await logTail(options.logFile, 15)}`,
      );
    }
    await sleep(100);
  }
}

/** The shell that npm runs a script in, and where the system tells, npm itself. */
function launchers(): string {
  const shell = process.ppid;
  try {
    const status = readFileSync(`/proc/${shell}/status`, 'utf8');
    return `${shell} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(shell);
  }
}

const launchedBy = launchers();

/**
 * True when npm started this process and has since been killed: nobody is left to end it. Started
 * by other means, as by a service manager, a parent may come and go.
 */
export function isOrphaned(): boolean {
  return process.env.npm_lifecycle_event !== undefined && launchers() !== launchedBy;
}

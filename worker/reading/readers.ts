/** Reader processes: started when needed, kept warm for a while, ended when they misbehave. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from './protocol';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Beside this file, and built or not as this file is. */
const program = fileURLToPath(new URL(`./child${path.extname(import.meta.url)}`, import.meta.url));
const compiler = program.endsWith('.ts') ? ['--import', 'tsx'] : [];
const IDLE_MS = 20_000;
const MOST_FILES = 200;
const MOST_IDLE_BYTES = 400_000_000;
const START_MS = 60_000;

export interface Reader {
  child: ChildProcess;
  files: number;
  stderr(): string;
}

const idle: { reader: Reader; timer: NodeJS.Timeout }[] = [];

/** A waiting reader, else a new one. The caller gives it back or ends it. */
export async function takeReader(): Promise<Reader> {
  for (let waiting = idle.pop(); waiting !== undefined; waiting = idle.pop()) {
    clearTimeout(waiting.timer);
    if (!isGone(waiting.reader)) return waiting.reader;
  }
  return startReader();
}

export function giveBack(reader: Reader, memoryBytes: number): void {
  reader.files++;
  if (reader.files >= MOST_FILES || memoryBytes > MOST_IDLE_BYTES || isGone(reader)) {
    endReader(reader);
    return;
  }
  reader.child.channel?.unref();
  const timer = setTimeout(() => {
    const at = idle.findIndex((one) => one.reader === reader);
    if (at !== -1) idle.splice(at, 1);
    endReader(reader);
  }, IDLE_MS);
  timer.unref();
  idle.push({ reader, timer });
}

export const endReader = (reader: Reader) => void reader.child.kill('SIGKILL');

/** Ends the waiting ones; for programs that want to be gone at once. */
export function endIdleReaders(): void {
  for (const { reader, timer } of idle.splice(0)) {
    clearTimeout(timer);
    endReader(reader);
  }
}

export const isGone = ({ child }: Reader) => child.exitCode !== null || child.signalCode !== null;

async function startReader(): Promise<Reader> {
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=560',
      // Most of what a paper is made of lives for one page: collected in fewer, cheaper rounds.
      '--max-semi-space-size=32',
      '--disallow-code-generation-from-strings',
      ...compiler,
      program,
    ],
    {
      cwd: root,
      // Nothing of the worker's settings: no addresses, no keys.
      env: { NODE_ENV: 'production', TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json') },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr = (stderr + String(data)).slice(-4_000);
  });
  child.unref();
  (child.stderr as { unref?: () => void } | null)?.unref?.();
  const reader: Reader = { child, files: 0, stderr: () => stderr };
  const started = once(child, 'message', { signal: AbortSignal.timeout(START_MS) });
  const ended = once(child, 'exit').then(() => null);
  const [first] = ((await Promise.race([started, ended])) ?? [null]) as [Answer | null];
  if (first?.type !== 'ready') {
    endReader(reader);
    throw new Error(`The reader of PDFs did not start: ${stderr}`);
  }
  return reader;
}

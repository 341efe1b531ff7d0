import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildWeb } from '@/worker/cli/web-build';

/** Builds the web application once for all browser tests, so that each `up` of theirs starts at once. */
export default async function setUp(): Promise<void> {
  const logs = await mkdtemp(path.join(os.tmpdir(), 'phial-web-build-'));
  try {
    await buildWeb({
      logFile: path.join(logs, 'build.log'),
      say: (sentence) => void process.stdout.write(`${sentence}\n`),
      stop: new AbortController().signal,
    });
  } finally {
    await rm(logs, { recursive: true, force: true });
  }
}

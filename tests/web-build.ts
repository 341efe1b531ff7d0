import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildWeb } from '@/worker/cli/web-build';
import { unpackChromium } from './chromium';

/** Builds the web application and unpacks the browser once for all browser tests, which then start at once. */
export default async function setUp(): Promise<void> {
  const logs = await mkdtemp(path.join(os.tmpdir(), 'phial-web-build-'));
  try {
    await unpackChromium();
    await buildWeb({
      logFile: path.join(logs, 'build.log'),
      say: (sentence) => void process.stdout.write(`${sentence}\n`),
      stop: new AbortController().signal,
    });
  } finally {
    await rm(logs, { recursive: true, force: true });
  }
}

/** A browser for tests: the system's Chromium, else the one that npm ships. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchChromium(): Promise<Browser> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return chromium.launch({ executablePath: system, args: ['--no-sandbox'] });
  const { default: shipped } = await import('@sparticuz/chromium');
  // Of its own arguments `--single-process` is meant for a cloud function: there one closed page ends all.
  const args = shipped.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath: await shipped.executablePath(), args });
}

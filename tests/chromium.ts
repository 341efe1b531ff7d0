/** A browser for tests: the system's Chromium, else the one that npm ships. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchChromium(): Promise<Browser> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return chromium.launch({ executablePath: system, args: ['--no-sandbox'] });
  const { default: shipped } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await shipped.executablePath(), args: shipped.args });
}

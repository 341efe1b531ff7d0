/** A browser for tests: the system's Chromium, else the one that npm ships. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function findChromium(): Promise<{ executablePath: string; args: string[] }> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return { executablePath: system, args: ['--no-sandbox'] };
  const { default: shipped } = await import('@sparticuz/chromium');
  return {
    executablePath: await shipped.executablePath(),
    // Of its own arguments this one is meant for a cloud function: there one closed page ends all.
    args: shipped.args.filter((arg) => arg !== '--single-process'),
  };
}

/** Has the one that npm ships unpacked, which two must not do at a time. */
export async function unpackChromium(): Promise<void> {
  await findChromium();
}

export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await findChromium());
}

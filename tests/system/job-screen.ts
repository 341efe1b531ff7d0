/** How a test reads the page of a job, by the roles and names that people go by. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Ctx } from '@/server/context';
import { jobLog } from '@/server/jobs/log';
import { until } from './wait';

export const jobIdOf = (page: Page): string => {
  const id = /\/runs\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) throw new Error(`${page.url()} is no job's page`);
  return id;
};

/** A step in the timeline, by its name. */
export const step = (page: Page, name: string): Locator =>
  page
    .getByRole('list', { name: 'Steps' })
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) });

/** Waits until a step's entry says this. */
export async function stepSays(page: Page, name: string, words: string): Promise<void> {
  const entry = step(page, name);
  try {
    await entry.getByText(words, { exact: true }).waitFor();
  } catch (cause) {
    throw new Error(`${name} says: ${await entry.allInnerTexts()}`, { cause });
  }
}

/** Waits until the tab's title begins with this word, which is how the job stands. */
export async function jobIs(page: Page, word: string, withinMs = 30_000): Promise<void> {
  await page.waitForFunction((wanted) => document.title.startsWith(wanted), word, {
    timeout: withinMs,
  });
}

export const isLive = (page: Page): Promise<void> =>
  page.getByRole('status').getByText('Live', { exact: true }).waitFor();

const log = (page: Page) => page.getByRole('region', { name: 'Log' }).getByRole('listitem');

export async function unfoldLog(page: Page): Promise<void> {
  // While the page streams in, a part can be there twice: shown, and hidden on its way to its place.
  await page.getByText('Log', { exact: true }).filter({ visible: true }).click();
  await log(page).first().waitFor();
}

/** Lines of the unfolded log; each begins with its event's number. */
export const logLines = (page: Page): Promise<string[]> => log(page).allInnerTexts();

/** Waits until the log shows the job's stored events, and holds that it shows each of them once. */
export async function logIsWhole(page: Page, ctx: Ctx): Promise<void> {
  const stored = (await jobLog({ ctx, jobId: jobIdOf(page) })).map(({ seq }) => seq);
  expect(stored).toEqual(stored.map((_, index) => index + 1));
  const shown = async () => (await logLines(page)).map((line) => Number.parseInt(line, 10));
  await until('the last event in the log', async () => (await shown()).at(-1) === stored.at(-1));
  expect(await shown()).toEqual(stored);
}

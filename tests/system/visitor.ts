/** A person at a browser: signed in, watched for errors, able to go everywhere by keyboard. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from 'playwright-core';
import { expect } from 'vitest';
import { until } from './wait';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visitor {
  context: BrowserContext;
  /** Opens an address in a new tab. */
  open(address: string): Promise<Page>;
  /** What browser and pages complained of since this was last asked. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    // What moves by itself would be caught half-way.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(60_000);
  let complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('page', settleBeforeUse);
  return {
    context,
    async open(address) {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    complaints() {
      const all = complaints;
      complaints = [];
      return all;
    },
    close: () => context.close(),
  };
}

/** Has a page that goes somewhere wait until it can be used, as a person does without noticing. */
function settleBeforeUse(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...to) => {
    const response = await goto(...to);
    await settled(page);
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload(...how);
    await settled(page);
    return response;
  };
}

/**
 * Waits until all that the document brought lies in its place and answers: React keeps parts that
 * came later in hidden places first, where locators find them twice, and before it has taken over
 * a menu takes no click.
 */
const settled = (page: Page): Promise<boolean> =>
  until(`${page.url()} to be usable`, () =>
    page
      .evaluate(() => {
        if (!('__next_f' in window)) return true;
        if (document.querySelector('[hidden][id^="S:"]')) return false;
        // Hidden fields of forms are written by the server alone.
        const controls = document.querySelectorAll(
          'button, input:not([type=hidden]), select, textarea',
        );
        return [...controls].every((control) =>
          Object.keys(control).some((key) => key.startsWith('__reactFiber$')),
        );
      })
      // The page is going on to another address.
      .catch(() => false),
  );

/** Signs in by an address with a one-time token, as its page asks to. */
export async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Goes to a control with the Tab key alone, as someone without a mouse has to. */
export async function tabTo(target: Locator, withinPresses = 120): Promise<void> {
  await target.waitFor();
  const keyboard = target.page().keyboard;
  for (let presses = 0; presses < withinPresses; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await target.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
      return;
    }
    await keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not lead to ${target} within ${withinPresses} presses`);
}

/** What axe finds wrong, a line for each rule and element; with `rules`, by these alone. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const options = {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  };
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  )) as AxeResults;
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  );
}

/** Elements that make the page wider than its window, outside of tables that scroll by themselves. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        element.getBoundingClientRect().right > width + 0.5 && !scrolls(element.parentElement),
    );
    return [
      `the page is ${document.documentElement.scrollWidth} px wide`,
      ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 160)),
    ];
  });
}

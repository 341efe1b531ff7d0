/** The report as a file in a real browser: accessible, narrow and wide, light and dark, quiet. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '@/server/reports/render';
import { SAMPLE_SVG, sampleReport } from '@/server/reports/render/sample';
import { emptyReport, hostileReport } from '@/server/reports/render/sample-edge';
import { launchChromium } from '../chromium';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const extra = { depictionSvg: SAMPLE_SVG };

const FILES = {
  full: renderHtml(sampleReport(), extra),
  empty: renderHtml(emptyReport(), { depictionSvg: null }),
  hostile: renderHtml(hostileReport(), extra),
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function open(html: string, width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const disturbances: string[] = [];
  page.on('dialog', (dialog) => {
    disturbances.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => disturbances.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) disturbances.push(request.url());
  });
  await page.setContent(html, { waitUntil: 'load' });
  return { context, page, disturbances };
}

describe.each(Object.entries(FILES))('the %s report', (_name, html) => {
  it.each([
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('%i px wide, %s', async (width, scheme) => {
    const { context, page, disturbances } = await open(html, width, scheme);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => document.fonts.check('1em "Plex Sans"'))).toBe(true);
    await page.evaluate(axe);
    const results = (await page.evaluate('axe.run(document)')) as AxeResults;
    expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(disturbances).toEqual([]);
    await context.close();
  });
});

it('leads from a marker to the cited place, without a script', async () => {
  const { context, page } = await open(FILES.full, 1440, 'light');
  const marker = page.locator('a.mark').first();
  const target = (await marker.getAttribute('href')) ?? '';
  await marker.click();
  expect(await page.locator(target).evaluate((place) => place.matches(':target'))).toBe(true);
  await context.close();
});

it('prints with hash and page numbers, nothing cut off', async () => {
  const { context, page } = await open(FILES.full, 1440, 'dark');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 1000 });
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll('.frame')].filter(
        (each) => each.scrollWidth > each.clientWidth + 1,
      ).length,
  );
  expect(cut).toBe(0);
  await context.close();
});

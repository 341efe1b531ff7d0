/** The viewer by itself, over many sentences of many papers: what is highlighted is what is quoted. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Located } from '@/server/asking/locate';
import { rectsOf } from '@/server/asking/rects';
import type { PaperRead } from '@/server/papers/reading';
import { endIdleReaders, readPaper } from '@/worker/reading';
import { launchChromium } from '../chromium';
import { sharedDir, withoutShared } from '../shared';
import { likeness, textUnderHighlight } from './highlight';
import { columnsPdf } from './papers-to-ask';
import { openViewerSite, type ViewerSite } from './viewer-page';
import { accessibilityFaults } from './visitor';

const pictures = process.env.PHIAL_SCREENSHOTS;
const pdfs = sharedDir() && path.join(sharedDir()!, 'fixtures', 'pdf');

let browser: Browser;
let site: ViewerSite;
beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  [browser, site] = await Promise.all([launchChromium(), openViewerSite()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  endIdleReaders();
});

/** Sentences spread over the paper, as they would be cited. */
function marksOf(read: PaperRead, most: number): Located[] {
  const sentences = read.chunks.flatMap((chunk) => chunk.sentences);
  const every = Math.max(1, Math.floor(sentences.length / most));
  return sentences
    .filter((_, index) => index % every === 0)
    .slice(0, most)
    .flatMap(({ page: number, start, end }): Located[] => {
      const page = read.pages.find((one) => one.number === number);
      if (!page) return [];
      const mark = { page: number, start, end, textSha256: page.textSha256 };
      return [
        {
          mark,
          state: 'found',
          quote: page.text.slice(start, end),
          rects: rectsOf(page, start, end),
        },
      ];
    });
}

/** Goes through all highlights with n and says how alike each is to its quote. */
async function walk(page: Page, marks: readonly Located[]): Promise<number[]> {
  const found: number[] = [];
  for (const [index, located] of marks.entries()) {
    if (index > 0) await page.keyboard.press('n');
    await page.locator('[data-at]', { hasText: new RegExp(`^${index}$`) }).waitFor();
    await page
      .locator(`[data-page="${located.mark.page}"] .pdf-text[data-ready]`)
      .waitFor({ state: 'attached' });
    const quote = located.state === 'found' ? located.quote : '';
    const under = await textUnderHighlight(page);
    found.push(likeness(quote, under));
    if (found.at(-1)! < 0.9) console.log(`  quoted ${quote}\n  marked ${under}`);
  }
  return found;
}

async function check(name: string, bytes: Buffer, most: number): Promise<number[]> {
  const read = await readPaper(new Uint8Array(bytes));
  const marks = marksOf(read, most);
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.show(name, bytes, marks));
  const found = await walk(page, marks);
  if (pictures) await page.screenshot({ path: path.join(pictures, `viewer-${name}.png`) });
  expect(complaints).toEqual([]);
  await page.close();
  return found;
}

it('marks sentences over columns and pages, goes through them by keyboard, and misses none', async () => {
  const alike = await check('columns', await columnsPdf(), 12);
  expect(alike.length).toBeGreaterThan(6);
  expect(Math.min(...alike), String(alike)).toBeGreaterThan(0.95);
});

it('highlights nothing where a passage is missing, and says so', async () => {
  const mark = { page: 1, start: 0, end: 10, textSha256: '0'.repeat(64) };
  const page = await browser.newPage();
  await page.goto(
    site.show('missing', await columnsPdf(), [{ mark, state: 'missing', why: 'Read anew.' }]),
  );
  await page.getByRole('alert').getByText('This quote is not on the page').waitFor();
  await page.locator('canvas[data-drawn]').waitFor();
  expect(await page.locator('.pdf-mark').count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.close();
});

/** All of them where pictures are kept; else a paper in two columns and one with formulas. */
const REAL = [
  'acl_2020_specter',
  'grobid_0807.3577_jcap',
  ...(pictures
    ? [
        'cermine_test1_trauma',
        'cermine_test5_anaemia',
        'jner_2016_biomed',
        'paperqa_molecular_explanations',
        'sp_P14-1059',
      ]
    : []),
];

it('marks the sentences of real papers', async ({ skip }) => {
  skip(withoutShared !== null, withoutShared ?? '');
  const all: number[] = [];
  for (const name of REAL) {
    const found = await check(
      name,
      await readFile(path.join(pdfs!, `${name}.pdf`)),
      pictures ? 8 : 4,
    );
    console.log(`${name}: ${found.map((share) => share.toFixed(2)).join(' ')}`);
    all.push(...found);
  }
  const right = all.filter((share) => share > 0.9).length;
  console.log(`${right} of ${all.length} highlights hold their quote`);
  expect(right / all.length).toBeGreaterThanOrEqual(0.95);
});

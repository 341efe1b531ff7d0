/**
 * The library in a real browser: papers by form without scripts, by picker and by drop, each ending
 * with what became of it; then tags, the bin and exports. `PHIAL_SCREENSHOTS=folder` keeps pictures.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPapers, type PaperSummary } from '@/server/papers';
import { isUnfinished } from '@/server/papers/schema';
import { makePdf, prose } from '@/server/papers/testing';
import { launchChromium } from '../chromium';
import { sharedDir, withoutShared } from '../shared';
import { skipAllFor } from '../skip';
import { KNOWN_DOI, KNOWN_TITLE, type PaperSources, startPaperSources } from './paper-sources';
import { type Phial, startPhial } from './phial';
import { accessibilityFaults, overflowing, signIn, type Visitor, visit } from './visitor';
import { until } from './wait';

const pictures = process.env.PHIAL_SCREENSHOTS;
const shared = sharedDir();

let browser: Browser;
let phial: Phial;
let folder: string;
let sources: PaperSources;
let person: Visitor;
let withoutScripts: Visitor;
let storageState: Awaited<ReturnType<Visitor['context']['storageState']>>;

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), 'phial-papers-'));
  [browser, sources] = await Promise.all([launchChromium(), startPaperSources()]);
  phial = await startPhial({ SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
  person = await visit(browser, phial.url);
  const page = await person.context.newPage();
  await signIn(page, phial.firstAddress);
  await page.close();
  storageState = await person.context.storageState();
  withoutScripts = await visit(browser, phial.url, { storageState, javaScriptEnabled: false });
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  await sources?.close();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}
const paperFile = async (name: string, thing: string, options?: { password: string }) =>
  fileOf(
    name,
    await makePdf(
      [1, 2, 3].map((n) => prose(thing, n)),
      options,
    ),
  );

/** The paper of a file, once nothing more happens to it by itself. */
const read = (fileName: string): Promise<PaperSummary> =>
  until(`${fileName} to be read`, async () => {
    const { papers } = await listPapers({ ctx: phial.ctx, filter: { limit: 200 } });
    const paper = papers.find((one) => one.fileName === fileName);
    return paper && !isUnfinished(paper.processingStatus) ? paper : null;
  });
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const picture = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
};

describe('the library', () => {
  it('takes files and tells what became of them before scripts have loaded', async () => {
    const page = await withoutScripts.open('/papers');
    await page.getByText('No papers yet').waitFor();
    await page
      .getByLabel('PDF files')
      .setInputFiles([
        await paperFile('form.pdf', 'hepcidin'),
        await fileOf('word.pdf', Buffer.from('PK\x03\x04 not a PDF')),
      ]);
    await page.getByRole('button', { name: 'Add files' }).click();
    await page.getByText('1 file added, 1 file refused').waitFor();
    await page.getByText('“word.pdf” is not a PDF').waitFor();
    await page.getByRole('link', { name: 'form', exact: true }).waitFor();
    await page.close();
    expect((await read('form.pdf')).processingStatus).toBe('ready');
  });

  it('takes many files at once and shows each being read, live', async () => {
    const page = await person.open('/papers');
    await picture(page, 'papers-one');
    const password = 'open sesame';
    await page
      .getByLabel('PDF files')
      .setInputFiles([
        await paperFile('iron.pdf', 'ferritin'),
        await fileOf('copy of form.pdf', await readFile(path.join(folder, 'form.pdf'))),
        await paperFile('sealed.pdf', 'secret', { password }),
        await fileOf('empty.pdf', Buffer.alloc(0)),
      ]);
    const coming = page.getByRole('region', { name: 'Files on their way in' });
    await coming.getByText('2 added, 1 here already, 1 not taken').waitFor();
    await coming.getByText('the very same file').waitFor();
    await coming.getByText('“empty.pdf” is empty').waitFor();
    await row(page, 'iron.pdf').getByText('Ready').waitFor();
    await row(page, 'sealed').getByText('Needs its password').waitFor();
    await picture(page, 'papers-added');
    expect(person.complaints().filter((text) => !text.includes('status of 422'))).toEqual([]);
    await page.close();
  });

  it('takes DOIs and says what is none', async () => {
    const page = await person.open('/papers');
    const box = page.getByLabel('DOIs and arXiv ids');
    await box.fill(`${KNOWN_DOI}\nnonsense`);
    await page.getByRole('button', { name: 'Add papers' }).click();
    await page.getByText('Neither a DOI nor an arXiv id: nonsense').waitFor();
    expect(await box.inputValue()).toBe('nonsense');
    await row(page, KNOWN_TITLE).getByText('Record only').waitFor();
    await page.close();
  });

  it('tags, finds, deletes, takes back and exports what is chosen', async () => {
    const page = await person.open('/papers');
    const title = (await read('iron.pdf')).title;
    await page.getByLabel(`Choose ${title}`, { exact: true }).check();
    await page.getByLabel('Tag', { exact: true }).fill('metal');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await row(page, title).getByText('metal', { exact: true }).waitFor();
    await page.goto('/papers?tags=metal');
    await row(page, title).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByLabel(`Choose ${title}`, { exact: true }).check();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'BibTeX' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('@article{');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No paper matches').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, title).waitFor();
    await page.close();
  });

  it('keeps what is deleted in the bin until it is purged, without scripts too', async () => {
    const page = await withoutScripts.open('/papers?q=sealed');
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.goto('/papers?bin=1');
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Remove for good' }).click();
    await page.goto('/papers?bin=1');
    await page.getByText('The bin is empty').waitFor();
    await page.close();
  });

  it.each([1440, 390])('is accessible and fits %i px, light and dark', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const visitor = await visit(browser, phial.url, {
        storageState,
        colorScheme,
        viewport: { width, height: 900 },
        ...(width === 390 && { isMobile: true, hasTouch: true }),
      });
      const page = await visitor.open('/papers');
      await page.getByRole('table', { name: 'Papers' }).waitFor();
      await picture(page, `papers-${width}-${colorScheme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await overflowing(page)).toEqual([]);
      await visitor.close();
    }
  });
});

describe('papers as they come', () => {
  skipAllFor(withoutShared);
  it('end read, read in part or refused, each with a reason', async () => {
    const dir = path.join(shared!, 'fixtures', 'pdf');
    const files = (await readdir(dir)).filter((name) => name.endsWith('.pdf'));
    const page = await person.open('/papers');
    await page.getByLabel('PDF files').setInputFiles(files.map((name) => path.join(dir, name)));
    await page.getByText('on the way').waitFor({ state: 'hidden' });
    const ends = await Promise.all(files.map((name) => read(name)));
    await picture(page, 'papers-fixtures');
    for (const { fileName, processingStatus, errorMessage } of ends) {
      if (processingStatus !== 'ready') expect(errorMessage, fileName ?? '').toMatch(/\.$/);
    }
    expect(
      ends.filter(({ processingStatus }) => processingStatus === 'ready').length,
    ).toBeGreaterThan(files.length / 2);
    if (pictures) {
      const lines = ends.map((p) =>
        [p.fileName, p.processingStatus, p.pageCount, p.chunkCount, p.errorMessage ?? ''].join(
          '\t',
        ),
      );
      await writeFile(path.join(pictures, 'papers-fixtures.tsv'), `${lines.join('\n')}\n`);
    }
    await page.close();
  }, 240_000);
});

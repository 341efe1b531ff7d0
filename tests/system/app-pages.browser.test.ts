/**
 * Every page in a real browser, wide and narrow, light and dark: accessible, within its width, without
 * complaints. `PHIAL_SCREENSHOTS=folder` keeps a picture of each.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEvidenceRows } from '@/server/evidence/queries';
import { finishJob, submitMolecule } from '@/server/jobs';
import { getJob } from '@/server/jobs/queries';
import { launchChromium } from '../chromium';
import { jobEnd } from './job-end';
import { jobIdOf } from './job-screen';
import { type Phial, startPhial } from './phial';
import { type SlowSources, startSlowSources } from './slow-sources';
import { startTraffic, type Traffic } from './traffic';
import { accessibilityFaults, overflowing, signIn, type Visitor, visit } from './visitor';
import { until } from './wait';

/** Sildenafil citrate: which of its two parts is meant has to be asked. */
const SALT =
  'CCCc1nn(C)c2c1nc([nH]c2=O)-c1cc(ccc1OCC)S(=O)(=O)N1CCN(C)CC1.OC(=O)CC(O)(CC(O)=O)C(O)=O';

const WIDTHS = [1440, 390] as const;
const pictures = process.env.PHIAL_SCREENSHOTS;

let browser: Browser;
let sources: SlowSources;
let traffic: Traffic;
let phial: Phial;
let person: Visitor;
let nobody: Visitor;
/** Ids that the addresses of pages need. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  [browser, sources, traffic] = await Promise.all([
    launchChromium(),
    startSlowSources(),
    startTraffic(),
  ]);
  phial = await startPhial({ SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
  const first = await visit(browser, phial.url);
  const page = await first.context.newPage();
  await signIn(page, phial.firstAddress);
  ids.demo = jobIdOf(page);
  const storageState = await first.context.storageState();
  await first.close();
  const proxy = { server: traffic.proxy };
  person = await visit(browser, phial.url, { proxy, storageState });
  nobody = await visit(browser, phial.url, { proxy });

  const { ctx } = phial;
  const submit = async (text: string) => (await submitMolecule({ ctx, input: { text } })).jobId;
  await jobEnd(ctx, ids.demo);
  ids.imatinib = await submit('imatinib');
  ids.salt = await submit(SALT);
  ids.unknown = await submit('nosuchmolecule');
  for (const each of [ids.imatinib, ids.salt, ids.unknown]) await jobEnd(ctx, each);
  sources.hold('clinicaltrials', 'europepmc');
  const jobId = await submit('aspirin');
  await until('the compound', async () => (await getJob({ ctx, jobId })).subject);
  await finishJob({ ctx, jobId });
  await jobEnd(ctx, jobId);
  ids.partial = jobId;
  ids.running = await submit('CHEMBL25');
  const { rows } = await listEvidenceRows({ ctx, jobId: ids.demo });
  ids.trial = rows.find(({ kind }) => kind === 'trial')?.id ?? '';
  ids.article = rows.find(({ kind }) => kind === 'article')?.id ?? '';
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  await Promise.all([sources?.close(), traffic?.close()]);
});

interface Shown {
  name: string;
  /** Names in braces are ids. */
  address: string;
  stranger?: true;
  /** What is done there first. */
  first?: (page: Page) => Promise<void>;
}

const drawer = (page: Page) => page.getByRole('dialog').locator('dl, mark').first().waitFor();

const PAGES: Shown[] = [
  // First, for it does not run for ever.
  { name: 'job-running', address: '/runs/{running}' },
  { name: 'sign-in', address: '/sign-in', stranger: true },
  { name: 'sign-in-refused', address: '/sign-in?refused=1', stranger: true },
  { name: 'dashboard', address: '/' },
  { name: 'dashboard-none', address: '/?q=nothing+is+called+this' },
  { name: 'new', address: '/new' },
  { name: 'new-smiles', address: '/new?text=CC(=O)Oc1ccccc1C(=O)O' },
  { name: 'new-broken', address: '/new?text=C1CC(' },
  { name: 'molecules', address: '/molecules' },
  { name: 'sources', address: '/sources' },
  { name: 'job-completed', address: '/runs/{demo}' },
  { name: 'job-partial', address: '/runs/{partial}' },
  { name: 'job-failed', address: '/runs/{unknown}' },
  { name: 'job-choice', address: '/runs/{salt}' },
  { name: 'evidence', address: '/runs/{demo}/evidence' },
  { name: 'evidence-trial', address: '/runs/{demo}/evidence?record={trial}', first: drawer },
  { name: 'evidence-article', address: '/runs/{demo}/evidence?record={article}', first: drawer },
  { name: 'evidence-partial', address: '/runs/{partial}/evidence' },
  { name: 'candidates', address: '/runs/{demo}/candidates' },
  { name: 'candidates-terms', address: '/runs/{demo}/candidates?view=terms&weights=phase.2:0.5' },
  {
    name: 'candidate',
    address: '/runs/{demo}/candidates',
    first: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await drawer(page);
    },
  },
  { name: 'report', address: '/runs/{demo}/report' },
  { name: 'report-partial', address: '/runs/{partial}/report' },
  { name: 'report-none', address: '/runs/{unknown}/report' },
  {
    name: 'citation',
    address: '/runs/{demo}/report',
    first: async (page) => {
      await page.keyboard.press('j');
      await drawer(page);
    },
  },
  { name: 'compare-choice', address: '/compare' },
  { name: 'compare', address: '/compare?jobs={demo},{imatinib}&show=all' },
  { name: 'not-found', address: '/runs/00000000-0000-4000-8000-000000000000' },
  {
    name: 'keys',
    address: '/',
    first: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
];

it.each(PAGES)('$name', async ({ name, address, stranger, first }) => {
  const visitor = stranger ? nobody : person;
  const page = await visitor.open(address.replace(/\{(\w+)\}/g, (_, id) => ids[id] ?? id));
  const picture = async (...parts: unknown[]) => {
    if (!pictures) return;
    const file = path.join(pictures, `${[name, ...parts].join('-')}.png`);
    await page.screenshot({ path: file, fullPage: true });
  };
  try {
    await traffic.quiet();
    await first?.(page);
    await traffic.quiet();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
      await picture(width, 'light');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await overflowing(page)).toEqual([]);
      // A theme changes nothing but colours, and those do not depend on the width.
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture(width, 'dark');
      if (width === WIDTHS[0]) {
        expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
      }
    }
    // The page that is not there is answered as one that is not there.
    const missing = name === 'not-found' ? [expect.stringContaining('404')] : [];
    expect(visitor.complaints()).toEqual(missing);
    expect(traffic.outside()).toEqual([]);
  } finally {
    await page.close();
  }
});

/** The whole system in a real browser: signing in, and jobs from their submission to their end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { submitMolecule } from '@/server/jobs';
import { getJob, listJobs } from '@/server/jobs/queries';
import { readReport } from '@/server/reports/store';
import { launchChromium } from '../chromium';
import {
  isLive,
  jobIdOf,
  jobIs,
  logIsWhole,
  logLines,
  step,
  stepSays,
  unfoldLog,
} from './job-screen';
import { type Phial, startPhial } from './phial';
import { type SlowSources, startSlowSources } from './slow-sources';
import { startTraffic, type Traffic } from './traffic';
import { signIn, tabTo, type Visitor, visit } from './visitor';
import { until } from './wait';

let browser: Browser;
let sources: SlowSources;
let traffic: Traffic;
let phial: Phial;
let ada: Visitor;

beforeAll(async () => {
  [browser, sources, traffic] = await Promise.all([
    launchChromium(),
    startSlowSources(),
    startTraffic(),
  ]);
  phial = await startPhial({ SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
  ada = await visit(browser, phial.url, { proxy: { server: traffic.proxy } });
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  await Promise.all([sources?.close(), traffic?.close()]);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await phial.logs());
  sources.release();
  await Promise.all(ada.context.pages().map((page) => page.close()));
  expect(traffic.outside()).toEqual([]);
});

/** Another browser that is signed in as the same person. */
async function again(options = {}): Promise<Visitor> {
  const storageState = await ada.context.storageState();
  return visit(browser, phial.url, {
    proxy: { server: traffic.proxy },
    storageState,
    ...options,
  });
}

const submit = async (text: string): Promise<string> =>
  (await submitMolecule({ ctx: phial.ctx, input: { text } })).jobId;

/** Takes the time in the page, from the next click until the tab's title begins with the word. */
const timeConfirmation = (page: Page, word: string): Promise<void> =>
  page.evaluate((wanted) => {
    let clickedAt = 0;
    addEventListener('click', () => (clickedAt = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (clickedAt === 0 || !document.title.startsWith(wanted) || 'confirmedAfterMs' in window)
        return;
      Object.assign(window, { confirmedAfterMs: performance.now() - clickedAt });
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, word);

describe('signing in', () => {
  it('takes the printed address once, and shows the demonstration at work', async () => {
    const page = await ada.open(phial.firstAddress);
    // An address that was merely looked at, by a mail scanner or a preview, must still work.
    await page.reload();
    const [posted] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    expect(new URL(posted.url()).pathname).toBe('/sign-in');
    await page.waitForURL('**/runs/*');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/sildenafil/i);
    await page.getByText('Demo', { exact: true }).first().waitFor();
    await jobIs(page, 'Completed');
    await page.getByRole('heading', { name: 'Result' }).waitFor();
    expect(sources.log()).toEqual([]);

    const stranger = await visit(browser, phial.url);
    const refused = await stranger.open(phial.firstAddress);
    await refused.getByRole('button', { name: 'Sign in' }).click();
    await refused.getByText('This token does not work').waitFor();
    await refused.goto('/');
    expect(new URL(refused.url()).pathname).toBe('/sign-in');
    expect(stranger.complaints()).toEqual([]);
    await stranger.close();
    expect(ada.complaints()).toEqual([]);
  });

  it('works a second time, also without scripts, and submits nothing again', async () => {
    const before = await listJobs({ ctx: phial.ctx });
    const visitor = await visit(browser, phial.url, { javaScriptEnabled: false });
    const page = await visitor.context.newPage();
    await signIn(page, await phial.anotherAddress());
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
    expect(await listJobs({ ctx: phial.ctx })).toEqual(before);
    await visitor.close();
  });
});

describe('a job', () => {
  it('is submitted, watched, read again half-way and finished early by keyboard', async () => {
    sources.hold('clinicaltrials', 'pubmed', 'europepmc');
    const page = await ada.open('/');
    await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
    const { keyboard } = page;
    await keyboard.press('g');
    await keyboard.press('n');
    await page.waitForURL('**/new');
    const molecule = page.getByRole('textbox', { name: 'Molecule' });
    await tabTo(molecule);
    await keyboard.type('CC(=O)Oc1ccccc1C(=O)O');
    await page.getByRole('img', { name: /C9H8O4/ }).waitFor();
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('imatinib');
    await keyboard.press('Enter');
    await page.waitForURL('**/runs/*');

    await isLive(page);
    await stepSays(page, 'ChEMBL', 'Done');
    await stepSays(page, 'PubMed', 'Running');
    const fold = page.getByText('Log', { exact: true });
    await tabTo(page.locator('summary').filter({ has: fold }));
    await keyboard.press('Enter');
    await until('lines of the log', async () => (await logLines(page)).length > 10);

    const before = await logLines(page);
    await page.reload();
    await stepSays(page, 'ChEMBL', 'Done');
    await unfoldLog(page);
    expect((await logLines(page)).slice(0, before.length)).toEqual(before);
    await isLive(page);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    sources.release('pubmed');
    await stepSays(page, 'PubMed', 'Done');

    await tabTo(page.getByRole('button', { name: 'Finish now' }));
    await keyboard.press('Enter');
    await jobIs(page, 'Partial');
    await stepSays(page, 'ClinicalTrials.gov', 'finished early');
    await logIsWhole(page, phial.ctx);
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);

    const report = await readReport({ ctx: phial.ctx, jobId: jobIdOf(page) });
    const ledger = Object.fromEntries(report.sources.map((s) => [s.id, [s.outcome, s.reason]]));
    expect(ledger.clinicaltrials).toEqual(['not-searched', 'finished early']);
    expect(ledger.europepmc).toEqual(['not-searched', 'finished early']);
    expect(ledger.pubmed?.[0]).toBe('ok');

    // What was left out can be asked for afterwards.
    sources.release();
    await tabTo(page.getByRole('button', { name: 'Retry what is missing' }));
    await keyboard.press('Enter');
    await jobIs(page, 'Completed');
    await stepSays(page, 'ClinicalTrials.gov', 'Done');
    await logIsWhole(page, phial.ctx);
    const { reports } = await getJob({ ctx: phial.ctx, jobId: jobIdOf(page) });
    expect(reports.map(({ version }) => version).sort()).toEqual([1, 2]);
    expect(ada.complaints()).toEqual([]);
  });

  it('is live in eight tabs over one stream, also when the tab that holds it is closed', async () => {
    sources.hold('clinicaltrials', 'pubmed', 'europepmc', 'openfda', 'opentargets');
    const jobId = await submit('aspirin');
    const visitor = await again();
    const streaming: Page[] = [];
    const openTab = async () => {
      const page = await visitor.context.newPage();
      page.on('request', (request) => {
        if (request.url().includes('jobs.watch')) streaming.push(page);
      });
      await page.goto(`/runs/${jobId}`);
      await unfoldLog(page);
      return page;
    };
    const tabs = await Promise.all(Array.from({ length: 8 }, openTab));
    await Promise.all(tabs.map(isLive));
    // A tab that comes in has the stream opened anew for what it has not had yet.
    await until('one stream', async () => traffic.open('jobs.watch') === 1);
    sources.release('opentargets');
    await Promise.all(tabs.map((page) => stepSays(page, 'Open Targets', 'Done')));
    expect(traffic.open('jobs.watch')).toBe(1);

    const leader = streaming.at(-1);
    expect(new Set(streaming)).toEqual(new Set([leader]));
    await leader?.close();
    sources.release('pubmed');
    const others = tabs.filter((page) => page !== leader);
    expect(others).toHaveLength(7);
    await Promise.all(others.map((page) => stepSays(page, 'PubMed', 'Done')));
    expect(traffic.open('jobs.watch')).toBe(1);
    expect(streaming.at(-1)).not.toBe(leader);

    sources.release();
    await Promise.all(others.map((page) => jobIs(page, 'Completed')));
    for (const page of others) await logIsWhole(page, phial.ctx);
    expect(visitor.complaints()).toEqual([]);
    await visitor.close();
    await until(
      'the stream to end with the last tab',
      async () => traffic.open('jobs.watch') === 0,
    );
  });

  it('is cancelled from its page within two seconds', async () => {
    sources.hold('clinicaltrials', 'pubmed', 'openfda');
    const jobId = await submit('CHEMBL25');
    const page = await ada.open(`/runs/${jobId}`);
    await stepSays(page, 'openFDA', 'Running');
    await isLive(page);
    await until('open requests', async () => sources.open() > 0);
    await timeConfirmation(page, 'Cancelled');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Retry what is missing' }).waitFor();
    await jobIs(page, 'Cancelled');
    expect(await page.evaluate('confirmedAfterMs')).toBeLessThan(2_000);
    await until('requests to be broken off', async () => sources.open() === 0, 2_000);
    expect(await step(page, 'openFDA').getByText('Not done', { exact: true }).count()).toBe(1);
    expect(ada.complaints()).toEqual([]);
  });

  it('is submitted and cancelled where no script runs', async () => {
    sources.hold('clinicaltrials');
    const visitor = await again({ javaScriptEnabled: false });
    const page = await visitor.open('/new');
    await page.getByRole('textbox', { name: 'Molecule' }).fill('   ');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('textbox', { name: 'Molecule' }).fill('Imatinib');
    await page.getByRole('textbox', { name: 'Indication to judge' }).fill('Asthma');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.waitForURL('**/runs/*');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Retry what is missing' }).waitFor();
    const job = await getJob({ ctx: phial.ctx, jobId: jobIdOf(page) });
    expect(job).toMatchObject({ status: 'cancelled', options: { indication: 'Asthma' } });
    await visitor.close();
  });

  it('goes on live by itself when the web server was killed', async () => {
    sources.hold('clinicaltrials', 'pubmed');
    const jobId = await submit('sildenafil');
    const visitor = await again();
    const tabs = [await visitor.open(`/runs/${jobId}`), await visitor.open(`/runs/${jobId}`)];
    for (const page of tabs) {
      await unfoldLog(page);
      await isLive(page);
      await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    }
    await phial.kill('web');
    sources.release('pubmed');
    for (const page of tabs) await stepSays(page, 'PubMed', 'Done');
    sources.release();
    for (const page of tabs) {
      await jobIs(page, 'Completed');
      await logIsWhole(page, phial.ctx);
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    }
    await visitor.close();
  });
});

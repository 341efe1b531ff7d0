/** The whole system in a real browser: reading what a job found, by keyboard. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { formatFigure } from '@/components/ui/format';
import { getAssessment, getEvidence } from '@/server/evidence/queries';
import { said } from '@/server/evidence/schema';
import { score } from '@/server/evidence/score/score';
import { DEFAULT_WEIGHTS, weightsWith } from '@/server/evidence/score/weights';
import { getJob } from '@/server/jobs/queries';
import { readReport } from '@/server/reports/store';
import { launchChromium } from '../chromium';
import { jobIdOf, jobIs } from './job-screen';
import { type Phial, root, startPhial } from './phial';
import { startTraffic, type Traffic } from './traffic';
import { signIn, tabTo, type Visitor, visit } from './visitor';
import { until } from './wait';

let browser: Browser;
let traffic: Traffic;
let phial: Phial;
let ada: Visitor;
/** The demonstration's. */
let jobId: string;

beforeAll(async () => {
  [browser, traffic, phial] = await Promise.all([
    launchChromium(),
    startTraffic(),
    // Nobody listens there: whoever asks a source all the same gets no answer.
    startPhial({ SOURCES_BASE_URL: 'http://127.0.0.1:9' }),
  ]);
  ada = await visit(browser, phial.url, { proxy: { server: traffic.proxy } });
  const page = await ada.context.newPage();
  await signIn(page, phial.firstAddress);
  jobId = jobIdOf(page);
  await jobIs(page, 'Completed');
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  await traffic?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await phial.logs());
  await Promise.all(ada.context.pages().map((page) => page.close()));
  expect(ada.complaints()).toEqual([]);
  expect(traffic.outside()).toEqual([]);
});

const address = (page: Page) => new URL(page.url()).searchParams;
const rows = (page: Page, table: string) =>
  page.getByRole('table', { name: table, exact: true }).getByRole('row');

/** The place of the row that has the focus; the head is row 0. */
const focusedRow = (page: Page, table: string): Promise<number> =>
  rows(page, table).evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement));

it('goes through evidence by keyboard, to the quote in the stored copy', async () => {
  const page = await ada.open(`/runs/${jobId}/evidence`);
  const { keyboard } = page;
  await rows(page, 'Evidence').nth(3).waitFor();
  for (const [key, row] of [
    ['j', 1],
    ['j', 2],
    ['j', 3],
    ['k', 2],
  ] as const) {
    await keyboard.press(key);
    await until(`${key} to lead to row ${row}`, async () => {
      return (await focusedRow(page, 'Evidence')) === row;
    });
  }
  await keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  const title = await drawer.getByRole('heading', { level: 2 }).textContent();
  expect(await rows(page, 'Evidence').nth(2).textContent()).toContain(title);
  await until('the record in the address', async () => address(page).has('record'));

  const where = drawer.getByRole('button', { name: /^where / }).first();
  await tabTo(where);
  await keyboard.press('Enter');
  const mark = drawer.locator('mark').first();
  const quote = (await mark.textContent()) ?? '';
  const evidenceId = address(page).get('record') ?? '';
  const { evidence, facts } = await getEvidence({ ctx: phial.ctx, jobId, evidenceId });
  const place = facts.find(({ surroundings }) => surroundings.quote === quote)?.place;
  expect(place?.snapshotSha256).toBe(evidence.snapshotSha256);
  const stored = await phial.ctx.storage.get(phial.ctx.actor.workspaceId, evidence.snapshotSha256);
  const words = place && 'value' in place ? JSON.stringify(place.value) : place?.quote;
  expect(words?.length).toBeGreaterThan(2);
  expect(stored?.toString()).toContain(words);

  // The list's keys go on working beside the drawer.
  await keyboard.press('j');
  await until('the next record', async () => {
    return (await drawer.getByRole('heading', { level: 2 }).textContent()) !== title;
  });
  await until('its address', async () => address(page).get('record') !== evidenceId);
  await keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  await until('the list’s address', async () => !address(page).has('record'));
});

it('keeps the filter of evidence in the address', async () => {
  const page = await ada.open(`/runs/${jobId}/evidence`);
  const { keyboard } = page;
  await rows(page, 'Evidence').nth(3).waitFor();
  const all = await rows(page, 'Evidence').count();
  await keyboard.press('/');
  await keyboard.type('hypertension');
  await until('the search in the address', async () => address(page).get('q') === 'hypertension');
  const trials = page.getByRole('checkbox', { name: /^Trials?\b/ });
  await tabTo(trials);
  await keyboard.press('Space');
  await until('the facet in the address', async () => address(page).get('kind') === 'trial');
  await until('fewer rows', async () => (await rows(page, 'Evidence').count()) < all);
  const narrowed = await rows(page, 'Evidence').allTextContents();
  expect(narrowed.length).toBeGreaterThan(1);
  await page.reload();
  await trials.waitFor();
  expect(await trials.isChecked()).toBe(true);
  await rows(page, 'Evidence').nth(1).waitFor();
  expect(await rows(page, 'Evidence').allTextContents()).toEqual(narrowed);
  await tabTo(page.getByRole('button', { name: 'Show all' }));
  await keyboard.press('Enter');
  await until('all rows', async () => (await rows(page, 'Evidence').count()) === all);
  await until('the address of all', async () => !address(page).has('q'));
});

it('weighs candidates anew at once, without asking the server', async () => {
  const assessment = await getAssessment({ ctx: phial.ctx, jobId });
  if (!assessment) throw new Error('The demonstration has no assessment');
  const ranking = (weights = DEFAULT_WEIGHTS) =>
    score(assessment.features, weights)
      .candidates.filter(({ approved }) => !approved)
      .map(({ indication, label, interval: { low, high } }) => [
        indication,
        label ?? '',
        `${formatFigure(low)} to ${formatFigure(high)}`,
      ]);
  /** Holds that the table shows these candidates, labels and intervals in this order. */
  const shows = async (page: Page, expected: string[][]) => {
    const texts = (await rows(page, 'Candidates').allTextContents()).slice(1);
    expect(texts).toHaveLength(expected.length);
    for (const [at, words] of expected.entries()) {
      for (const word of words) expect(texts[at]).toContain(word);
    }
  };
  const without = weightsWith({ 'phase.2': 0 });
  const order = (all: string[][]) => all.map(([indication, label]) => [indication, label]);
  // Else the table could stay as it is and pass.
  expect(order(ranking(without))).not.toEqual(order(ranking()));

  const page = await ada.open(`/runs/${jobId}/candidates`);
  const slider = page.getByRole('slider', { name: /^Phase 2/ });
  await slider.waitFor();
  await shows(page, ranking());
  const before = await rows(page, 'Candidates').allTextContents();
  await tabTo(slider);
  await traffic.quiet();
  traffic.forget();
  await page.keyboard.press('Home');
  await until('the ranking to follow', async () => {
    return (await rows(page, 'Candidates').allTextContents()).join() !== before.join();
  });
  await shows(page, ranking(without));
  await until('the weights in the address', async () => address(page).has('weights'));
  expect(address(page).get('weights')).toBe('phase.2:0');
  expect(traffic.asked('')).toEqual([]);

  const shared = await ada.open(page.url());
  await shared.getByRole('slider', { name: /^Phase 2/ }).waitFor();
  await shows(shared, ranking(without));

  const reset = page.getByRole('button', { name: /^Reset/ });
  await tabTo(reset);
  await page.keyboard.press('Enter');
  await until('the usual weights', async () => !address(page).has('weights'));
  await until('the ranking as it was', async () => {
    return (await rows(page, 'Candidates').allTextContents()).join() === before.join();
  });
});

it('reads the report, and from a statement what it cites', async () => {
  const report = await readReport({ ctx: phial.ctx, jobId });
  const page = await ada.open(`/runs/${jobId}/report`);
  await page
    .getByText(report.decision.label ?? '')
    .first()
    .waitFor();
  expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThanOrEqual(12);
  await page.keyboard.press('j');
  const drawer = page.getByRole('dialog');
  const mark = drawer.locator('mark').first();
  await mark.waitFor();
  const cited = report.claims.flatMap(({ citations }) => citations.map((c) => String(said(c))));
  const quote = (await mark.textContent()) ?? '';
  expect(cited.some((words) => quote.includes(words))).toBe(true);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});

it('compares two molecules that are chosen by keyboard', async () => {
  const bundle = path.join(root, 'public', 'demo', 'bundle.ndjson.gz');
  const out = await phial.command('research', 'molecule', 'imatinib', '--pinned', bundle, '--json');
  const result = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { status: string };
  expect(result.status).toBe('completed');

  const page = await ada.open('/');
  const { keyboard } = page;
  await keyboard.press('g');
  await keyboard.press('c');
  await page.waitForURL('**/compare');
  const table = page.getByRole('table', { name: 'Comparison' });
  for (const name of ['Sildenafil', 'Imatinib']) {
    const choice = page.getByRole('combobox', { name: 'Add a molecule' });
    await tabTo(choice);
    await keyboard.type(name);
    await tabTo(page.getByRole('button', { name: 'Add' }));
    await keyboard.press('Enter');
    await table.getByRole('columnheader', { name }).waitFor();
  }
  expect(await table.getByRole('columnheader').count()).toBe(3);
  const { subject } = await getJob({ ctx: phial.ctx, jobId });
  const formulas = table.getByRole('row', { name: /^Formula/ });
  expect(await formulas.textContent()).toContain(subject?.formula);
  expect(await formulas.textContent()).toContain('C29H31N7O');

  await tabTo(page.getByRole('link', { name: 'Take Sildenafil out' }));
  await keyboard.press('Enter');
  await until('one molecule', async () => (await table.getByRole('columnheader').count()) === 2);
});

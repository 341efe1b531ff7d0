/** The whole system in a real browser: what people think of evidence, said by keyboard. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { listEvidenceRows } from '@/server/evidence/queries';
import { usualOrder } from '@/server/evidence/rows';
import { feedbackOfJob, vote } from '@/server/feedback';
import { rankingOf, recordImpression, trainRanker } from '@/server/ranking';
import { LOOKED_AT } from '@/server/ranking/session';
import { launchChromium } from '../chromium';
import { jobIdOf, jobIs } from './job-screen';
import { type Phial, startPhial } from './phial';
import { accessibilityFaults, overflowing, signIn, tabTo, type Visitor, visit } from './visitor';
import { until } from './wait';

let browser: Browser;
let phial: Phial;
let ada: Visitor;
let jobId: string;

beforeAll(async () => {
  [browser, phial] = await Promise.all([
    launchChromium(),
    startPhial({ SOURCES_BASE_URL: 'http://127.0.0.1:9' }),
  ]);
  ada = await visit(browser, phial.url);
  const page = await ada.context.newPage();
  await signIn(page, phial.firstAddress);
  jobId = jobIdOf(page);
  await jobIs(page, 'Completed');
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await phial.logs());
  await Promise.all(ada.context.pages().map((page) => page.close()));
  expect(ada.complaints()).toEqual([]);
});

const row = (page: Page, index: number) =>
  page.getByRole('table', { name: 'Evidence', exact: true }).getByRole('row').nth(index);
const idOf = async (page: Page, index: number) =>
  (await row(page, index).getAttribute('data-row')) ?? '';

const standing = async (evidenceId: string) =>
  (await feedbackOfJob({ ctx: phial.ctx, jobId }))[evidenceId];

it('votes by keyboard, sees the sums then, and takes it back', async () => {
  const page = await ada.open(`/runs/${jobId}/evidence`);
  const { keyboard } = page;
  await row(page, 2).waitFor();
  const id = await idOf(page, 1);
  await keyboard.press('j');
  await keyboard.press('v');
  const up = row(page, 1).getByRole('button', { name: /^Vote up/ });
  await until('the vote to show', async () => (await up.getAttribute('aria-pressed')) === 'true');
  await row(page, 1).getByText('1 up, 0 down').waitFor({ state: 'attached' });
  expect(await standing(id)).toMatchObject({ mine: 1, totals: { up: 1, down: 0 } });

  await keyboard.press('x');
  await row(page, 1).getByText('0 up, 1 down').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await row(page, 1).getByText('1 up, 0 down').waitFor({ state: 'attached' });
  await until('the undo to be kept', async () => (await standing(id))?.mine === 1);
});

it('votes without scripts', async () => {
  const bare = await visit(browser, phial.url, {
    javaScriptEnabled: false,
    storageState: await ada.context.storageState(),
  });
  const page = await bare.open(`/runs/${jobId}/evidence`);
  const id = await idOf(page, 2);
  await row(page, 2)
    .getByRole('button', { name: /^Vote down/ })
    .click();
  await row(page, 2).getByText('0 up, 1 down').waitFor({ state: 'attached' });
  expect(await standing(id)).toMatchObject({ mine: -1 });
  await bare.close();
});

it('flags a record, decides about it in the review queue, and marks it', async () => {
  const page = await ada.open(`/runs/${jobId}/evidence`);
  const { keyboard } = page;
  await row(page, 3).waitFor();
  const id = await idOf(page, 3);
  for (const _ of [1, 2, 3]) await keyboard.press('j');
  await keyboard.press('f');
  const dialog = page.getByRole('dialog', { name: 'Flag this record' });
  await dialog.getByRole('radio', { name: 'beside the point' }).check();
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('About another compound');
  await tabTo(dialog.getByRole('button', { name: 'Flag' }));
  await keyboard.press('Enter');
  await row(page, 3).getByText('flagged').waitFor();
  await until('the flag to be kept', async () => (await standing(id))?.flagged.length === 1);

  await keyboard.press('g');
  await keyboard.press('r');
  await page.waitForURL('**/review');
  await page.getByText('About another compound').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Nothing waits for a decision').waitFor();
  await page.goto(`/runs/${jobId}/evidence`);
  await page.locator(`[data-row="${id}"]`).getByText('review: beside the point').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.goto('/feedback');
  await page.getByRole('table', { name: 'Votes by source' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflowing(page)).toEqual([]);
});

it('shows the order that several people’s votes have taught, how far it moved a record, and the usual one', async () => {
  const { ctx } = phial;
  const { rows } = await listEvidenceRows({ ctx, jobId });
  const usual = rows.sort(usualOrder).slice(0, LOOKED_AT);
  const liked = usual.at(-1)?.kind ?? '';
  for (let person = 0; person < 7; person += 1) {
    const actor = { ...ctx.actor, kind: 'user', userId: randomUUID() } as Ctx['actor'];
    const as = { ...ctx, actor };
    const shown = usual.map(({ id }) => id);
    await recordImpression({ ctx: as, input: { jobId, version: 0, shown, pairAt: null } });
    for (const { id, kind } of usual) {
      await vote({ ctx: as, input: { jobId, evidenceId: id, value: kind === liked ? 1 : -1 } });
    }
  }
  // The worker trains by itself within ten minutes; whichever comes first puts it in use.
  await trainRanker({ ctx });
  const { scores } = await rankingOf({ ctx, jobId, random: () => 1 });
  const before = usual.findIndex(({ kind, alarm }) => kind === liked && alarm === null);
  const id = usual[before]?.id ?? '';
  const better = usual.filter((each) => (scores[each.id] ?? 0) > (scores[id] ?? 0));
  expect(better.length).toBeLessThan(before);

  const page = await ada.open(`/runs/${jobId}/evidence`);
  await page
    .getByText(/Ordered by what \d+ votes of \d people have taught/)
    .filter({ visible: true })
    .waitFor();
  const placeOf = async () => {
    const all = page.locator('tr[data-row]');
    return (await all.evaluateAll((trs) => trs.map((tr) => tr.getAttribute('data-row')))).indexOf(
      id,
    );
  };
  // Neighbours may be drawn by lot.
  expect(await placeOf()).toBeLessThan(before - 1);
  await page.locator(`tr[data-row="${id}"] th button`).first().click();
  await page
    .getByRole('dialog')
    .getByText(/votes moved this from \d+ to \d+/)
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Usual order' }).click();
  await page.waitForURL('**order=usual**');
  await page.getByText('In the usual order.').filter({ visible: true }).waitFor();
  expect(await placeOf()).toBe(before);

  await page.goto('/feedback');
  await page.getByRole('table', { name: 'What the order goes by' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  if (process.env.PHIAL_SCREENSHOTS) {
    await page.screenshot({ path: `${process.env.PHIAL_SCREENSHOTS}/learned.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflowing(page)).toEqual([]);
});

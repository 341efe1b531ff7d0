/** Programs against a running server, with a key made on its page; and the page's own security. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoBundle } from '@/server/demo';
import { importBundle } from '@/server/reports/store';
import { launchChromium } from '../chromium';
import { download, phialClient, untilEnded } from '../examples/typed-client';
import { type Phial, root, startPhial } from './phial';
import { accessibilityFaults, overflowing, signIn, type Visitor, visit } from './visitor';

let browser: Browser;
let phial: Phial;
let ada: Visitor;
let page: Page;
let bundleSha256: string;
const folder = mkdtempSync(path.join(tmpdir(), 'phial-programs-'));

beforeAll(async () => {
  [browser, phial] = await Promise.all([launchChromium(), startPhial()]);
  ada = await visit(browser, phial.url);
  page = await ada.context.newPage();
  await signIn(page, phial.firstAddress);
  ({ sha256: bundleSha256 } = await importBundle({ ctx: phial.ctx, bytes: await demoBundle() }));
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function makeKey(name: string, ...scopes: string[]): Promise<string> {
  await page.goto('/settings/keys');
  // A part of the page may lie twice in it, once hidden, until scripts have brought it in.
  const shownOnly = { visible: true };
  await page.getByLabel('Name', { exact: true }).filter(shownOnly).fill(name);
  for (const scope of scopes) {
    await page.locator(`input[value="${scope}"]`).filter(shownOnly).check();
  }
  await page.getByRole('button', { name: 'Make key' }).filter(shownOnly).click();
  const shown = page.getByText(/^phial_\w{8}_\w{32}$/);
  await shown.waitFor();
  return (await shown.textContent()) ?? '';
}

async function revoke(name: string): Promise<void> {
  const row = page.getByRole('row', { name: new RegExp(name) });
  await row.getByText('Revoke', { exact: true }).click();
  await row.getByRole('button', { name: 'Yes, revoke it' }).click();
  await row.getByText('Revoked').waitFor();
}

const ask = (at: string, headers: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${phial.url}${at}`, { ...init, headers });

describe('programs', () => {
  it('do the whole molecule job by the typed client', async () => {
    const key = await makeKey('Typed client', 'jobs');
    const client = phialClient(phial.url, key);
    const { jobId } = await client.jobs.submit.mutate({ text: 'imatinib', bundleSha256 });
    const events: string[] = [];
    const job = await untilEnded(client, jobId, (event) => events.push(event));
    expect(events[0]).toBe('job.submitted');
    expect(events.at(-1)).toBe('job.ended');
    const names = await download(phial.url, key, job, path.join(folder, 'typed'));
    expect(names).toContain('report.html');
    const report = JSON.parse(readFileSync(path.join(folder, 'typed', 'report.json'), 'utf8'));
    expect(report).toMatchObject({ schema: 'phial.report/1', job: { id: jobId } });
  });

  it('do it by plain HTTP and the names they know', async () => {
    const key = await makeKey('Plain HTTP', 'jobs');
    const file = path.join(folder, 'plain.html');
    const run = spawnSync(
      process.execPath,
      [path.join(root, 'tests', 'examples', 'plain-http.mjs'), 'aspirin', file],
      {
        encoding: 'utf8',
        env: {
          NODE_ENV: 'production',
          PHIAL_URL: phial.url,
          PHIAL_KEY: key,
          PHIAL_BUNDLE: bundleSha256,
        },
      },
    );
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout).status).toMatch(/^(completed|partial)$/);
    expect(readFileSync(file, 'utf8')).toContain('Aspirin');
  });

  it('are refused at once when their key is revoked, and what they have open ends', async () => {
    const key = await makeKey('Short-lived');
    const headers = { 'x-api-key': key };
    const { jobs } = await (await ask('/jobs', headers)).json();
    const stream = await ask(`/api/v1/jobs/${jobs[0].id}/events`, headers);
    expect(stream.status).toBe(200);
    // Broken off rather than finished: a client that may would come back.
    const ended = stream.text().catch(() => null);
    await revoke('Short-lived');
    await ended;
    const refused = await ask('/jobs', headers);
    expect(refused.status).toBe(401);
    expect((await refused.json()).message).toBe('Invalid or missing API key');
  });

  it('get {error, message, requestId} wherever they go wrong', async () => {
    for (const [method, at, status] of [
      ['GET', '/api/nowhere', 404],
      ['GET', '/status/7', 401],
      ['POST', '/research', 401],
      ['GET', '/reports/7.html', 401],
    ] as const) {
      const response = await ask(at, {}, { method });
      expect(response.status).toBe(status);
      expect(Object.keys(await response.json()).sort()).toEqual(['error', 'message', 'requestId']);
    }
  });
});

describe('pages', () => {
  it('run nothing without the nonce, and complain of nothing', async () => {
    ada.complaints();
    const [first] = await (await page.request.get('/jobs')).json().then((all) => all.jobs);
    const run = `/runs/${first.id}`;
    const found: string[] = [];
    for (const at of [
      '/',
      '/new',
      '/molecules',
      '/sources',
      '/settings/keys',
      '/settings/cache',
      run,
      `${run}/evidence`,
      `${run}/candidates`,
      `${run}/report`,
    ]) {
      const response = await page.goto(at);
      const policy = response?.headers()['content-security-policy'] ?? '';
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
      expect(policy).not.toMatch(/unsafe-(inline|eval)/);
      expect(response?.headers()['x-content-type-options']).toBe('nosniff');
      await page.waitForLoadState('networkidle');
      found.push(...ada.complaints().map((complaint) => `${at}: ${complaint}`));
    }
    expect(found).toEqual([]);
    await page.goto(`${run}/evidence`);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(ada.complaints()).toEqual([]);
    const injected = await page.evaluate(() => {
      const script = document.createElement('div');
      script.innerHTML = '<img src="data:," onerror="window.harmed = true">';
      document.body.append(script);
      return new Promise((resolve) => {
        setTimeout(() => resolve('harmed' in window), 200);
      });
    });
    expect(injected).toBe(false);
    ada.complaints();
  });

  it('say when too much was asked for, count down and go on', async () => {
    await page.goto('/sources');
    let limited = true;
    await page.route('**/api/trpc/sources.health**', async (route) => {
      if (!limited) return route.continue();
      const data = {
        code: 'TOO_MANY_REQUESTS',
        httpStatus: 429,
        path: 'sources.health',
        reason: 'RATE_LIMIT_EXCEEDED',
        details: { retryAfterSeconds: 3 },
      };
      const error = { json: { message: 'Too many requests', code: -32_029, data } };
      await route.fulfill({ status: 429, json: [{ error }] });
    });
    const notice = page.getByText('Too much was asked for in a short time');
    await notice.waitFor();
    await page.getByText(/in [123] s/).waitFor();
    limited = false;
    await notice.waitFor({ state: 'detached' });
    await page.unroute('**/api/trpc/sources.health**');
    ada.complaints();
  });

  it('document the API, to be tried there', async () => {
    await page.goto('/docs');
    await page.getByText('Jobs of the workspace, newest first, by cursor').first().waitFor();
    expect(await page.locator('.opblock').count()).toBeGreaterThan(15);
    expect(ada.complaints()).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await overflowing(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('of keys and of the cache can be used by everyone', async () => {
    for (const at of ['/settings/keys', '/settings/cache']) {
      await page.goto(at);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await overflowing(page)).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });

  it('have the tab of the open one in sight on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/settings/cache');
    const tab = await page.getByRole('link', { name: 'Cache and limits' }).boundingBox();
    expect(tab!.x).toBeGreaterThanOrEqual(0);
    expect(tab!.x + tab!.width).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('carry out no write that another site sends', async () => {
    const cookies = await ada.context.cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const batch = '/api/trpc/jobs.submit?batch=1';
    const body = JSON.stringify({ 0: { json: { text: 'caffeine' } } });
    const headers = { cookie, 'content-type': 'application/json' };
    for (const origin of ['https://evil.example', 'null']) {
      const refused = await ask(batch, { ...headers, origin }, { method: 'POST', body });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: 'CROSS_SITE' });
    }
    const form = await ask('/new', { cookie, origin: 'https://evil.example' }, { method: 'POST' });
    expect(form.status).toBe(403);
    const own = await ask(batch, { ...headers, origin: phial.url }, { method: 'POST', body });
    expect(own.status).toBe(200);
  });
});

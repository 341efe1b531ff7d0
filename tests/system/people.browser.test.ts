/** People at browsers: they register, invite, join, are refused, reset, sign out and are thrown out. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../chromium';
import { type IdentityProvider, openIdentityProvider } from './identity-provider';
import { Mailbox } from './mailbox';
import { type Phial, startPhial } from './phial';
import { accessibilityFaults, overflowing, signIn, type Visitor, visit } from './visitor';
import { until } from './wait';

const password = 'violet kettle ninety';
const next = 'ninety kettles in violet';
const pictures = process.env.PHIAL_SCREENSHOTS;

let browser: Browser;
let phial: Phial;
let institute: IdentityProvider;
let mailbox: Mailbox;
const mailFolder = mkdtempSync(path.join(tmpdir(), 'phial-mail-'));
/** Each person has a browser of their own. */
const people: Record<'ada' | 'bob' | 'cy', { visitor: Visitor; page: Page }> = {} as never;

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  mailbox = new Mailbox(mailFolder);
  [browser, institute] = await Promise.all([launchChromium(), openIdentityProvider()]);
  phial = await startPhial({
    REGISTRATION: 'open',
    SMTP_URL: `file:${mailFolder}`,
    SOURCES_BASE_URL: 'http://127.0.0.1:9',
    ...institute.settings,
  });
  institute.serve(phial.url);
  for (const name of ['ada', 'bob', 'cy'] as const) {
    const visitor = await visit(browser, phial.url);
    people[name] = { visitor, page: await visitor.open('/sign-in') };
  }
});
afterAll(async () => {
  await browser?.close();
  await phial?.stop();
  await institute?.close();
  rmSync(mailFolder, { recursive: true, force: true });
});

/** Looks at the page wide and light, narrow and dark; at all four where pictures are kept. */
async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
    ...(pictures
      ? ([
          [1440, 'dark'],
          [390, 'light'],
        ] as const)
      : []),
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    if (pictures) {
      const file = path.join(pictures, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
    expect(await accessibilityFaults(page), name).toEqual([]);
    expect(await overflowing(page), name).toEqual([]);
  }
  if (size) await page.setViewportSize(size);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).filter({ visible: true }).fill(text);
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

async function signInAs(page: Page, email: string, typed: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, 'E-mail address', email);
  await fill(page, 'Password', typed);
  await press(page, 'Sign in');
}

describe('people', () => {
  it('register, refused with a reason until the password is a good one', async () => {
    const { page } = people.ada;
    await look(page, 'sign-in');
    await page.getByRole('link', { name: 'Make an account' }).click();
    await heading(page, 'Make an account');
    await fill(page, 'Name', 'Ada');
    await fill(page, 'E-mail address', 'ada@example.org');
    await fill(page, 'Password', 'iloveyou1234');
    await press(page, 'Make an account');
    await page.getByText('among those that are tried first').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada');
    await look(page, 'register-refused');
    await fill(page, 'Password', password);
    await press(page, 'Make an account');
    await page.waitForURL('/');
    await page.goto(await mailbox.linkTo('ada@example.org'));
    await look(page, 'confirm-email');
    await press(page, 'Confirm');
    await page.getByText('Your e-mail address is confirmed').waitFor();
    await look(page, 'account');
  });

  it('invite by mail; who joins as viewer is not offered what viewers may not do', async () => {
    const { ada, bob } = people;
    await ada.page.goto('/settings/members');
    await fill(ada.page, 'E-mail address', 'bob@example.org');
    await press(ada.page, 'Invite');
    await ada.page.getByText('The invitation is on its way').first().waitFor();
    await look(ada.page, 'members');
    await bob.page.goto(await mailbox.linkTo('bob@example.org'));
    await heading(bob.page, "Join Ada's workspace");
    await look(bob.page, 'invitation');
    await fill(bob.page, 'Name', 'Bob');
    await fill(bob.page, 'Password', password);
    await press(bob.page, 'Make an account');
    await bob.page.waitForURL('/');
    await bob.page.goto('/settings/members');
    await bob.page.getByRole('rowheader', { name: 'Ada' }).waitFor();
    expect(await bob.page.getByRole('button', { name: 'Remove' }).count()).toBe(0);
    await look(bob.page, 'members-viewer');
    await bob.page.goto('/settings/audit');
    await bob.page.getByText('The audit log is for admins').waitFor();
    const refused = await bob.page.request.post('/api/trpc/jobs.submit', {
      data: { json: { text: 'aspirin' } },
      headers: { origin: phial.url },
    });
    expect(refused.status()).toBe(403);
  });

  it('sign in without scripts too', async () => {
    const visitor = await visit(browser, phial.url, { javaScriptEnabled: false });
    const page = await visitor.open('/sign-in');
    await signInAs(page, 'bob@example.org', 'not the password');
    await page.getByText('do not belong together').waitFor();
    await signInAs(page, 'bob@example.org', password);
    await page.waitForURL('/');
    await visitor.close();
  });

  it('come by way of an identity provider', async () => {
    const { page } = people.cy;
    const goBy = async (name: string) => {
      await page.goto('/sign-in');
      await press(page, 'Continue with the institute');
      await page.waitForURL(`${institute.issuer}/**`);
      const field = page.locator('input[name=login]');
      if (await field.isVisible()) {
        await field.fill(name);
        await page.locator('input[name=password]').fill('any');
        await page.locator('[type=submit]').click();
      }
      await page.locator('[type=submit]').click();
    };
    await goBy('cy');
    await page.waitForURL(`${phial.url}/`);
    await page.goto('/settings/account');
    await page.getByText(`You also sign in through ${institute.issuer}`).waitFor();
    // Whoever came once is known again.
    await page.context().clearCookies({ domain: '127.0.0.1', name: 'phial.session-token' });
    await page.goto('/settings/account');
    await page.waitForURL('**/sign-in');
    await press(page, 'Continue with the institute');
    await page.waitForURL(`${phial.url}/`);
    const ours = people.cy.visitor.complaints().filter((one) => one.includes(phial.url));
    expect(ours).toEqual([]);
  });

  it('choose a new password by a mailed link, which ends their sessions', async () => {
    const { page } = people.bob;
    const elsewhere = await visit(browser, phial.url);
    const page2 = await elsewhere.open('/forgot-password');
    await look(page2, 'forgot-password');
    await fill(page2, 'E-mail address', 'bob@example.org');
    await press(page2, 'Mail me a link');
    await page2.getByText('Look into your mailbox').waitFor();
    await page2.goto(await mailbox.linkTo('bob@example.org'));
    await look(page2, 'reset-password');
    await fill(page2, 'New password', next);
    await press(page2, 'Change password and sign in');
    await page2.waitForURL('/');
    await page.goto('/molecules');
    await page.waitForURL('**/sign-in');
    await signInAs(page, 'bob@example.org', next);
    await page.waitForURL('/');
    await elsewhere.close();
  });

  it('end a session: within a second its requests are refused and its stream closes', async () => {
    const { page } = people.ada;
    const other = await visit(browser, phial.url);
    const page2 = await other.open('/sign-in');
    await signInAs(page2, 'ada@example.org', password);
    await page2.waitForURL('/');
    const jobId = await submitted(page2);
    const closedAfter = page2.evaluate(async (id) => {
      const input = encodeURIComponent(JSON.stringify({ json: { jobs: [{ id, after: 0 }] } }));
      const response = await fetch(`/api/trpc/jobs.watch?input=${input}`);
      const reader = response.body?.getReader();
      (window as unknown as { watching: boolean }).watching = true;
      try {
        while (reader && !(await reader.read()).done);
      } catch {
        // Broken off rather than ended: the reader is to come back and ask again.
      }
      return Date.now();
    }, jobId);
    const watching = () => page2.evaluate(() => 'watching' in window);
    await until('the stream', watching);
    await page.goto('/settings/account');
    await look(page, 'account-sessions');
    const row = page.getByRole('row').filter({ hasNotText: 'this one' }).filter({ hasText: 'End' });
    const endedAt = Date.now();
    await row.getByRole('button').click();
    await page.getByText('The session is ended').first().waitFor();
    expect((await closedAfter) - endedAt).toBeLessThan(1_000);
    const refused = await page2.request.get('/api/trpc/jobs.counts');
    expect(refused.status()).toBe(401);
    await page2.goto('/');
    await page2.waitForURL('**/sign-in');
    await other.close();
  });

  it('are let in by the token of `up`, and move between their workspaces', async () => {
    const visitor = await visit(browser, phial.url);
    const page = await visitor.open('/sign-in?token=');
    await look(page, 'sign-in-token');
    await signIn(page, phial.firstAddress);
    expect(new URL(page.url()).pathname).toMatch(/^\/runs\//);
    await page.goto('/settings/workspaces');
    await fill(page, 'Name of the new one', 'Second laboratory');
    await press(page, 'Make a workspace');
    await page.waitForURL('/');
    await page.goto('/settings/workspaces');
    await look(page, 'workspaces');
    await page.getByRole('button', { name: 'Switch to Local workspace' }).click();
    await page.waitForURL('/');
    await page.goto('/settings/audit');
    await page.getByRole('table').getByText('Signed in').first().waitFor();
    await look(page, 'audit');
    await page.locator('summary', { hasText: ', account' }).click();
    await look(page, 'user-menu');
    expect(visitor.complaints()).toEqual([]);
    await visitor.close();
  });
});

/** A job that waits for sources that do not answer, so that there is something to watch. */
async function submitted(page: Page): Promise<string> {
  await page.goto('/new');
  await fill(page, 'Molecule', 'aspirin');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/runs/*');
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

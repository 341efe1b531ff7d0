import './globals.css';

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Shell } from '@/components/shell';
import { Trpc } from '@/components/trpc';
import { keysCookie, parseTheme, themeCookie } from '@/components/ui/preferences';
import { UserMenu } from '@/components/user-menu';
import { listWorkspaces } from '@/server/workspaces/workspace';
import { switchTo } from './(signed-in)/settings/workspaces/actions';
import { currentSession } from './page-context';
import { signOut } from './sign-in/actions';

export const metadata: Metadata = {
  title: { default: 'Phial', template: '%s · Phial' },
  description: 'Binds a molecule to the public evidence about it, every line checkable.',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' }, apple: '/apple-icon.png' },
  referrer: 'same-origin',
};

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  const light = '#fbfcfb';
  const dark = '#0f1413';
  return {
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: light },
            { media: '(prefers-color-scheme: dark)', color: dark },
          ]
        : theme === 'dark'
          ? dark
          : light,
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  const keysOn = (await cookies()).get(keysCookie)?.value !== 'off';
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <NuqsAdapter>
          <Trpc>
            <Shell theme={theme} keysOn={keysOn} renderedAt={Date.now()} user={await userMenu()}>
              {children}
            </Shell>
          </Trpc>
        </NuqsAdapter>
      </body>
    </html>
  );
}

async function userMenu() {
  // With the database away the frame still shows; the page inside it says what is wrong.
  const known = await currentSession().catch(() => null);
  if (!known) return null;
  const { userName, workspaceId, workspaceName, role } = known.session;
  const all = await listWorkspaces({ ctx: known.ctx }).catch(() => []);
  return (
    <UserMenu
      name={userName}
      workspace={workspaceName}
      role={role}
      others={all.filter((one) => one.workspaceId !== workspaceId)}
      switchTo={switchTo}
      signOut={signOut}
    />
  );
}

async function readTheme() {
  return parseTheme((await cookies()).get(themeCookie)?.value);
}

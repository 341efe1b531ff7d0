import './globals.css';

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Shell } from '@/components/shell';
import { keysCookie, parseTheme, themeCookie } from '@/components/ui/preferences';

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
          <Shell theme={theme} keysOn={keysOn} renderedAt={Date.now()}>
            {children}
          </Shell>
        </NuqsAdapter>
      </body>
    </html>
  );
}

async function readTheme() {
  return parseTheme((await cookies()).get(themeCookie)?.value);
}

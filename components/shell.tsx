'use client';

import { Keyboard, Menu as MenuIcon, Monitor, Moon, Sun, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { ConnectionBadge, useConnection } from '@/components/ui/connection';
import { KeysProvider, useKeyHelp, useKeys } from '@/components/ui/keys';
import { Menu, MenuChoice } from '@/components/ui/menu';
import { savePreference, type Theme, themeCookie, themes } from '@/components/ui/preferences';
import { ClockProvider } from '@/components/ui/time';
import { ToastProvider } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';

const places = [
  { href: '/', label: 'Dashboard', key: 'g d' },
  { href: '/new', label: 'New', key: 'g n' },
  { href: '/ask', label: 'Ask', key: 'g a' },
  { href: '/molecules', label: 'Molecules', key: 'g m' },
  { href: '/papers', label: 'Papers', key: 'g p' },
  { href: '/compare', label: 'Compare', key: 'g c' },
  { href: '/review', label: 'Review', key: 'g r' },
  { href: '/sources', label: 'Sources', key: 'g s' },
] as const;

/** Pages that stand alone, before anyone is signed in. */
const bare = new Set([
  '/sign-in',
  '/register',
  '/forgot-password',
  '/reset-password',
  '/confirm-email',
  '/invitation',
]);

/**
 * The frame around every page: header, navigation, theme, state of the connection, keys, messages.
 * `user` is the signed-in person's menu.
 */
export function Shell({
  theme,
  keysOn,
  renderedAt,
  user,
  children,
}: {
  theme: Theme;
  keysOn: boolean;
  renderedAt: number;
  user?: ReactNode;
  children: ReactNode;
}) {
  const alone = bare.has(usePathname());
  return (
    <ClockProvider renderedAt={renderedAt}>
      <TooltipProvider>
        <KeysProvider initiallyOn={keysOn}>
          <ToastProvider>
            <a
              href="#content"
              className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
            >
              Skip to content
            </a>
            <GlobalKeys />
            <Header theme={theme} alone={alone} user={user} />
            <main
              id="content"
              tabIndex={-1}
              className="mx-auto max-w-page px-4 pb-24 outline-none sm:px-6"
            >
              {children}
            </main>
          </ToastProvider>
        </KeysProvider>
      </TooltipProvider>
    </ClockProvider>
  );
}

function Header({ theme, alone, user }: { theme: Theme; alone: boolean; user: ReactNode }) {
  return (
    <header data-screen-only className="border-b border-rule">
      <div className="mx-auto flex min-h-14 max-w-page items-center gap-x-6 gap-y-1 px-4 sm:px-6">
        <Link href="/" className="flex items-center gap-2 text-lg font-semibold tracking-[-0.01em]">
          <Mark />
          Phial
        </Link>
        {!alone && <WideNavigation />}
        <div className="ml-auto flex items-center gap-1">
          <Connection />
          <ThemeSwitch key={theme} initial={theme} />
          <KeyHelpButton />
          {user}
          {!alone && <NarrowNavigation />}
        </div>
      </div>
    </header>
  );
}

function WideNavigation() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="hidden self-stretch md:flex md:gap-5">
      {places.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={current(place.href, pathname)}
          className="-mb-px flex items-center border-b-2 border-transparent text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {place.label}
        </Link>
      ))}
    </nav>
  );
}

/** A disclosure rather than a drawer: it opens before any script has loaded. */
function NarrowNavigation() {
  const pathname = usePathname();
  const details = useRef<HTMLDetailsElement>(null);
  return (
    <details
      ref={details}
      key={pathname}
      className="group md:hidden"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && details.current) details.current.open = false;
      }}
    >
      <summary className="flex min-h-11 items-center gap-1.5 rounded-sm px-2 font-medium">
        <MenuIcon aria-hidden className="size-5 group-open:hidden" />
        <X aria-hidden className="hidden size-5 group-open:block" />
        Menu
      </summary>
      <nav
        aria-label="Main"
        className="absolute inset-x-0 top-14 z-40 border-y border-rule bg-surface px-4 py-2 shadow-float sm:px-6"
      >
        {places.map((place) => (
          <Link
            key={place.href}
            href={place.href}
            aria-current={current(place.href, pathname)}
            onClick={() => {
              if (details.current) details.current.open = false;
            }}
            className="flex min-h-11 items-center border-l-2 border-transparent pl-3 aria-[current]:border-accent aria-[current]:font-medium"
          >
            {place.label}
          </Link>
        ))}
      </nav>
    </details>
  );
}

/** A job's own pages are reached from the dashboard and count as part of it. */
function current(href: string, pathname: string): 'page' | 'true' | undefined {
  if (href === pathname) return 'page';
  if (href === '/') return pathname.startsWith('/runs/') ? 'true' : undefined;
  return pathname.startsWith(`${href}/`) ? 'true' : undefined;
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;
const themeLabels = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Icon = themeIcons[theme];
  const choose = (next: Theme) => {
    setTheme(next);
    savePreference(themeCookie, next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <Menu iconOnly look="quiet" label="Theme" icon={<Icon aria-hidden className="size-4.5" />}>
      <MenuChoice
        value={theme}
        onChange={choose}
        options={themes.map((value) => ({ value, label: themeLabels[value] }))}
      />
    </Menu>
  );
}

function KeyHelpButton() {
  const openHelp = useKeyHelp();
  return (
    <span className="hidden md:inline-flex">
      <IconButton label="Keys" onClick={openHelp}>
        <Keyboard aria-hidden className="size-4.5" />
      </IconButton>
    </span>
  );
}

function Connection() {
  return <ConnectionBadge state={useConnection()} />;
}

function GlobalKeys() {
  const router = useRouter();
  useKeys('Everywhere', [
    ...places.map(({ key, label, href }) => ({
      keys: key,
      label: `Go to ${label}`,
      run: () => router.push(href),
    })),
    { keys: '/', label: 'Search this page', run: focusSearch },
  ]);
  return null;
}

/** A page marks its search field with `data-search`. */
function focusSearch() {
  const field = document.querySelector<HTMLInputElement>(
    'input[data-search], textarea[data-search]',
  );
  field?.focus();
  field?.select();
}

/** A phial with its graduations. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 text-accent" fill="none">
      <path
        d="M8.5 2.5h7M9.5 3v4.2c0 .6-.3 1.1-.8 1.5A5.6 5.6 0 0 0 6.5 13v5.5a3 3 0 0 0 3 3h5a3 3 0 0 0 3-3V13a5.6 5.6 0 0 0-2.2-4.3c-.5-.4-.8-.9-.8-1.5V3"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <path d="M6.5 14.5h11v4a3 3 0 0 1-3 3h-5a3 3 0 0 1-3-3z" fill="currentColor" />
    </svg>
  );
}

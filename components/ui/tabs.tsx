'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx';
import { formatCount } from './format';

const tabClass =
  '-mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-ink-2 hover:text-ink pointer-coarse:min-h-11';

/** On a phone the open page's tab may lie outside the strip. */
function bringIntoStrip(tab: HTMLElement | null): void {
  const strip = tab?.parentElement;
  if (strip) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
}

/** The pages of one thing, each with its own address. */
export function TabLinks({
  label,
  items,
}: {
  label: string;
  items: readonly { href: string; label: string; count?: number }[];
}) {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      data-screen-only
      className="relative flex gap-x-5 overflow-x-auto border-b border-rule"
    >
      {items.map((item) => (
        <Link
          key={item.href}
          ref={pathname === item.href ? bringIntoStrip : undefined}
          href={item.href}
          aria-current={pathname === item.href ? 'page' : undefined}
          className={cx(
            tabClass,
            'aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink',
          )}
        >
          {item.label}
          {item.count !== undefined && (
            <span className="text-sm text-ink-2">{formatCount(item.count)}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** Views of the same thing, without an address of their own. */
export function Tabs({
  label,
  items,
}: {
  label: string;
  items: readonly { id: string; label: string; content: ReactNode }[];
}) {
  return (
    <Radix.Root defaultValue={items[0]?.id}>
      <Radix.List aria-label={label} className="flex gap-x-5 overflow-x-auto border-b border-rule">
        {items.map((item) => (
          <Radix.Trigger
            key={item.id}
            value={item.id}
            className={cx(
              tabClass,
              'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink',
            )}
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

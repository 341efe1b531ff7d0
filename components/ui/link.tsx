import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx';

/** A link inside the product. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={cx('link', className)} />;
}

/** A link to another site: opens a new tab, says so, and passes no referrer on. */
export function ExternalLink({ className, children, ...rest }: ComponentProps<'a'>) {
  return (
    <a {...rest} target="_blank" rel="noreferrer noopener" className={cx('link', className)}>
      {children}
      <ArrowUpRight aria-hidden className="ml-0.5 inline size-[0.85em] align-[-0.05em]" />
      <span className="sr-only"> (opens a new tab)</span>
    </a>
  );
}

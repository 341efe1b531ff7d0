import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { ButtonLink } from './button';
import { cx } from './cx';
import { formatCount } from './format';

/**
 * A table in its own scrolling frame, so that the page never scrolls sideways. The header row stays
 * in view; so does the first column, unless `stickyFirst` is false. `label` names the frame.
 */
export function Table({
  label,
  caption,
  stickyFirst = true,
  children,
}: {
  label: string;
  caption?: ReactNode;
  stickyFirst?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      className="table-frame relative"
      data-sticky-first={stickyFirst || undefined}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table>
        <caption className={caption ? 'caption-bottom py-2 text-left text-ink-2' : 'sr-only'}>
          {caption ?? label}
        </caption>
        {children}
      </table>
    </section>
  );
}

export type SortDirection = 'ascending' | 'descending';

/**
 * A column's head; with `sort` a link that orders the table by it. `onSort` does so without asking the
 * server, where the whole table is on the page.
 */
export function Th({
  numeric,
  sort,
  children,
  ...rest
}: {
  numeric?: boolean;
  sort?: { href: string; direction: SortDirection | null; onSort?: () => void };
} & ComponentProps<'th'>) {
  const direction = sort?.direction ?? null;
  return (
    <th
      scope="col"
      {...rest}
      data-numeric={numeric || undefined}
      aria-sort={direction ?? undefined}
    >
      {sort ? (
        <Link
          href={sort.href}
          scroll={false}
          replace
          onClick={sort.onSort && instead(sort.onSort)}
          className={cx(
            'underline-offset-4 hover:text-ink hover:underline',
            direction && 'font-semibold text-ink',
          )}
        >
          {numeric && <SortMark direction={direction} className="mr-1" />}
          {children}
          {!numeric && <SortMark direction={direction} className="ml-1" />}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

/** Does it here on a plain click; a click that opens another tab stays one. */
function instead(act: () => void) {
  return (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act();
  };
}

/** Keeps its place when the column is not the sorted one, so that widths stay. */
function SortMark({
  direction,
  className,
}: {
  direction: SortDirection | null;
  className: string;
}) {
  const Icon = direction === 'descending' ? ArrowDown : ArrowUp;
  return (
    <Icon
      aria-hidden
      className={cx('inline size-3.5 align-[-0.15em]', !direction && 'invisible', className)}
    />
  );
}

/** A cell; `numeric` aligns right, `rowHead` makes it the row's head. A `null` child is not known. */
export function Td({
  numeric,
  rowHead,
  children,
  ...rest
}: { numeric?: boolean; rowHead?: boolean } & ComponentProps<'td'>) {
  const content = children === null ? <NotKnown /> : children;
  return rowHead ? (
    <th scope="row" {...rest}>
      {content}
    </th>
  ) : (
    <td {...rest} data-numeric={numeric || undefined}>
      {content}
    </td>
  );
}

/** A dash that says aloud what it means. */
export function NotKnown() {
  return (
    <span className="text-ink-3" title="not known">
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}

/** "37 of 204 trials, 167 hidden by filters". */
export function TableCount({
  shown,
  total,
  one,
  many = `${one}s`,
  clear,
}: {
  shown: number;
  total: number;
  one: string;
  many?: string;
  /** The way to lift the filters: a link or a button. */
  clear?: ReactNode;
}) {
  const hidden = total - shown;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 text-sm text-ink-2">
      <p role="status">
        {hidden === 0 ? (
          <>
            {formatCount(total)} {total === 1 ? one : many}
          </>
        ) : (
          <>
            <span className="font-medium text-ink">{formatCount(shown)}</span> of{' '}
            {formatCount(total)} {total === 1 ? one : many}, {formatCount(hidden)} hidden by filters
          </>
        )}
      </p>
      {hidden > 0 && clear}
    </div>
  );
}

/** Which rows are shown and the way to the ones before and after. */
export function Pager({
  from,
  to,
  total,
  previousHref,
  nextHref,
  onGo,
}: {
  from: number;
  to: number;
  total: number;
  previousHref: string | null;
  nextHref: string | null;
  /** Turns the page without asking the server. */
  onGo?: (by: 1 | -1) => void;
}) {
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-4 text-sm">
      <p className="text-ink-2">
        {formatCount(from)}–{formatCount(to)} of {formatCount(total)}
      </p>
      <div className="flex gap-2">
        {previousHref && (
          <ButtonLink
            size="sm"
            href={previousHref}
            rel="prev"
            onClick={onGo && instead(() => onGo(-1))}
          >
            <ChevronLeft aria-hidden className="size-4" /> Previous
          </ButtonLink>
        )}
        {nextHref && (
          <ButtonLink size="sm" href={nextHref} rel="next" onClick={onGo && instead(() => onGo(1))}>
            Next <ChevronRight aria-hidden className="size-4" />
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}

import type { ReactNode } from 'react';
import { cx } from './cx';

/** The head of a page: where one is, what this is, how it stands, what can be done. */
export function PageHeader({
  title,
  trail,
  status,
  summary,
  actions,
}: {
  title: ReactNode;
  /** The way up, above the title. */
  trail?: ReactNode;
  status?: ReactNode;
  summary?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 pt-8 pb-6">
      <div className="min-w-0 max-w-full">
        {trail && <div className="mb-1.5 text-sm text-ink-2">{trail}</div>}
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <h1 className="text-2xl tracking-[-0.012em] wrap-anywhere">{title}</h1>
          {status}
        </div>
        {summary && <div className="mt-2 max-w-measure text-ink-2">{summary}</div>}
      </div>
      {actions && (
        <div data-screen-only className="flex flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </header>
  );
}

/**
 * A part of a page under a strong rule. With `layout="margin"` the heading stands in the margin
 * beside the content where the page is wide enough, as in a journal.
 */
export function Section({
  title,
  id,
  note,
  actions,
  level = 2,
  layout = 'stack',
  children,
}: {
  title: ReactNode;
  id?: string;
  /** A sentence on what is shown or how to read it. */
  note?: ReactNode;
  actions?: ReactNode;
  level?: 2 | 3;
  layout?: 'stack' | 'margin';
  children: ReactNode;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const margin = layout === 'margin';
  return (
    <section
      id={id}
      className={cx(
        'mt-10 pt-3 first:mt-0',
        level === 2 ? 'border-t-2 border-rule-strong' : 'border-t border-rule',
        margin && 'lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-x-10',
      )}
    >
      <div
        className={cx(
          'mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2',
          margin && 'lg:block lg:space-y-3',
        )}
      >
        <div className="min-w-0">
          <Heading className={level === 2 ? 'text-lg' : 'text-base'}>{title}</Heading>
          {note && <p className="mt-0.5 max-w-measure text-sm text-ink-2">{note}</p>}
        </div>
        {actions && (
          <div data-screen-only className="flex flex-wrap items-center gap-2">
            {actions}
          </div>
        )}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

/** Something set apart from the running page: a form, a choice, one thing of several. */
export function Panel({
  title,
  actions,
  children,
  className,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('rounded-md border border-rule bg-surface p-4 sm:p-5', className)}>
      {(title || actions) && (
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
          {title && <h3 className="text-base">{title}</h3>}
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </div>
  );
}

/** A measured quantity with its name, as read off an instrument; unknown is said, never 0. */
export function Readout({
  label,
  value,
  unit,
  note,
}: {
  label: ReactNode;
  value: ReactNode | null;
  unit?: string;
  note?: ReactNode;
}) {
  return (
    <div className="border-l border-rule-strong pl-3">
      <div className="text-sm text-ink-2">{label}</div>
      <div className="text-xl font-medium">
        {value ?? <span className="text-base font-normal text-ink-3">not known</span>}
        {value !== null && unit && (
          <span className="ml-1 text-sm font-normal text-ink-2">{unit}</span>
        )}
      </div>
      {note && <div className="text-sm text-ink-2">{note}</div>}
    </div>
  );
}

/** Terms and their values. A `null` value is shown as not known. */
export function DefinitionList({
  items,
  columns = 1,
}: {
  items: { term: ReactNode; value: ReactNode | null; key?: string }[];
  columns?: 1 | 2;
}) {
  return (
    <dl className={cx('grid gap-x-10 text-sm', columns === 2 && 'md:grid-cols-2')}>
      {items.map((item, index) => (
        <div
          key={item.key ?? (typeof item.term === 'string' ? item.term : index)}
          className="grid grid-cols-[minmax(6.5rem,2fr)_minmax(0,5fr)] items-baseline gap-x-4 border-b border-rule py-1.5"
        >
          <dt className="text-ink-2">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {item.value ?? <span className="text-ink-3">not known</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

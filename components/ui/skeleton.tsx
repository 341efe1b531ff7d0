import type { ReactNode } from 'react';
import { cx } from './cx';

/** Stands in for what is being fetched, in its shape and size, so that nothing jumps. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div data-loading>
      <p role="status" className="sr-only">
        {label}
      </p>
      <div aria-hidden className="animate-pulse">
        {children}
      </div>
    </div>
  );
}

const widths = ['w-11/12', 'w-4/5', 'w-full', 'w-3/4', 'w-5/6', 'w-2/3'];

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);

export function SkeletonBar({ className }: { className?: string }) {
  return <div className={cx('h-3 rounded-sm bg-wash', className)} />;
}

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <div className="max-w-measure space-y-3 py-1.5">
      {numbered(lines).map((line) => (
        <SkeletonBar key={line} className={widths[line % widths.length]} />
      ))}
    </div>
  );
}

export function SkeletonTable({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div className="border-y-2 border-rule-strong">
      {numbered(rows + 1).map((row) => (
        <div
          key={row}
          className={cx(
            'flex gap-6 px-3 py-[0.65rem]',
            row === 0 ? 'border-b border-rule-strong' : 'border-b border-rule last:border-b-0',
          )}
        >
          {numbered(columns).map((column) => (
            <SkeletonBar
              key={column}
              className={column === 0 ? cx('shrink-0 basis-1/3', row > 0 && 'h-3') : 'flex-1'}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

export function SkeletonTimeline({ steps = 6 }: { steps?: number }) {
  return (
    <div>
      {numbered(steps).map((step) => (
        <div key={step} className="flex gap-3 pb-4">
          <div className="size-5 shrink-0 rounded-full bg-wash" />
          <div className="flex-1 space-y-2.5 py-1.5">
            <SkeletonBar className={step % 2 ? 'w-40' : 'w-56'} />
            <SkeletonBar className="w-28" />
          </div>
          <SkeletonBar className="mt-1.5 w-12" />
        </div>
      ))}
    </div>
  );
}

/** A row of readouts. */
export function SkeletonReadouts({ count = 4 }: { count?: number }) {
  return (
    <div className="grid grid-cols-2 gap-6 sm:grid-cols-4">
      {numbered(count).map((readout) => (
        <div key={readout} className="space-y-3 border-l border-rule py-1.5 pl-3">
          <SkeletonBar className="w-20" />
          <SkeletonBar className="h-5 w-12" />
        </div>
      ))}
    </div>
  );
}

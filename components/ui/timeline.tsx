import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { type State, StateIcon, StatusMark } from './status';

/**
 * Steps one below the other. `announce` is read aloud when it changes ("3 of 9 steps done, one
 * failed"); clocks inside the steps are not.
 */
export function Timeline({
  label,
  announce,
  children,
}: {
  label: string;
  announce: string;
  children: ReactNode;
}) {
  return (
    <div className="max-w-3xl">
      <p aria-live="polite" className="sr-only">
        {announce}
      </p>
      <ol aria-label={label}>{children}</ol>
    </div>
  );
}

export function TimelineStep({
  state,
  word,
  title,
  counts,
  time,
  attempts,
  wait,
  reason,
  actions,
  children,
}: {
  state: State;
  /** The word for the state, if the usual one does not fit. */
  word?: string;
  title: ReactNode;
  /** What it has brought: "38 records, 4 requests". */
  counts?: ReactNode;
  /** How long it took, or its running clock. */
  time?: ReactNode;
  /** Said only from the second attempt on. */
  attempts?: { made: number; most: number };
  /** What it waits for, in words and with the time left. */
  wait?: ReactNode;
  /** Why it ended as it did. */
  reason?: ReactNode;
  actions?: ReactNode;
  /** Folded particulars, such as a log. */
  children?: ReactNode;
}) {
  return (
    <li className="group/step relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0">
      <span className="absolute top-6 bottom-0 left-2.25 w-px bg-rule group-last/step:hidden" />
      <StateIcon state={state} className="mt-0.5 size-5" />
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <span className="min-w-0 font-medium">{title}</span>
          <span className="text-sm">
            <StatusMark state={state} iconless>
              {word}
            </StatusMark>
          </span>
          <span className="ml-auto text-right text-sm whitespace-nowrap text-ink-2">{time}</span>
        </div>
        {(counts || (attempts && attempts.made > 1)) && (
          <p className="text-sm text-ink-2">
            {counts}
            {counts && attempts && attempts.made > 1 && ' · '}
            {attempts && attempts.made > 1 && `attempt ${attempts.made} of ${attempts.most}`}
          </p>
        )}
        {wait && (
          <p className="flex items-start gap-1.5 text-sm text-caution">
            <Hourglass aria-hidden className="mt-1 size-3.5 shrink-0" />
            <span className="min-w-0">{wait}</span>
          </p>
        )}
        {reason && <p className="max-w-measure text-sm">{reason}</p>}
        {actions && <div className="mt-1.5 flex flex-wrap gap-2">{actions}</div>}
        {children}
      </div>
    </li>
  );
}

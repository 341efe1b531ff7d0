import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Code } from './code';
import { cx } from './cx';
import { type Tone, toneText } from './status';

/** Nothing here, and why; never used where something could not be asked. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="border-y border-rule py-10">
      <div className="text-lg font-medium">{title}</div>
      {children && <div className="mt-1 max-w-measure text-ink-2">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

/** Something did not work: what, why, and what to do now. Pass a heading as `title` where it is a whole page. */
export function ErrorState({
  title,
  reason,
  whatToDo,
  actions,
  requestId,
}: {
  title: ReactNode;
  reason?: ReactNode;
  whatToDo: ReactNode;
  /** The way on: a retry button, a link. */
  actions?: ReactNode;
  requestId?: string;
}) {
  return (
    <div role="alert" className="border-y-2 border-bad py-6">
      <div className="flex items-start gap-2 text-lg font-medium">
        <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
        <div className="min-w-0">{title}</div>
      </div>
      <div className="mt-1 max-w-measure space-y-1 pl-7">
        {reason && <p className="text-ink-2">{reason}</p>}
        <p>{whatToDo}</p>
        {requestId && (
          <p className="text-sm text-ink-2">
            Request <Code>{requestId}</Code>
          </p>
        )}
        {actions && <div className="flex flex-wrap gap-2 pt-3">{actions}</div>}
      </div>
    </div>
  );
}

const callouts: Record<Tone, { icon: LucideIcon; edge: string; word: string }> = {
  neutral: { icon: Info, edge: 'border-control bg-sunken', word: 'Note' },
  accent: { icon: Info, edge: 'border-accent bg-accent-wash', word: 'Note' },
  caution: { icon: TriangleAlert, edge: 'border-caution bg-caution-wash', word: 'Caution' },
  bad: { icon: CircleAlert, edge: 'border-bad bg-bad-wash', word: 'Warning' },
};

/** A remark that changes how what stands around it is to be read. */
export function Callout({
  tone = 'neutral',
  title,
  children,
  actions,
}: {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { icon: Icon, edge, word } = callouts[tone];
  return (
    <div className={cx('flex gap-2.5 border-l-3 px-3.5 py-2.5', edge)}>
      <Icon aria-hidden className={cx('mt-1 size-4 shrink-0', toneText[tone])} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          <span className="sr-only">{word}: </span>
          {title}
        </p>
        {children && <div className="max-w-measure text-sm">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}

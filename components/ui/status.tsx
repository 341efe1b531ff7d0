import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  Contrast,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';

export type Tone = 'neutral' | 'accent' | 'caution' | 'bad';

/** How a piece of work stands. Each state has its own shape and its own word. */
export type State =
  | 'waiting'
  | 'active'
  | 'done'
  | 'partial'
  | 'attention'
  | 'failed'
  | 'stopped'
  | 'skipped';

const marks: Record<State, { icon: LucideIcon; word: string; tone: Tone; spin?: boolean }> = {
  waiting: { icon: Circle, word: 'Waiting', tone: 'neutral' },
  active: { icon: LoaderCircle, word: 'Running', tone: 'accent', spin: true },
  done: { icon: CircleCheck, word: 'Done', tone: 'neutral' },
  partial: { icon: Contrast, word: 'Partial', tone: 'caution' },
  attention: { icon: CircleHelp, word: 'Needs a choice', tone: 'caution' },
  failed: { icon: OctagonX, word: 'Failed', tone: 'bad' },
  stopped: { icon: CircleSlash, word: 'Stopped', tone: 'neutral' },
  skipped: { icon: CircleDashed, word: 'Skipped', tone: 'neutral' },
};

export const toneText: Record<Tone, string> = {
  neutral: 'text-ink-2',
  accent: 'text-accent',
  caution: 'text-caution',
  bad: 'text-bad',
};

/** The shape alone; only beside a word that says the same. */
export function StateIcon({ state, className }: { state: State; className?: string }) {
  const { icon: Icon, tone, spin } = marks[state];
  return (
    <Icon
      aria-hidden
      strokeWidth={2}
      className={cx('size-4 shrink-0', toneText[tone], spin && 'animate-spin', className)}
    />
  );
}

/** Shape, colour and word together; `children` replaces the usual word. */
export function StatusMark({
  state,
  iconless,
  children,
}: {
  state: State;
  /** Leaves the shape out where it already stands at the head of the line. */
  iconless?: boolean;
  children?: ReactNode;
}) {
  const { tone, word } = marks[state];
  return (
    <span
      className={cx(
        'inline-flex items-baseline gap-1.5 font-medium whitespace-nowrap',
        toneText[tone],
      )}
    >
      {!iconless && <StateIcon state={state} className="self-center" />}
      {children ?? word}
    </span>
  );
}

const badges: Record<Tone, string> = {
  neutral: 'border-control text-ink-2',
  accent: 'border-accent bg-accent-wash text-accent',
  caution: 'border-caution bg-caution-wash text-caution',
  bad: 'border-bad bg-bad-wash text-bad',
};

/** A short word that qualifies what it stands beside. */
export function Badge({
  tone = 'neutral',
  icon: Icon,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs leading-5 font-medium whitespace-nowrap',
        badges[tone],
      )}
    >
      {Icon && <Icon aria-hidden className="size-3" strokeWidth={2.25} />}
      {children}
    </span>
  );
}

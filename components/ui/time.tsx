'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { formatElapsed, formatInstant, formatRelative } from './format';

type Clock = { renderedAt: number; hydrated: boolean };

const ClockContext = createContext<Clock | null>(null);

/**
 * Holds the moment at which the server rendered the page. Until hydration is over every time is
 * reckoned from it, on both sides, so the words agree and nothing jumps.
 */
export function ClockProvider({
  renderedAt,
  children,
}: {
  renderedAt: number;
  children: ReactNode;
}) {
  const [clock, setClock] = useState<Clock>({ renderedAt, hydrated: false });
  useEffect(() => setClock((before) => ({ ...before, hydrated: true })), []);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The present, moving on every `everyMs`; while hydrating, the server's present. */
export function useNow(everyMs: number): number {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error('useNow needs a ClockProvider above it');
  const [now, setNow] = useState(() => (clock.hydrated ? Date.now() : clock.renderedAt));
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A moment, relative to now; the exact time on hover and in `dateTime`. `null` is "not known". */
export function Time({ at, absolute }: { at: Date | string | null; absolute?: boolean }) {
  if (at === null) return <span className="text-ink-3">not known</span>;
  const date = new Date(at);
  return absolute ? <Exact date={date} /> : <Relative date={date} />;
}

function Exact({ date }: { date: Date }) {
  return <time dateTime={date.toISOString()}>{formatInstant(date)}</time>;
}

function Relative({ date }: { date: Date }) {
  const now = useNow(10_000);
  return (
    <time dateTime={date.toISOString()} title={formatInstant(date)} className="whitespace-nowrap">
      {formatRelative(date, now)}
    </time>
  );
}

/** A running clock since a moment. Hidden from live regions: a tick is no news. */
export function Elapsed({ since }: { since: Date | string }) {
  const now = useNow(1000);
  return (
    <span aria-live="off" className="whitespace-nowrap">
      {formatElapsed(now - new Date(since).getTime())}
    </span>
  );
}

/** The time left until a moment, then nothing. */
export function Countdown({ until }: { until: Date | string }) {
  const now = useNow(1000);
  const left = new Date(until).getTime() - now;
  return (
    <span aria-live="off" className="whitespace-nowrap">
      {left > 0 ? formatElapsed(left + 999) : '0 s'}
    </span>
  );
}

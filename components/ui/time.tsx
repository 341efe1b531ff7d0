'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useSyncExternalStore,
} from 'react';
import { formatElapsed, formatInstant, formatRelative } from './format';

const RenderedAtContext = createContext<number | null>(null);

/**
 * Holds the moment at which the server rendered the page. Whatever is still to be hydrated reckons
 * its times from it, as the server did, so the words agree and nothing jumps.
 */
export function ClockProvider({
  renderedAt,
  children,
}: {
  renderedAt: number;
  children: ReactNode;
}) {
  return <RenderedAtContext value={renderedAt}>{children}</RenderedAtContext>;
}

/** One timer for everything on the page that moves at the same pace. */
type Ticker = { now: number; listeners: Set<() => void>; timer?: ReturnType<typeof setInterval> };

const tickers = new Map<number, Ticker>();

function tickerFor(everyMs: number): Ticker {
  const ticker = tickers.get(everyMs) ?? { now: Date.now(), listeners: new Set() };
  tickers.set(everyMs, ticker);
  return ticker;
}

function listen(everyMs: number, listener: () => void): () => void {
  const ticker = tickerFor(everyMs);
  ticker.listeners.add(listener);
  ticker.timer ??= setInterval(() => {
    ticker.now = Date.now();
    for (const each of ticker.listeners) each();
  }, everyMs);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearInterval(ticker.timer);
    ticker.timer = undefined;
  };
}

function readTicker(everyMs: number): number {
  const ticker = tickerFor(everyMs);
  const now = Date.now();
  if (now - ticker.now >= everyMs) ticker.now = now;
  return ticker.now;
}

/** The present, moving on every `everyMs`; while hydrating, the server's present. */
function useNow(everyMs: number): number {
  const renderedAt = useContext(RenderedAtContext);
  if (renderedAt === null) throw new Error('A time needs a ClockProvider above it');
  return useSyncExternalStore(
    useCallback((listener) => listen(everyMs, listener), [everyMs]),
    () => readTicker(everyMs),
    () => renderedAt,
  );
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

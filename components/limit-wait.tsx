'use client';

import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';

/** For how long an error asks to wait, in seconds; null when it is about something else. */
export function retryAfterSeconds(error: unknown): number | null {
  const { data } = error as {
    data?: { reason?: string; details?: { retryAfterSeconds?: number } };
  };
  return data?.reason === 'RATE_LIMIT_EXCEEDED' ? (data.details?.retryAfterSeconds ?? null) : null;
}

/**
 * Says that too much was asked for, counts down, and calls `onOver` at the end. Read aloud once, not
 * with every second.
 */
export function LimitWait({ until, onOver }: { until: number; onOver: () => void }) {
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    const tick = () => {
      const seconds = secondsUntil(until);
      setLeft(seconds);
      if (seconds <= 0) onOver();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until, onOver]);
  return (
    <div
      data-screen-only
      className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-md items-start gap-2.5 rounded-md border border-caution bg-surface px-4 py-3 shadow-float"
    >
      <Hourglass aria-hidden className="mt-1 size-4 shrink-0 text-caution" />
      <div className="min-w-0 flex-1 text-sm">
        <p role="status" className="font-medium">
          Too much was asked for in a short time
        </p>
        <p>
          It goes on by itself
          <span aria-hidden>
            {' '}
            in <span className="tabular-nums">{left}</span> s
          </span>
          . What is shown meanwhile may be out of date.
        </p>
      </div>
    </div>
  );
}

const secondsUntil = (at: number) => Math.max(0, Math.ceil((at - Date.now()) / 1_000));

'use client';

import { Radio, RefreshCw, WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { cx } from './cx';

/** `idle`: nothing is being listened to. */
export type ConnectionState = 'idle' | 'live' | 'reconnecting' | 'offline';

let stream: Exclude<ConnectionState, 'offline'> = 'idle';
const listeners = new Set<() => void>();

/** To be called by whatever holds the live stream. Being offline is noticed here. */
export function reportConnection(state: Exclude<ConnectionState, 'offline'>): void {
  stream = state;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore<ConnectionState>(
    subscribe,
    () => (navigator.onLine ? stream : 'offline'),
    () => 'idle',
  );
}

const words = {
  live: {
    icon: Radio,
    text: 'Live',
    explain: 'Changes appear as they happen.',
    look: 'text-ink-2',
  },
  reconnecting: {
    icon: RefreshCw,
    text: 'Reconnecting',
    explain: 'The connection was lost. Nothing is missed: what happened meanwhile will follow.',
    look: 'text-caution',
  },
  offline: {
    icon: WifiOff,
    text: 'Offline',
    explain: 'This device has no network. What is shown may be out of date.',
    look: 'text-bad',
  },
} as const;

/** Whether what is on the screen is kept up to date. The word is read aloud when it changes. */
export function ConnectionBadge({ state }: { state: ConnectionState }) {
  const shown = state === 'idle' ? null : words[state];
  return (
    <span role="status" className="text-sm">
      {shown && (
        <span title={shown.explain} className={cx('inline-flex items-center gap-1.5', shown.look)}>
          <shown.icon
            aria-hidden
            className={cx('size-4', state === 'reconnecting' && 'animate-spin')}
          />
          {shown.text}
        </span>
      )}
    </span>
  );
}

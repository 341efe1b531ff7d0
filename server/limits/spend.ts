/** Counting the calls of whoever makes them. */
import type { Actor } from '@/server/context';
import { type Limiter, requireAllowed, type Taken } from './limiter';
import type { LimitName } from './table';

/** By whom calls are counted: the key, else the person, else the address. */
export function counted(actor: Actor | null, address: string | null): string {
  if (actor?.kind === 'key') return `key:${actor.keyId}`;
  if (actor?.kind === 'user') return `user:${actor.userId}`;
  return `address:${address ?? 'unknown'}`;
}

export interface Spending {
  limiter: Limiter;
  limit: LimitName;
  who: string;
  /** Told of every count, for the answer's headers. */
  onTaken?: (taken: Taken) => void;
}

/** Counts one call. Throws LIMIT_REACHED when there is no room for it. */
export async function spend({ limiter, limit, who, onTaken }: Spending): Promise<void> {
  const taken = await limiter.take(limit, who);
  onTaken?.(taken);
  requireAllowed(taken);
}

/** Of several counts in one request, the one to tell: what was refused, else what is nearest to its end. */
export function tightest(all: readonly Taken[]): Taken | null {
  const room = ({ allowed, remaining, perMinute }: Taken) => (allowed ? remaining / perMinute : -1);
  return [...all].sort((a, b) => room(a) - room(b))[0] ?? null;
}

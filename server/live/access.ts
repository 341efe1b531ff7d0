/**
 * Ends what is open for a key or a session as soon as it may no longer be used. A NOTIFY is the bell;
 * when bells may have been missed, and now and then, everyone is looked up again.
 */
import type { Database } from '@/db/client';
import { isStillValid } from '@/server/auth/still-valid';
import type { Actor } from '@/server/context';
import { ACCESS_CHANNEL } from './access-bell';

const LOOK_MS = 20_000;
/** Longer delays overflow a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Watched {
  actor: Actor;
  end: AbortController;
}

export class AccessWatch {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly db: Database) {}

  /** `direct` must not go through a transaction pooler; LISTEN needs a session. */
  static async open(db: Database, direct: Database): Promise<AccessWatch> {
    const watch = new AccessWatch(db);
    await direct.listen(ACCESS_CHANNEL, (id) => {
      if (id === null) return void watch.lookAgain();
      for (const one of watch.watched) if (idOf(one.actor) === id) one.end.abort();
    });
    return watch;
  }

  /** Aborts with `signal`, or when the actor may no longer be here. */
  until(actor: Actor, signal: AbortSignal): AbortSignal {
    const one: Watched = { actor, end: new AbortController() };
    const both = AbortSignal.any([signal, one.end.signal]);
    this.watched.add(one);
    this.timer ??= setInterval(() => void this.lookAgain(), LOOK_MS).unref();
    const expiry = 'expiresAt' in actor ? actor.expiresAt : null;
    const leftMs = expiry ? expiry.getTime() - Date.now() : MAX_TIMER_MS;
    const expires = setTimeout(() => one.end.abort(), Math.min(leftMs, MAX_TIMER_MS)).unref();
    both.addEventListener(
      'abort',
      () => {
        clearTimeout(expires);
        this.watched.delete(one);
      },
      { once: true },
    );
    return both;
  }

  private async lookAgain(): Promise<void> {
    for (const one of this.watched) {
      // The database being away is no reason to end anything.
      const valid = await isStillValid(this.db, one.actor).catch(() => true);
      if (!valid) one.end.abort();
    }
  }
}

const idOf = (actor: Actor): string | null =>
  actor.kind === 'key' ? actor.keyId : actor.kind === 'user' ? actor.sessionId : null;

/** Where guessing at passwords is slowed down. */
import { LRUCache } from 'lru-cache';
import { DomainError } from '@/server/errors';
import type { Limiter } from '@/server/limits/limiter';
import { counted, spend } from '@/server/limits/spend';

/** One try to sign in: whose account, from which address. */
export interface SignInAttempt {
  email: string | null;
  address: string | null;
}

export interface SignInGuard {
  /** Throws LIMIT_REACHED while the account has to wait. */
  admit(attempt: SignInAttempt): Promise<void>;
  failed(attempt: SignInAttempt): Promise<void>;
  succeeded(attempt: SignInAttempt): Promise<void>;
}

/** So many failures are free; then the wait doubles from a second up to a quarter of an hour. */
const FREE_FAILURES = 3;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 60 * 60_000;

const keyOf = ({ email, address }: SignInAttempt) => email ?? address ?? '';

/** A wait per account that grows with each failure in a row. Of this process: limits across processes stand elsewhere. */
export function growingDelay(now: () => number = Date.now): SignInGuard {
  const failures = new LRUCache<string, { inARow: number; waitUntil: number }>({
    max: 50_000,
    ttl: FORGOTTEN_AFTER_MS,
  });
  return {
    async admit(attempt) {
      const known = failures.get(keyOf(attempt));
      const waitMs = (known?.waitUntil ?? 0) - now();
      if (waitMs <= 0) return;
      const retryAfterSeconds = Math.ceil(waitMs / 1_000);
      throw new DomainError(
        'LIMIT_REACHED',
        'SIGN_IN_DELAYED',
        `Too many sign-ins failed in a row. Try again in ${retryAfterSeconds} s.`,
        { retryAfterSeconds },
      );
    },
    async failed(attempt) {
      const inARow = (failures.get(keyOf(attempt))?.inARow ?? 0) + 1;
      const over = inARow - FREE_FAILURES;
      const waitMs = over > 0 ? Math.min(1_000 * 2 ** (over - 1), LONGEST_WAIT_MS) : 0;
      failures.set(keyOf(attempt), { inARow, waitUntil: now() + waitMs });
    },
    async succeeded(attempt) {
      failures.delete(keyOf(attempt));
    },
  };
}

/**
 * {@link growingDelay}, and a limit that all processes share: so many sign-ins a minute to an account from
 * an address, and so many from an address to whichever accounts.
 */
export function limitedSignIns(limiter: Limiter, delay: SignInGuard): SignInGuard {
  return {
    ...delay,
    async admit(attempt) {
      const { email, address } = attempt;
      await spend({ limiter, limit: 'writes', who: counted(null, address) });
      await spend({ limiter, limit: 'sign-in', who: `${counted(null, address)} ${email ?? ''}` });
      await delay.admit(attempt);
    },
  };
}

/** Counts what is asked for: shared through Redis where there is one, else in this process. */
import { Ratelimit } from '@upstash/ratelimit';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '@/server/errors';
import type { RedisLink } from '@/server/redis';
import { LIMITS, type Limit, type LimitName, PROCESSES_ALLOWED_FOR } from './table';

export interface Taken {
  limit: LimitName;
  allowed: boolean;
  perMinute: number;
  remaining: number;
  /** Until there is room again; of an allowed call, until the count starts anew. */
  resetMs: number;
}

export interface Limiter {
  /** Counts one call of `who`. Never throws: without Redis this process counts for itself. */
  take(limit: LimitName, who: string): Promise<Taken>;
}

const WINDOW_MS = 60_000;
const WINDOW = `${WINDOW_MS} ms` as const;

/** `environment` keeps installations that share one Redis apart. */
export function openLimiter(link: RedisLink, environment: string): Limiter {
  const shared = new Map<LimitName, Ratelimit>();
  const own = new Map<string, RateLimiterMemory>();

  const sharedOf = (name: LimitName): Ratelimit => {
    const known = shared.get(name);
    if (known) return known;
    const made = new Ratelimit({
      redis: scriptsOver(link),
      limiter: Ratelimit.slidingWindow(LIMITS[name].perMinute, WINDOW),
      prefix: `phial:${environment}:limit:${name}`,
      // The link has its own, and says so as an error rather than as success.
      timeout: 0,
      analytics: false,
    });
    shared.set(name, made);
    return made;
  };

  const ownOf = (name: LimitName, points: number): RateLimiterMemory => {
    const key = `${name}:${points}`;
    const known = own.get(key);
    if (known) return known;
    const made = new RateLimiterMemory({ points, duration: WINDOW_MS / 1_000, keyPrefix: key });
    own.set(key, made);
    return made;
  };

  return {
    async take(name, who) {
      const { perMinute, withoutRedis }: Limit = LIMITS[name];
      if (link.state() === 'ready') {
        const answer = await sharedOf(name)
          .limit(who)
          .catch(() => null);
        // On a timeout the library lets everything pass; such an answer counted nothing.
        if (answer && answer.reason !== 'timeout') {
          const leftMs = Math.max(0, answer.reset - Date.now());
          // What was asked for in this window still weighs when the next one begins.
          const resetMs = answer.success ? leftMs : leftMs + WINDOW_MS / perMinute;
          const remaining = Math.max(0, answer.remaining);
          return { limit: name, allowed: answer.success, perMinute, remaining, resetMs };
        }
      }
      const isShare = withoutRedis === 'closed' && link.state() !== 'none';
      const points = isShare ? Math.ceil(perMinute / PROCESSES_ALLOWED_FOR) : perMinute;
      return countOwn(ownOf(name, points), name, points, who);
    },
  };
}

async function countOwn(
  memory: RateLimiterMemory,
  limit: LimitName,
  perMinute: number,
  who: string,
): Promise<Taken> {
  const { allowed, counted } = await memory.consume(who).then(
    (counted) => ({ allowed: true, counted }),
    (refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return { allowed: false, counted: refused };
    },
  );
  const remaining = counted.remainingPoints;
  return { limit, allowed, perMinute, remaining, resetMs: counted.msBeforeNext };
}

type Scripted = ConstructorParameters<typeof Ratelimit>[0]['redis'];

/** All that the library asks of a Redis client: two commands for scripts. */
function scriptsOver(link: RedisLink): Scripted {
  const run = async (call: (redis: Redis) => Promise<unknown>) => {
    let refused: unknown;
    const answer = await link.ask((redis) =>
      call(redis).catch((error: unknown) => {
        // The library answers this one itself, by sending the script.
        if (!String(error).includes('NOSCRIPT')) throw error;
        refused = error;
        return null;
      }),
    );
    if (refused) throw refused;
    if (answer === null) throw new Error('Redis is away');
    return answer;
  };
  const adapter = {
    eval: (script: string, keys: string[], args: (string | number)[]) =>
      run((redis) => redis.eval(script, keys.length, ...keys, ...args)),
    evalsha: (sha: string, keys: string[], args: (string | number)[]) =>
      run((redis) => redis.evalsha(sha, keys.length, ...keys, ...args)),
  };
  return adapter as unknown as Scripted;
}

/** Throws LIMIT_REACHED unless the call was allowed. */
export function requireAllowed(taken: Taken): void {
  if (taken.allowed) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(taken.resetMs / 1_000));
  throw new DomainError(
    'LIMIT_REACHED',
    'RATE_LIMIT_EXCEEDED',
    `Too many requests: ${taken.perMinute} a minute are allowed here. Try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds, limit: taken.limit, perMinute: taken.perMinute },
  );
}

/** Says on an answer how much room is left. As the IETF's draft-ietf-httpapi-ratelimit-headers-07 has it. */
export function setLimitHeaders(headers: Headers, taken: Taken): void {
  const { allowed, perMinute, remaining, resetMs } = taken;
  const seconds = String(Math.max(allowed ? 0 : 1, Math.ceil(resetMs / 1_000)));
  headers.set('RateLimit-Limit', String(perMinute));
  headers.set('RateLimit-Remaining', String(remaining));
  headers.set('RateLimit-Reset', seconds);
  headers.set('RateLimit-Policy', `${perMinute};w=${WINDOW_MS / 1_000}`);
  if (!allowed) headers.set('Retry-After', seconds);
}

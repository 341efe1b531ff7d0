/** The optional Redis behind cache and limits. Away is a state, not a fault. */
import { Redis } from 'ioredis';

/** Longer than any answer of a healthy Redis beside us, shorter than anybody's patience. */
export const REDIS_TIMEOUT_MS = 250;

export interface RedisLink {
  /** `none`: not configured; `away`: configured and not to be reached. */
  state(): 'none' | 'ready' | 'away';
  /** What `ask` gets, or null when Redis is not there, too slow or refuses. */
  ask<T>(ask: (redis: Redis) => Promise<T>): Promise<T | null>;
  close(): Promise<void>;
}

/** After so many failures in a row it is left alone for a moment, so that a slow Redis slows nothing. */
const FAILURES_UNTIL_REST = 3;
const REST_MS = 5_000;

export function openRedis(url: string | undefined): RedisLink {
  if (!url) return { state: () => 'none', ask: async () => null, close: async () => {} };
  const redis = new Redis(url, {
    connectTimeout: 2_000,
    commandTimeout: REDIS_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(10_000, 200 * 2 ** times),
  });
  // `state` tells it, and the connection is tried again.
  redis.on('error', () => {});
  let failures = 0;
  let restsUntil = 0;
  const isReady = () => redis.status === 'ready' && Date.now() >= restsUntil;
  return {
    state: () => (isReady() ? 'ready' : 'away'),
    async ask(ask) {
      if (!isReady()) return null;
      try {
        const answer = await ask(redis);
        failures = 0;
        return answer;
      } catch {
        failures += 1;
        if (failures >= FAILURES_UNTIL_REST) restsUntil = Date.now() + REST_MS;
        return null;
      }
    },
    async close() {
      redis.disconnect();
    },
  };
}

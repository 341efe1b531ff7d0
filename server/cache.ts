/**
 * Remembers what is costly to compute and the same for everyone. With Redis all processes share it,
 * without it each keeps its own. A Redis that is away, slow or wrong makes things slower, never wrong.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

export interface Cache {
  /**
   * The text that `compute` gives for `key` (any JSON), computed once for everyone who asks meanwhile.
   * Only for what does not depend on who asks.
   */
  remember(
    namespace: string,
    key: unknown,
    ttlSeconds: number,
    compute: () => Promise<string>,
  ): Promise<string>;
  state(): 'shared' | 'degraded' | 'own';
  close(): Promise<void>;
}

/** Longer than any answer of a healthy Redis beside us, shorter than anybody's patience. */
const REDIS_TIMEOUT_MS = 250;
const OWN_BYTES = 16 * 2 ** 20;

/** `environment` keeps installations that share one Redis apart. */
export function openCache(redisUrl: string | undefined, environment: string): Cache {
  const own = new LRUCache<string, string>({
    maxSize: OWN_BYTES,
    sizeCalculation: (text) => Math.max(1, text.length * 2),
  });
  const underWay = new Map<string, Promise<string>>();
  const redis = redisUrl ? connect(redisUrl) : null;

  const shared = async <T>(ask: (redis: Redis) => Promise<T>): Promise<T | null> => {
    if (redis?.status !== 'ready') return null;
    return ask(redis).catch(() => null);
  };

  const look = async (key: string, ttlSeconds: number, compute: () => Promise<string>) => {
    const known = await shared((r) => r.get(key));
    const text = known ?? (await compute());
    own.set(key, text, { ttl: ttlSeconds * 1000 });
    if (known === null) await shared((r) => r.set(key, text, 'EX', ttlSeconds));
    return text;
  };

  return {
    async remember(namespace, key, ttlSeconds, compute) {
      const hash = createHash('sha256')
        .update(canonicalize(key) as string)
        .digest('hex');
      const name = `phial:${environment}:${namespace}:${hash}`;
      const known = own.get(name);
      if (known !== undefined) return known;
      const running = underWay.get(name);
      if (running) return running;
      const looking = look(name, ttlSeconds, compute).finally(() => underWay.delete(name));
      underWay.set(name, looking);
      return looking;
    },
    state: () => (!redis ? 'own' : redis.status === 'ready' ? 'shared' : 'degraded'),
    async close() {
      redis?.disconnect();
    },
  };
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    connectTimeout: 2_000,
    commandTimeout: REDIS_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(10_000, 200 * 2 ** times),
  });
  // Away is a state, not a fault: `state` tells it, and the connection is tried again.
  redis.on('error', () => {});
  return redis;
}

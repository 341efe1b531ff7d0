/** Where values are kept: in Redis for all processes, else in this one. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RedisLink } from '@/server/redis';
import { type Entry, type Names, type Place, read, stampOf, written } from './entry';
import { NAMESPACES } from './schema';

/** What was found, and the stamp that a value computed now has to carry. */
export interface Look {
  found: { value: unknown } | undefined;
  stamp: string;
}

export interface Store {
  /** Null while the store cannot be reached. */
  look(entry: Entry): Promise<Look | null>;
  /** Resolves to the bytes written; null when nothing was. */
  keep(entry: Entry, stamp: string, value: unknown): Promise<number | null>;
  /** Makes void whatever was kept there. False while the store cannot be reached. */
  void(place: Place): Promise<boolean>;
  /** The right to compute: to one asker at a time, for a while. Null when another has it. */
  claim(entry: Entry, stamp: string): Promise<(() => Promise<void>) | null>;
}

const OWN_BYTES = 16 * 2 ** 20;

export interface OwnStore extends Store {
  sizes(): { namespace: string; bytes: number }[];
}

export function ownStore(names: Names): OwnStore {
  const kept = new LRUCache<string, { namespace: string; text: string }>({
    maxSize: OWN_BYTES,
    sizeCalculation: ({ text }) => Math.max(1, text.length * 2),
  });
  const counters = new Map<string, number>();
  return {
    async look(entry) {
      const stamp = stampOf(names.counters(entry).map((name) => counters.get(name)));
      return { found: read(kept.get(names.value(entry))?.text, stamp), stamp };
    },
    async keep(entry, stamp, value) {
      const text = written(stamp, value);
      const ttl = NAMESPACES[entry.namespace].seconds * 1_000;
      kept.set(names.value(entry), { namespace: entry.namespace, text }, { ttl });
      return text.length;
    },
    async void(place) {
      const name = names.counter(place);
      counters.set(name, (counters.get(name) ?? 0) + 1);
      return true;
    },
    // Those who ask in this process share one computation anyhow.
    claim: async () => async () => {},
    sizes: () =>
      [...kept.values()].map(({ namespace, text }) => ({ namespace, bytes: text.length })),
  };
}

/** Longer than what is computed usually takes; whoever waits longer computes for itself. */
const CLAIM_MS = 10_000;
/** Gives a claim back if it is still one's own. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

export function redisStore(link: RedisLink, names: Names): Store {
  return {
    async look(entry) {
      const answer = await link.ask((redis) =>
        redis.mget(names.value(entry), ...names.counters(entry)),
      );
      if (!answer) return null;
      const [text, ...counters] = answer;
      const stamp = stampOf(counters);
      return { found: read(text, stamp), stamp };
    },
    async keep(entry, stamp, value) {
      const text = written(stamp, value);
      const { seconds } = NAMESPACES[entry.namespace];
      const done = await link.ask((redis) => redis.set(names.value(entry), text, 'EX', seconds));
      return done === null ? null : Buffer.byteLength(text);
    },
    async void(place) {
      return (await link.ask((redis) => redis.incr(names.counter(place)))) !== null;
    },
    async claim(entry, stamp) {
      const lock = names.lock(names.value(entry), stamp);
      const mine = randomUUID();
      const got = await link.ask(async (redis) => ({
        answer: await redis.set(lock, mine, 'PX', CLAIM_MS, 'NX'),
      }));
      // Away: nobody can be waited for.
      if (got && got.answer === null) return null;
      return async () => {
        await link.ask((redis) => redis.eval(RELEASE, 1, lock, mine));
      };
    },
  };
}

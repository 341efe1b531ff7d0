/**
 * Remembers what is costly to compute. With Redis all processes share it, without it each keeps its own.
 * A Redis that is away, slow or wrong makes things slower, never wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openRedis, type RedisLink } from '@/server/redis';
import { Counts } from './counts';
import { type Entry, namesOf, type Place } from './entry';
import type { CacheStatistics, Namespace } from './schema';
import { type Look, ownStore, redisStore } from './store';

export type { Entry } from './entry';

export interface Cache {
  /**
   * What `compute` gives for the entry (any JSON), computed once for everyone who asks meanwhile. A
   * failure is not remembered. Do not change what you get: others may have got the same.
   */
  remember<T>(entry: Entry, compute: () => Promise<T>): Promise<T>;
  /** Makes void what is kept of a namespace, of a workspace, of a namespace of a workspace; `{}` all. */
  invalidate(place: Place): Promise<void>;
  statistics(): Promise<CacheStatistics>;
  /** What was asked for most, for computing it before it is asked for again. */
  mostAsked(namespace: Namespace, n: number): Promise<Entry[]>;
  state(): CacheStatistics['state'];
  close(): Promise<void>;
}

/** How often one looks whether another process has computed it. */
const LOOK_MS = 20;
const WAIT_MS = 10_000;

/** `environment` keeps installations that share one Redis apart. */
export function openCache(
  redis: RedisLink | undefined,
  environment: string,
  { isOn = true }: { isOn?: boolean } = {},
): Cache {
  const link = redis ?? openRedis(undefined);
  const names = namesOf(environment);
  const own = ownStore(names);
  const store = link.state() === 'none' ? own : redisStore(link, names);
  const counts = new Counts(link, names);
  const underWay = new Map<string, Promise<unknown>>();
  /** Places that could not be made void yet; nothing is read before they are. */
  const toVoid = new Map<string, Place>();

  const look = async (entry: Entry): Promise<Look | null> => {
    for (const [name, place] of toVoid) {
      if (!(await store.void(place))) return null;
      toVoid.delete(name);
    }
    return store.look(entry);
  };

  const find = async <T>(entry: Entry, compute: () => Promise<T>): Promise<T> => {
    const before = isOn ? await look(entry) : null;
    if (before?.found) {
      counts.count(entry, 'hits');
      return before.found.value as T;
    }
    counts.count(entry, 'misses');
    if (!before) return compute();
    const claim = await store.claim(entry, before.stamp);
    if (!claim) {
      const theirs = await waitFor(() => look(entry));
      if (theirs) return theirs.value as T;
    }
    try {
      const value = await compute();
      // What was made void meanwhile is not kept, and takes nobody's place.
      const isCurrent = (await look(entry))?.stamp === before.stamp;
      const bytes = isCurrent ? await store.keep(entry, before.stamp, value) : null;
      if (bytes !== null) counts.kept(entry, bytes);
      return value;
    } finally {
      await claim?.();
    }
  };

  const remember = <T>(entry: Entry, compute: () => Promise<T>): Promise<T> => {
    const name = names.value(entry);
    const running = underWay.get(name);
    if (running) return running as Promise<T>;
    const finding = find(entry, compute).finally(() => {
      if (underWay.get(name) === finding) underWay.delete(name);
    });
    underWay.set(name, finding);
    return finding;
  };

  const state = () => {
    if (!isOn) return 'off';
    const { none, ready, away } = { none: 'own', ready: 'shared', away: 'degraded' } as const;
    return { none, ready, away }[link.state()];
  };

  return {
    remember,
    async invalidate(place) {
      // Who asks from now on must not get what is being computed from before.
      underWay.clear();
      toVoid.set(names.counter(place), place);
      if (await store.void(place)) toVoid.delete(names.counter(place));
    },
    statistics: async () => ({ state: state(), namespaces: await counts.statistics(own.sizes()) }),
    mostAsked: (namespace, n) => counts.mostAsked(namespace, n),
    state,
    close: async () => counts.close(),
  };
}

/** What another process computes meanwhile; undefined when it takes too long or nothing comes of it. */
async function waitFor(look: () => Promise<Look | null>): Promise<{ value: unknown } | undefined> {
  const giveUpAt = Date.now() + WAIT_MS;
  while (Date.now() < giveUpAt) {
    await sleep(LOOK_MS);
    const seen = await look();
    if (!seen || seen.found) return seen?.found;
  }
  return undefined;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRedis, type RedisLink } from '@/server/redis';
import { hasRedis, startDelay, startRedis, type TestRedis } from '@/tests/redis';
import { until } from '@/tests/system/wait';
import { type Cache, type Entry, openCache } from '.';

let redis: TestRedis;
const opened: { cache: Cache; link: RedisLink }[] = [];
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterEach(async () => {
  for (const { cache, link } of opened.splice(0)) {
    await cache.close();
    await link.close();
  }
});
afterAll(() => redis?.stop());

function cacheOn(url?: string, isOn = true): Cache {
  const link = openRedis(url);
  const cache = openCache(link, 'test', { isOn });
  opened.push({ cache, link });
  return cache;
}

async function shared(url = redis.url): Promise<Cache> {
  const cache = cacheOn(url);
  await until('the connection', async () => cache.state() === 'shared');
  return cache;
}

let made = 0;
/** An entry that no other test has asked for. */
const entry = (changes: Partial<Entry> = {}): Entry => ({
  namespace: 'other',
  workspaceId: 'w1',
  version: '1',
  key: { n: made++ },
  ...changes,
});
const value = (text: unknown) => async () => text;
/** What is remembered for the entry, or what computing it anew gives: `anew`. */
const seen = (cache: Cache, of: Entry) => cache.remember(of, value('anew'));

describe('without Redis', () => {
  it('computes once, also for those who ask meanwhile, whatever the order of keys', async () => {
    const cache = cacheOn();
    let computed = 0;
    const ask = () =>
      cache.remember(entry({ key: { b: 1, a: 2 } }), async () => {
        computed += 1;
        await sleep(20);
        return ['text'];
      });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([['text'], ['text'], ['text']]);
    expect(await seen(cache, entry({ key: { a: 2, b: 1 } }))).toEqual(['text']);
    expect(computed).toBe(1);
    expect(cache.state()).toBe('own');
  });

  it('keeps workspaces, versions and namespaces apart', async () => {
    const cache = cacheOn();
    const one = entry();
    await cache.remember(one, value('mine'));
    for (const other of [{ workspaceId: 'w2' }, { version: '2' }, { namespace: 'graph' }] as const)
      expect(await seen(cache, { ...one, ...other })).toBe('anew');
    expect(await seen(cache, one)).toBe('mine');
  });

  it('does not remember a failure, and nothing at all where it is switched off', async () => {
    const cache = cacheOn();
    const one = entry();
    await expect(cache.remember(one, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await seen(cache, one)).toBe('anew');
    const off = cacheOn(undefined, false);
    await off.remember(one, value('first'));
    expect(await seen(off, one)).toBe('anew');
    expect(off.state()).toBe('off');
  });

  it('forgets by namespace, by workspace, and by both', async () => {
    const cache = cacheOn();
    const entries = [
      entry({ namespace: 'graph', workspaceId: 'w1' }),
      entry({ namespace: 'graph', workspaceId: 'w2' }),
      entry({ namespace: 'answers', workspaceId: 'w1' }),
      entry({ namespace: 'answers', workspaceId: null }),
    ];
    const keptAfter = async (...places: Parameters<Cache['invalidate']>) => {
      for (const one of entries) await cache.remember(one, value('kept'));
      await cache.invalidate(...places);
      const all = await Promise.all(entries.map((one) => seen(cache, one)));
      await cache.invalidate({});
      return all.map((one) => one === 'kept');
    };
    expect(await keptAfter({ namespace: 'graph', workspaceId: 'w1' })).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(await keptAfter({ namespace: 'graph' })).toEqual([false, false, true, true]);
    expect(await keptAfter({ workspaceId: 'w1' })).toEqual([false, true, false, true]);
  });

  it('does not keep what was made void while it was being computed', async () => {
    const cache = cacheOn();
    const one = entry();
    const old = cache.remember(one, async () => {
      await sleep(30);
      return 'old';
    });
    await sleep(5);
    await cache.invalidate({ workspaceId: 'w1' });
    expect(await seen(cache, one)).toBe('anew');
    expect(await old).toBe('old');
    expect(await cache.remember(one, value('later'))).toBe('anew');
  });

  it('counts hits, misses, keys and bytes, and knows what was asked for most', async () => {
    const cache = cacheOn();
    const [often, once] = [entry({ namespace: 'graph' }), entry({ namespace: 'graph' })];
    for (let i = 0; i < 3; i++) await cache.remember(often, value('x'));
    await cache.remember(once, value('x'));
    const { namespaces } = await cache.statistics();
    const graph = namespaces.find(({ namespace }) => namespace === 'graph');
    expect(graph).toMatchObject({ hits: 2, misses: 2, rate: 0.5, keys: 2 });
    expect(graph?.bytes).toBeGreaterThan(2);
    expect(await cache.mostAsked('graph', 1)).toEqual([often]);
  });
});

describe('with Redis', () => {
  beforeEach(({ skip }) => skip(!hasRedis, 'redis-server is not installed'));

  it('shares between processes; one of them computes at a time', async () => {
    const [first, second] = [await shared(), await shared()];
    const one = entry();
    let computed = 0;
    const slowly = async () => {
      computed += 1;
      await sleep(60);
      return `computed ${computed}`;
    };
    const both = Promise.all([first.remember(one, slowly), second.remember(one, slowly)]);
    expect(await both).toEqual(['computed 1', 'computed 1']);
    expect(await seen(second, one)).toBe('computed 1');
  });

  it('makes void for all processes, and leaves foreign keys alone', async () => {
    const [first, second] = [await shared(), await shared()];
    const client = new Redis(redis.url);
    await client.set('somebody:else', 'theirs');
    await client.set('phial:other:cache:other:1', 'theirs');
    const [one, other] = [entry(), entry({ workspaceId: 'w2' })];
    await first.remember(one, value('kept'));
    await first.remember(other, value('kept'));
    await second.invalidate({ workspaceId: 'w1' });
    expect(await seen(first, one)).toBe('anew');
    expect(await seen(first, other)).toBe('kept');
    await first.statistics();
    expect(await client.get('somebody:else')).toBe('theirs');
    expect(await client.get('phial:other:cache:other:1')).toBe('theirs');
    const used = await client.info('commandstats');
    expect(used).not.toMatch(/cmdstat_(keys|scan|flushdb|flushall):/);
    const foreign = (await client.keys('*')).filter((key) => !key.startsWith('phial:test:cache:'));
    expect(foreign.sort()).toEqual(['phial:other:cache:other:1', 'somebody:else']);
    client.disconnect();
  });

  it('counts for all processes together', async () => {
    const [first, second] = [await shared(), await shared()];
    const one = entry({ namespace: 'embeddings' });
    await first.remember(one, value([1, 2, 3]));
    await second.remember(one, value('anew'));
    await second.remember(one, value('anew'));
    await first.statistics();
    const { namespaces, state } = await second.statistics();
    const counted = namespaces.find(({ namespace }) => namespace === 'embeddings');
    expect(state).toBe('shared');
    expect(counted).toMatchObject({ hits: 2, misses: 1, keys: 1 });
    expect(counted?.bytes).toBeGreaterThan(5);
    expect(await (await shared()).mostAsked('embeddings', 5)).toEqual([one]);
  });

  it('does not believe what is not in its form', async () => {
    const cache = await shared();
    const client = new Redis(redis.url);
    for (const text of [
      '{"form":1,"st',
      '"text"',
      '{"form":0,"stamp":"0.0.0","value":"old"}',
      '{}',
    ]) {
      const one = entry({ workspaceId: `form ${text}` });
      await cache.remember(one, value('kept'));
      const [name] = (await client.keys('phial:test:cache:other:*')).slice(-1);
      expect(name).toBeDefined();
      for (const key of await client.keys('phial:test:cache:other:*')) await client.set(key, text);
      expect(await seen(cache, one)).toBe('anew');
    }
    client.disconnect();
  });

  it('answers rightly while Redis stops mid-request, is away, and comes back', async () => {
    const cache = await shared();
    const one = entry();
    const answer = cache.remember(one, async () => {
      await redis.stop();
      return 'computed';
    });
    expect(await answer).toBe('computed');
    await until('the loss to be noticed', async () => cache.state() === 'degraded');
    expect(await seen(cache, one)).toBe('anew');
    expect((await cache.statistics()).state).toBe('degraded');
    await redis.start();
    await until('the connection to come back', async () => cache.state() === 'shared');
    expect(await cache.remember(one, value('again'))).toBe('again');
  });

  it('makes void later what it could not while Redis was out of reach', async () => {
    const delay = await startDelay(redis.port);
    const cache = await shared(delay.url);
    const one = entry();
    await cache.remember(one, value('old'));
    delay.control.delayMs = 400;
    await cache.invalidate({ workspaceId: 'w1' });
    expect(await seen(cache, one)).toBe('anew');
    delay.control.delayMs = 0;
    await sleep(500);
    expect(await seen(cache, one)).not.toBe('old');
    delay.close();
  });

  it('answers rightly when Redis is slow, and leaves it alone after a while', async () => {
    const delay = await startDelay(redis.port);
    const cache = await shared(delay.url);
    const one = entry();
    await cache.remember(one, value('kept'));
    delay.control.delayMs = 2_000;
    for (let i = 0; i < 4; i++) expect(await seen(cache, one)).toBe('anew');
    expect(cache.state()).toBe('degraded');
    delay.close();
  });

  it('answers rightly with a wrong password', async () => {
    const guarded = await startRedis('right');
    const cache = cacheOn(guarded.url.replace('right', 'wrong'));
    const one = entry();
    expect(await cache.remember(one, value('computed'))).toBe('computed');
    expect(await seen(cache, one)).toBe('anew');
    expect(cache.state()).toBe('degraded');
    await guarded.stop();
  });
});

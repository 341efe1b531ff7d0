import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedis, type RedisLink } from '@/server/redis';
import { hasRedis, startDelay, startRedis, type TestRedis } from '@/tests/redis';
import { until } from '@/tests/system/wait';
import { openLimiter, requireAllowed, setLimitHeaders, type Taken } from './limiter';
import { tightest } from './spend';
import { LIMITS } from './table';

let redis: TestRedis;
const links: RedisLink[] = [];
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterAll(async () => {
  for (const link of links) await link.close();
  await redis?.stop();
});

async function linkTo(url: string | undefined, state: 'ready' | 'any' = 'any'): Promise<RedisLink> {
  const link = openRedis(url);
  links.push(link);
  if (state === 'ready') await until('the connection', async () => link.state() === 'ready');
  return link;
}

const allowedOf = async (times: number, take: () => Promise<Taken>) => {
  const all: Taken[] = [];
  for (let i = 0; i < times; i++) all.push(await take());
  return all.filter(({ allowed }) => allowed).length;
};

describe('limits without Redis', () => {
  it('let through as many as the table says, each caller counted alone', async () => {
    const limiter = openLimiter(await linkTo(undefined), 'test');
    expect(await allowedOf(12, () => limiter.take('uploads', 'key:1'))).toBe(10);
    expect(await allowedOf(3, () => limiter.take('uploads', 'key:2'))).toBe(3);
    expect(await allowedOf(12, () => limiter.take('sign-in', 'address:1'))).toBe(5);
  });

  it('say how long to wait', async () => {
    const limiter = openLimiter(await linkTo(undefined), 'test');
    const first = await limiter.take('sign-in', 'a');
    expect(first).toMatchObject({ allowed: true, perMinute: 5, remaining: 4 });
    await allowedOf(4, () => limiter.take('sign-in', 'a'));
    const refused = await limiter.take('sign-in', 'a');
    expect(() => requireAllowed(refused)).toThrow(/Too many requests: 5 a minute .* Try again in/);
    const headers = new Headers();
    setLimitHeaders(headers, refused);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit-limit')).toBe('5');
    expect(headers.get('ratelimit-remaining')).toBe('0');
    expect(tightest([first, refused])).toBe(refused);
  });
});

describe('limits with Redis', () => {
  it('are shared between processes, under the prefix of the installation', async (test) => {
    if (!hasRedis) return test.skip('redis-server is not installed');
    const [one, other] = [await linkTo(redis.url, 'ready'), await linkTo(redis.url, 'ready')];
    const [first, second] = [openLimiter(one, 'test'), openLimiter(other, 'test')];
    const turns = [first, second];
    let turn = 0;
    const take = () => turns[turn++ % 2]!.take('asking', 'user:1');
    expect(await allowedOf(40, take)).toBe(LIMITS.asking.perMinute);
    expect((await openLimiter(one, 'elsewhere').take('asking', 'user:1')).allowed).toBe(true);
    const client = new Redis(redis.url);
    const keys = await client.keys('*');
    expect(keys.every((key) => /^phial:(test|elsewhere):limit:asking/.test(key))).toBe(true);
    client.disconnect();
  });

  it('go on in this process when it stops, and are shared again afterwards', async (test) => {
    if (!hasRedis) return test.skip('redis-server is not installed');
    const link = await linkTo(redis.url, 'ready');
    const limiter = openLimiter(link, 'stop');
    expect((await limiter.take('uploads', 'x')).remaining).toBe(9);
    await redis.stop();
    // Open: the whole limit. Closed: this process's share of it.
    expect(await allowedOf(15, () => limiter.take('uploads', 'x'))).toBe(10);
    expect(await allowedOf(15, () => limiter.take('sign-in', 'x'))).toBe(3);
    expect(link.state()).toBe('away');
    await redis.start();
    await until('the connection to come back', async () => link.state() === 'ready');
    expect((await limiter.take('uploads', 'y')).remaining).toBe(9);
  });

  it('never mistake a slow or refusing Redis for room', async (test) => {
    if (!hasRedis) return test.skip('redis-server is not installed');
    const slow = await startDelay(redis.port);
    const limiter = openLimiter(await linkTo(slow.url, 'ready'), 'slow');
    slow.control.delayMs = 5_000;
    expect(await allowedOf(15, () => limiter.take('uploads', 'z'))).toBe(10);
    slow.close();
    const guarded = await startRedis('right');
    const wrong = await linkTo(guarded.url.replace('right', 'wrong'));
    const unheard = openLimiter(wrong, 'wrong');
    expect(await allowedOf(15, () => unheard.take('uploads', 'z'))).toBe(10);
    expect(wrong.state()).toBe('away');
    await guarded.stop();
  });
});

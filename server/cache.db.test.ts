import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@/tests/system/wait';
import { type Cache, openCache } from './cache';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
let port = 0;
let server: ChildProcess | null = null;
const open: Cache[] = [];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as { port: number };
  probe.close();
  return free;
}

function startRedis(): ChildProcess {
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  return spawn('redis-server', ['--port', String(port), ...quiet], { stdio: 'ignore' });
}

async function stopRedis(): Promise<void> {
  if (!server || server.exitCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
}

function cacheOn(url: string | undefined): Cache {
  const cache = openCache(url, 'test');
  open.push(cache);
  return cache;
}

beforeAll(async () => {
  if (!hasRedis) return;
  port = await freePort();
  server = startRedis();
});
afterAll(async () => {
  for (const cache of open) await cache.close();
  await stopRedis();
});

describe('without Redis', () => {
  it('computes once, also for those who ask meanwhile', async () => {
    const cache = cacheOn(undefined);
    let computed = 0;
    const ask = () =>
      cache.remember('n', { b: 1, a: 2 }, 60, async () => {
        computed += 1;
        await sleep(20);
        return 'text';
      });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['text', 'text', 'text']);
    expect(await cache.remember('n', { a: 2, b: 1 }, 60, async () => 'other')).toBe('text');
    expect(computed).toBe(1);
    expect(cache.state()).toBe('own');
  });

  it('does not remember a failure', async () => {
    const cache = cacheOn(undefined);
    const failing = cache.remember('n', 'x', 60, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await cache.remember('n', 'x', 60, async () => 'now')).toBe('now');
  });
});

describe('with Redis', () => {
  const shared = async () => {
    const cache = cacheOn(`redis://127.0.0.1:${port}`);
    await until('the connection', async () => cache.state() === 'shared');
    return cache;
  };

  it('shares between processes and leaves foreign keys alone', async (test) => {
    if (!hasRedis) return test.skip('redis-server is not installed');
    const [first, second] = [await shared(), await shared()];
    const client = new Redis(`redis://127.0.0.1:${port}`);
    await client.set('somebody:else', 'theirs');
    await first.remember('n', 'k', 60, async () => 'from the first');
    expect(await second.remember('n', 'k', 60, async () => 'again')).toBe('from the first');
    const keys = await client.keys('*');
    expect(keys.filter((k) => !k.startsWith('phial:test:'))).toEqual(['somebody:else']);
    expect(await client.get('somebody:else')).toBe('theirs');
    client.disconnect();
  });

  it('answers rightly when Redis goes away and comes back', async (test) => {
    if (!hasRedis) return test.skip('redis-server is not installed');
    const cache = await shared();
    await stopRedis();
    expect(await cache.remember('n', 'gone', 60, async () => 'computed')).toBe('computed');
    await until('the loss to be noticed', async () => cache.state() === 'degraded');
    server = startRedis();
    await until('the connection to come back', async () => cache.state() === 'shared');
  });
});

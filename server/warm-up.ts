import { setTimeout as sleep } from 'node:timers/promises';
import { warmDrawings } from '@/server/chemistry/drawing';
import { web } from '@/server/web';

const WITHIN_MS = 10_000;
const LOOK_MS = 250;

/** Computes what was asked for most before this version was started; a shared Redis remembers it. */
export async function warmUp(): Promise<void> {
  const { redis, cache, log } = web();
  for (let waited = 0; redis.state() === 'away' && waited < WITHIN_MS; waited += LOOK_MS) {
    await sleep(LOOK_MS);
  }
  if (redis.state() !== 'ready') return;
  await warmDrawings(cache).catch((error) => log.warn({ err: error }, 'warming the cache failed'));
}

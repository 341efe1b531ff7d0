/** What counting adds to a call of a procedure: with Redis on loopback, and in the process itself. */
import { initTRPC } from '@trpc/server';
import { type Limiter, openLimiter } from '@/server/limits/limiter';
import { spend } from '@/server/limits/spend';
import { openRedis } from '@/server/redis';
import { type Benchmark, median, quantile, round } from './measure';
import { withRedis } from './redis';

const CALLS = 5_000;
const WARM_UP = 500;
/** So many callers that none reaches its limit, which would be answered without counting. */
const CALLERS = 50;

export const run: Benchmark = (say) =>
  withRedis(async (link) => {
    const bare = await measure(null);
    const own = await measure(openLimiter(openRedis(undefined), 'bench'));
    const shared = await measure(openLimiter(link, 'bench'));
    say(`  ${CALLS} calls each`);
    const figure = (name: string, calls: number[]) => ({
      name,
      unit: 'ms',
      value: round(median(calls), 4),
      baseline: { name: 'not counted', value: round(median(bare), 4) },
      goal: { of: 'difference', atMost: 1 } as const,
      details: { p95: round(quantile(calls, 0.95), 4) },
    });
    return [
      figure('Call counted in Redis, p50', shared),
      figure('Call counted in the process, p50', own),
    ];
  });

async function measure(limiter: Limiter | null): Promise<number[]> {
  const t = initTRPC.context<{ who: string }>().create();
  const counted = t.procedure.use(async ({ ctx, next }) => {
    if (limiter) await spend({ limiter, limit: 'reads', who: ctx.who });
    return next();
  });
  const router = t.router({ nothing: counted.query(() => null) });
  const call = t.createCallerFactory(router);
  const samples: number[] = [];
  for (let i = -WARM_UP; i < CALLS; i++) {
    const caller = call({ who: `user:${(i + WARM_UP) % CALLERS}` });
    const startedAt = performance.now();
    await caller.nothing();
    if (i >= 0) samples.push(performance.now() - startedAt);
  }
  return samples;
}

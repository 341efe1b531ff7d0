import { z } from 'zod';
import { named } from '@/server/api/route';
import { procedure, router } from '@/server/trpc/init';
import { type CacheStatistics, NAMESPACE_IDS } from './schema';

const statisticsAnswer = named(
  'CacheStatistics',
  z.object({
    state: z.enum(['own', 'shared', 'degraded', 'off']),
    namespaces: z.array(
      z.object({
        namespace: z.enum(NAMESPACE_IDS),
        holds: z.string(),
        seconds: z.number(),
        hits: z.number(),
        misses: z.number(),
        rate: z.number().nullable(),
        keys: z.number(),
        bytes: z.number(),
      }),
    ),
  }),
) satisfies z.ZodType<CacheStatistics>;

export const cacheRouter = router({
  /** Of the whole installation: counts alone, nothing of what is kept. */
  statistics: procedure('operation.read', {
    api: {
      method: 'GET',
      path: '/cache',
      tag: 'health',
      summary: 'Hits, misses, keys and bytes of the cache by namespace',
      answers: statisticsAnswer,
    },
  }).query(({ ctx }) => ctx.web.cache.statistics()),
  /** Makes void what is kept for this workspace, in one namespace or in all. */
  forget: procedure('operation.manage')
    .input(z.object({ namespace: z.enum(NAMESPACE_IDS).optional() }))
    .mutation(({ ctx, input }) =>
      ctx.web.cache.invalidate({ ...input, workspaceId: ctx.ctx.actor.workspaceId }),
    ),
});

import { z } from 'zod';
import { named } from '@/server/api/route';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { procedure, router } from '@/server/trpc/init';
import { type SourceHealth, sourcesHealth } from './pace';

const sourcesAnswer = named(
  'Sources',
  z.array(
    z.object({
      id: z.enum(SOURCE_IDS),
      name: z.string(),
      homepage: z.string(),
      licence: z.string(),
      requestsPerSecond: z.number(),
      state: z.enum(['answering', 'failing', 'left-alone', 'unknown']),
      lastOkAt: z.date().nullable(),
      lastFaultAt: z.date().nullable(),
      openUntil: z.date().nullable(),
    }),
  ),
) satisfies z.ZodType<SourceHealth[]>;

export const sourcesRouter = router({
  health: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/sources',
      tag: 'health',
      summary: 'The public sources, their pace and how they answer',
      answers: sourcesAnswer,
    },
  }).query(({ ctx }) => sourcesHealth(ctx.ctx.db)),
});

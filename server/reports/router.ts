import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { readCitation } from './read';

export const reportsRouter = router({
  /** One citation in its surroundings, by the anchors that the report's markers carry. */
  citation: procedure('job.read')
    .input(
      z.object({
        jobId: z.uuid(),
        version: z.number().int().min(1).optional(),
        claim: z.string().max(300),
        place: z.string().max(40),
      }),
    )
    .query(({ ctx, input }) => readCitation({ ctx: ctx.ctx, ...input })),
});

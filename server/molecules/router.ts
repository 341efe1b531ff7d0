import { z } from 'zod';
import { listMolecules } from '@/server/jobs/queries';
import { procedure, router } from '@/server/trpc/init';

export const moleculesRouter = router({
  list: procedure
    .input(z.object({ search: z.string().max(200).optional() }).optional())
    .query(({ ctx, input }) => listMolecules({ ctx: ctx.ctx, search: input?.search })),
});

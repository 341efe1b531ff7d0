import { z } from 'zod';
import { moleculesAnswer } from '@/server/jobs/answers';
import { listMolecules } from '@/server/jobs/queries';
import { procedure, router } from '@/server/trpc/init';
import { PREVIEW_MAX_CHARACTERS, previewMolecule } from './preview';

export const moleculesRouter = router({
  list: procedure('job.read', {
    limit: 'lists',
    api: {
      method: 'GET',
      path: '/molecules',
      tag: 'research',
      summary: 'Compounds the workspace has asked about',
      answers: moleculesAnswer,
    },
  })
    .input(z.object({ search: z.string().max(200).optional() }).optional())
    .query(({ ctx, input }) => listMolecules({ ctx: ctx.ctx, search: input?.search })),
  preview: procedure('job.read')
    .input(z.object({ text: z.string().max(PREVIEW_MAX_CHARACTERS) }))
    .query(({ ctx, input }) => previewMolecule({ ctx: ctx.ctx, ...input })),
});

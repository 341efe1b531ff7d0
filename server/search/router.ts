import { procedure, router } from '@/server/trpc/init';
import { rememberedPassages } from './remembered';
import { searchPassagesInput } from './schema';

export const searchRouter = router({
  passages: procedure('paper.read', { limit: 'lists' })
    .input(searchPassagesInput)
    .query(({ ctx, input }) => rememberedPassages({ ctx: ctx.ctx, input, cache: ctx.web.cache })),
});

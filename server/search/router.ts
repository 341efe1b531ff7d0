import { procedure, router } from '@/server/trpc/init';
import { passagesAnswer } from './answers';
import { rememberedPassages } from './remembered';
import { searchPassagesInput } from './schema';

export const searchRouter = router({
  passages: procedure('paper.read', {
    limit: 'lists',
    api: {
      method: 'POST',
      path: '/papers/passages',
      tag: 'papers',
      summary: 'Passages that fit a question best first',
      answers: passagesAnswer,
    },
  })
    .input(searchPassagesInput)
    .query(({ ctx, input }) => rememberedPassages({ ctx: ctx.ctx, input, cache: ctx.web.cache })),
});

import { procedure, router } from '@/server/trpc/init';
import { passagesAnswer } from './answers';
import { rememberedPassages } from './remembered';
import { searchPassagesInput, similarPassagesInput } from './schema';
import { similarPassages } from './similar';

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
    .query(async ({ ctx, input }) =>
      rememberedPassages({
        ctx: ctx.ctx,
        input,
        cache: ctx.web.cache,
        versions: await ctx.web.libraryVersions(),
      }),
    ),
  similar: procedure('paper.read', {
    limit: 'lists',
    api: {
      method: 'POST',
      path: '/papers/passages/similar',
      tag: 'papers',
      summary: 'Passages of other papers like the given one, best first',
      answers: passagesAnswer,
    },
  })
    .input(similarPassagesInput)
    .query(({ ctx, input }) => similarPassages({ ctx: ctx.ctx, input })),
});

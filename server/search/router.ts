import { procedure, router } from '@/server/trpc/init';
import { searchPassagesInput } from './schema';
import { searchPassages } from './search';

export const searchRouter = router({
  passages: procedure('paper.read')
    .input(searchPassagesInput)
    .query(({ ctx, input }) => searchPassages({ ctx: ctx.ctx, input })),
});

import { procedure, router } from '@/server/trpc/init';
import { sourcesHealth } from './pace';

export const sourcesRouter = router({
  health: procedure.query(({ ctx }) => sourcesHealth(ctx.ctx.db)),
});

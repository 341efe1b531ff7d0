import { procedure, router } from '@/server/trpc/init';
import { sourcesHealth } from './pace';

export const sourcesRouter = router({
  health: procedure('job.read').query(({ ctx }) => sourcesHealth(ctx.ctx.db)),
});

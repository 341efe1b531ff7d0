import { procedure, router } from '@/server/trpc/init';
import { isAnyWorkerAlive } from './alive';

export const workersRouter = router({
  alive: procedure('job.read').query(({ ctx }) => isAnyWorkerAlive(ctx.ctx.db)),
});

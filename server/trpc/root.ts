import { evidenceRouter } from '@/server/evidence/router';
import { jobsRouter } from '@/server/jobs/router';
import { moleculesRouter } from '@/server/molecules/router';
import { sourcesRouter } from '@/server/sources/router';
import { createCaller, router } from './init';

export const appRouter = router({
  evidence: evidenceRouter,
  jobs: jobsRouter,
  molecules: moleculesRouter,
  sources: sourcesRouter,
});
export type AppRouter = typeof appRouter;
export const callRouter = createCaller(appRouter);

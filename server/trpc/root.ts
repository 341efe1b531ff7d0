import { askingRouter } from '@/server/asking/router';
import { auditRouter } from '@/server/audit/router';
import { cacheRouter } from '@/server/cache/router';
import { evidenceRouter } from '@/server/evidence/router';
import { feedbackRouter } from '@/server/feedback/router';
import { jobsRouter } from '@/server/jobs/router';
import { keysRouter } from '@/server/keys/router';
import { moleculesRouter } from '@/server/molecules/router';
import { papersRouter } from '@/server/papers/router';
import { workersRouter } from '@/server/queue/router';
import { reportsRouter } from '@/server/reports/router';
import { searchRouter } from '@/server/search/router';
import { sourcesRouter } from '@/server/sources/router';
import { workspacesRouter } from '@/server/workspaces/router';
import { createCaller, router } from './init';

export const appRouter = router({
  asking: askingRouter,
  audit: auditRouter,
  cache: cacheRouter,
  evidence: evidenceRouter,
  feedback: feedbackRouter,
  jobs: jobsRouter,
  keys: keysRouter,
  molecules: moleculesRouter,
  papers: papersRouter,
  reports: reportsRouter,
  search: searchRouter,
  sources: sourcesRouter,
  workers: workersRouter,
  workspaces: workspacesRouter,
});
export type AppRouter = typeof appRouter;
export const callRouter = createCaller(appRouter);

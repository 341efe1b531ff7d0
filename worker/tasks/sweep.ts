import { forgetEnded } from '@/server/auth/forget';
import { nudgeJob, quietJobs } from '@/server/jobs';
import { reindexOutdated } from '@/server/papers';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

/** Longer than any wait between two events of a job in good health. */
const QUIET_MINUTES = 5;

/** Some seconds of work. */
const REINDEXED = 100;

/** Longer than any upload. */
const STAGED_HOURS = 24;

/**
 * Once a minute: whatever waits for a task that was lost is queued again; lost uploads, and sessions and
 * tokens that ended long ago, are removed; papers indexed by an earlier Phial are indexed anew.
 */
export const sweepTask: TaskBody<'sweep'> = async (runtime) => {
  for (const { workspaceId, jobId } of await quietJobs(runtime.db, QUIET_MINUTES)) {
    await nudgeJob({ ctx: taskContext(runtime, workspaceId, 'sweep'), jobId });
  }
  await runtime.storage.sweep(new Date(Date.now() - STAGED_HOURS * 3_600_000));
  await forgetEnded(runtime.db);
  await reindexOutdated(runtime.db, REINDEXED);
};

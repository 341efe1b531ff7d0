import { nudgeJob, quietJobs } from '@/server/jobs';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

/** Longer than any wait between two events of a job in good health. */
const QUIET_MINUTES = 5;

/** Once a minute: whatever waits for a task that was lost is queued again. */
export const sweepTask: TaskBody<'sweep'> = async (runtime) => {
  for (const { workspaceId, jobId } of await quietJobs(runtime.db, QUIET_MINUTES)) {
    await nudgeJob({ ctx: taskContext(runtime, workspaceId, 'sweep'), jobId });
  }
};

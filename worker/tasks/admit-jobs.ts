import { admitJobs } from '@/server/jobs';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

export const admitJobsTask: TaskBody<'admit-jobs'> = async (runtime, { workspaceId }) => {
  await admitJobs({
    ctx: taskContext(runtime, workspaceId, 'admit-jobs'),
    shares: {
      molecule: runtime.env.WORKSPACE_ACTIVE_JOBS,
      paper: runtime.env.WORKSPACE_ACTIVE_PAPERS,
    },
  });
};

import { trainRanker } from '@/server/ranking';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

export const trainRankerTask: TaskBody<'train-ranker'> = async (runtime, { workspaceId }) => {
  const outcome = await trainRanker({ ctx: taskContext(runtime, workspaceId, 'train-ranker') });
  runtime.log.info({ workspaceId, outcome }, 'ranker trained');
};

import { trainEmbedding } from '@/server/search';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

export const trainEmbeddingTask: TaskBody<'train-embedding'> = async (
  runtime,
  { workspaceId },
  stop,
) => {
  const ctx = taskContext(runtime, workspaceId, 'train-embedding');
  await trainEmbedding({ ctx, signal: stop });
};

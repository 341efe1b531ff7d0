import { removeUnneededFile } from '@/server/papers';
import { taskContext } from '../runtime';
import type { TaskBody } from './task';

export const removeFileTask: TaskBody<'remove-file'> = async (runtime, { workspaceId, sha256 }) => {
  await removeUnneededFile({ ctx: taskContext(runtime, workspaceId, 'remove-file'), sha256 });
};

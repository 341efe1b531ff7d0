import type { TaskPayloads } from '@/server/queue/tasks';
import type { Runtime } from '../runtime';

/** A task's work: safe to repeat, ended by `stop` when the worker's pool is stopped. */
export type TaskBody<K extends keyof TaskPayloads> = (
  runtime: Runtime,
  payload: TaskPayloads[K],
  stop: AbortSignal,
) => Promise<void>;

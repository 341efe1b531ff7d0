/** Every task: one file here and one line below; payloads are in server/queue/tasks.ts. */
import { type ParsedCronItem, parseCronItems, type Task, type TaskList } from 'graphile-worker';
import { type TaskPayloads, taskPayloads } from '@/server/queue/tasks';
import type { Runtime } from '../runtime';
import { admitJobsTask } from './admit-jobs';
import { answerQuestionTask } from './answer-question';
import { removeFileTask } from './remove-file';
import { runStepTask } from './run-step';
import { sweepTask } from './sweep';
import type { TaskBody } from './task';
import { trainEmbeddingTask } from './train-embedding';
import { trainRankerTask } from './train-ranker';

const tasks: { [K in keyof TaskPayloads]: TaskBody<K> } = {
  'admit-jobs': admitJobsTask,
  'answer-question': answerQuestionTask,
  'run-step': runStepTask,
  'read-paper': runStepTask,
  'remove-file': removeFileTask,
  'train-embedding': trainEmbeddingTask,
  'train-ranker': trainRankerTask,
  sweep: sweepTask,
};

/**
 * A worker has two pools. Reading papers and training take a processor, everything else mostly waits for sources;
 * apart, a pile of papers keeps nothing else waiting.
 */
export type Pool = 'general' | 'reading';

const READING: readonly (keyof TaskPayloads)[] = ['read-paper', 'train-embedding', 'train-ranker'];

const tasksOf = (pool: Pool) =>
  (Object.keys(tasks) as (keyof TaskPayloads)[]).filter(
    (name) => READING.includes(name) === (pool === 'reading'),
  );

export function taskList(runtime: Runtime, pool: Pool, stop: AbortSignal): TaskList {
  const asTask =
    <K extends keyof TaskPayloads>(name: K): Task =>
    async (payload) => {
      // Parsed again: queued tasks outlive deploys.
      await tasks[name](runtime, taskPayloads[name].parse(payload) as TaskPayloads[K], stop);
    };
  return Object.fromEntries(tasksOf(pool).map((name) => [name, asTask(name)]));
}

export const cronItems: ParsedCronItem[] = parseCronItems([
  { task: 'sweep', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
]);

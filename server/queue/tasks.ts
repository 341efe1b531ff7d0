/** Every task and its payload, in one place, so that enqueueing is typed everywhere. */
import { z } from 'zod';

const id = z.uuid();

export const taskPayloads = {
  /** Starts waiting jobs of a workspace, oldest first, up to its share. */
  'admit-jobs': z.object({ workspaceId: id }),
  /** Runs one step of a job. */
  'run-step': z.object({ workspaceId: id, jobId: id, step: z.string() }),
  /** Answers one question from the papers. */
  'answer-question': z.object({ workspaceId: id, answerId: id }),
  /** Queues again what quiet jobs wait for; runs by the clock. */
  sweep: z.object({}),
} as const;

export type TaskPayloads = { [K in keyof typeof taskPayloads]: z.infer<(typeof taskPayloads)[K]> };

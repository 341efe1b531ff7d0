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
  /** Runs a step that reads a paper: few at a time, for each takes a processor. */
  'read-paper': z.object({ workspaceId: id, jobId: id, step: z.string() }),
  /** Removes a purged paper's file unless another paper needs it. */
  'remove-file': z.object({ workspaceId: id, sha256: z.string() }),
  /** Makes vectors of a workspace's new chunks, and a new model when it has outgrown the present one. */
  'train-embedding': z.object({ workspaceId: id }),
  /** Learns the order of evidence from a workspace’s votes. */
  'train-ranker': z.object({ workspaceId: id }),
  /** Queues again what quiet jobs wait for; runs by the clock. */
  sweep: z.object({}),
} as const;

export type TaskPayloads = { [K in keyof typeof taskPayloads]: z.infer<(typeof taskPayloads)[K]> };

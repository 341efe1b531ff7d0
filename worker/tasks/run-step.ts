import { isDatabaseAway } from '@/db/connection-loss';
import type { Ctx } from '@/server/context';
import { beginStep, failJob, type Running, retryLater, StepSuperseded } from '@/server/jobs';
import { gatherSource, type StepKey } from '@/server/jobs/schema';
import type { TaskPayloads } from '@/server/queue/tasks';
import { type Runtime, taskContext } from '../runtime';
import { stepBody } from '../steps';
import type { StepBody } from '../steps/step';
import type { TaskBody } from './task';

/** Starts of a step after which an unexpected error is final. */
const MAX_ERRORS = 3;
/** Starts after which a step that keeps losing its worker (memory, crash) is given up. */
const MAX_STARTS = 10;

export const runStepTask: TaskBody<'run-step' | 'read-paper'> = (runtime, payload, stop) =>
  runStep(runtime, payload, stop, stepBody);

/**
 * Runs the step that the task is for, and what its end leaves to the same task. Has their work done by
 * one of `bodies` each, and sees to whatever goes wrong.
 */
export async function runStep(
  runtime: Runtime,
  { workspaceId, jobId, step }: TaskPayloads['run-step'],
  stop: AbortSignal,
  bodies: (step: StepKey) => StepBody,
): Promise<void> {
  const ctx = taskContext(runtime, workspaceId, `run-step:${step}`);
  let running = await beginStep({ ctx, jobId, task: step as StepKey });
  while (running) {
    await carryOut(runtime, ctx, running, stop, bodies);
    running = running.next;
    // A worker that stops leaves it to the one that is given the task next.
    if (running) stop.throwIfAborted();
  }
}

async function carryOut(
  runtime: Runtime,
  ctx: Ctx,
  running: Running,
  stop: AbortSignal,
  bodies: (step: StepKey) => StepBody,
): Promise<void> {
  if (running.attempt > MAX_STARTS) {
    await failJob(ctx, running, {
      reason: 'STEP_KEEPS_DYING',
      message: `The step “${running.step}” was started ${MAX_STARTS} times and its worker died each time. Retry the job; if it happens again, tell whoever runs this installation.`,
    });
    return;
  }
  const { id: jobId, workspaceId, finishRequestedAt } = running.job;
  const gathers = gatherSource(running.step) !== null;
  const isFinishing = finishRequestedAt !== null;
  const watch = runtime.control.watch({ workspaceId, jobId, gathers, isFinishing }, stop);
  try {
    await bodies(running.step)({ runtime, ctx, running, signal: watch.signal });
  } catch (error) {
    await afterError(runtime, ctx, running, stop, error);
  } finally {
    watch.release();
  }
}

/**
 * Someone else owns the step: nothing to do. The worker stops or the database is away: Graphile runs
 * the task again. Anything else is tried again a few times, then fails the job with its reason.
 */
async function afterError(
  runtime: Runtime,
  ctx: Ctx,
  running: Running,
  stop: AbortSignal,
  error: unknown,
): Promise<void> {
  if (error instanceof StepSuperseded) return;
  if (stop.aborted || isDatabaseAway(error)) throw error;
  const log = { err: error, job: running.job.id, step: running.step, attempt: running.attempt };
  runtime.log.error(log, 'step failed');
  if (running.attempt < MAX_ERRORS) {
    await retryLater(ctx, running, 'an unexpected error');
    return;
  }
  await failJob(ctx, running, {
    reason: 'STEP_FAILED',
    message: `Something went wrong in the step “${running.step}” (${running.job.id}). Retry the job; what was gathered is kept.`,
  });
}

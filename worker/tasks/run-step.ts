import { isDatabaseAway } from '@/db/connection-loss';
import { DomainError } from '@/server/errors';
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

/** Starts the step, has its work done by one of `bodies`, and sees to whatever goes wrong. */
export async function runStep(
  runtime: Runtime,
  payload: TaskPayloads['run-step'],
  stop: AbortSignal,
  bodies: (step: StepKey) => StepBody,
): Promise<void> {
  const { workspaceId, jobId } = payload;
  const ctx = taskContext(runtime, workspaceId, `run-step:${payload.step}`);
  const running = await beginStep({ ctx, jobId, step: payload.step as StepKey });
  if (!running) return;
  if (running.attempt > MAX_STARTS) {
    await failJob(ctx, running, {
      reason: 'STEP_KEEPS_DYING',
      message: `The step “${running.step}” was started ${MAX_STARTS} times and its worker died each time. Retry the job; if it happens again, tell whoever runs this installation.`,
    });
    return;
  }
  const gathers = gatherSource(running.step) !== null;
  const isFinishing = running.job.finishRequestedAt !== null;
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
 * the task again. Anything else is tried again a few times, then fails the job with its reason, in its own
 * words where they are for people (the disk is full).
 */
async function afterError(
  runtime: Runtime,
  ctx: ReturnType<typeof taskContext>,
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
  const message = `Something went wrong in the step “${running.step}” (${running.job.id}). Retry the job; what was gathered is kept.`;
  await failJob(
    ctx,
    running,
    error instanceof DomainError
      ? { reason: error.reason, message: error.userMessage }
      : { reason: 'STEP_FAILED', message },
  );
}

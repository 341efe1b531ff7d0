import { isDatabaseAway } from '@/db/connection-loss';
import {
  ANSWER_CONTROL_CHANNEL,
  type Answerer,
  AnswerSuperseded,
  answerQuestion,
  beginAnswer,
  draftFromSearch,
  failAnswer,
} from '@/server/asking';
import { type Runtime, taskContext } from '../runtime';
import type { TaskBody } from './task';

/** Starts after which an answer that keeps losing its worker (memory, crash) is given up. */
const MAX_STARTS = 5;

/**
 * Answers one question. Whoever waits for it may stop it or ask again, so an unexpected error ends it
 * at once rather than in silence.
 */
export const answerQuestionTask: TaskBody<'answer-question'> = async (
  runtime,
  { workspaceId, answerId },
  stop,
) => {
  const ctx = taskContext(runtime, workspaceId, 'answer-question');
  const answering = await beginAnswer({ ctx, answerId });
  if (!answering) return;
  const watch = await watchForStop(runtime, answerId, stop);
  try {
    if (answering.starts > MAX_STARTS) {
      await failAnswer(ctx, answering, {
        reason: 'ANSWER_KEEPS_DYING',
        message: `Answering was started ${MAX_STARTS} times and its worker died each time. Ask again; if it happens again, tell whoever runs this installation.`,
      });
      return;
    }
    const answerer = await answererOf(runtime);
    await answerQuestion({ ctx, answering, answerer, signal: watch.signal });
  } catch (error) {
    if (error instanceof AnswerSuperseded) return;
    if (stop.aborted || isDatabaseAway(error)) throw error;
    runtime.log.error({ err: error, answer: answerId }, 'answering failed');
    await failAnswer(ctx, answering, {
      reason: 'ANSWER_FAILED',
      message: `Something went wrong while answering (${answerId}). Ask again.`,
    }).catch((failure) => {
      if (!(failure instanceof AnswerSuperseded)) throw failure;
    });
  } finally {
    await watch.release();
  }
};

async function answererOf(runtime: Runtime): Promise<Answerer> {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: name, LLM_API_KEY: apiKey } = runtime.env;
  const { askModel } = await import('@/server/reports/model');
  return {
    draft: draftFromSearch,
    cache: runtime.cache,
    model:
      baseUrl && name
        ? { name, ask: askModel({ baseUrl, model: name, apiKey: apiKey ?? null }) }
        : null,
  };
}

/** Aborts when a person stops the answer, or when the worker stops. */
async function watchForStop(
  runtime: Runtime,
  answerId: string,
  shutdown: AbortSignal,
): Promise<{ signal: AbortSignal; release: () => Promise<void> }> {
  const stopped = new AbortController();
  const unlisten = await runtime.db.listen(ANSWER_CONTROL_CHANNEL, (id) => {
    if (id === answerId) stopped.abort(new AnswerSuperseded('stopped'));
  });
  return { signal: AbortSignal.any([shutdown, stopped.signal]), release: unlisten };
}

import { asOwner, endStep, stepOutcome } from '@/server/jobs';
import { beginIndexing, indexPaper } from '@/server/papers/record';
import type { StepBody } from './step';

/** Puts what was read into the index, all of it or nothing. */
export const indexStep: StepBody = async ({ ctx, running }) => {
  const { job } = running;
  const parsed = await asOwner(ctx, running, async (tx) => {
    await beginIndexing(tx, job.id);
    return stepOutcome(tx, job.id, 'parse');
  });
  const incomplete =
    parsed?.outcome === 'partial'
      ? { code: 'PAGES_UNREADABLE', message: parsed.reason ?? 'Some pages could not be read.' }
      : null;
  await endStep(ctx, running, { status: 'done', outcome: 'ok' }, async (tx) => {
    await indexPaper(tx, job, incomplete);
  });
};

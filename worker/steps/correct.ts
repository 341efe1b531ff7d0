import { asOwner, endStep } from '@/server/jobs';
import { applyCorrections, identityOf } from '@/server/papers/record';
import { SourceFault } from '../sources/contract';
import { lookUp } from './look-up';
import { openSources } from './source-access';
import type { StepBody } from './step';

/** Corrects what was read of a paper's details by what sources say; people's edits stay. */
export const correctStep: StepBody = async (work) => {
  const { ctx, running } = work;
  const { job } = running;
  const paper = await asOwner(ctx, running, (tx) => identityOf(tx, job.id));
  const access = await openSources(work);
  try {
    const { proposals, notes, allFailed } = await lookUp(paper, access.http, ctx.now);
    const asked = { reason: notes.join('; ') || null, requests: access.requests() };
    if (proposals.length === 0) {
      const nobody = notes.length === 0;
      const end = nobody
        ? ({ status: 'skipped', outcome: 'not-searched' } as const)
        : allFailed
          ? ({ status: 'failed', outcome: 'failed' } as const)
          : ({ status: 'done', outcome: 'empty' } as const);
      await endStep(ctx, running, { ...end, ...asked });
      return;
    }
    await endStep(
      ctx,
      running,
      { status: 'done', outcome: 'ok', records: proposals.length, ...asked },
      (tx) => applyCorrections(tx, job, proposals),
    );
  } catch (error) {
    if (error instanceof SourceFault && error.kind === 'cancelled') return;
    throw error;
  }
};

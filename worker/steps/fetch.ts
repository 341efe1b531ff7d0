import { asOwner, endStep, failJob } from '@/server/jobs';
import { applyCorrections, attachFile, identityOf, keepRecordOnly } from '@/server/papers/record';
import { SourceFault } from '../sources/contract';
import { type LookedUp, lookUp } from './look-up';
import { openFileOf } from './open-file';
import { openSources } from './source-access';
import type { StepBody } from './step';

/** Fetches the record of a paper that was added by its number, and its file where it is open. */
export const fetchStep: StepBody = async (work) => {
  const { ctx, running } = work;
  const { job } = running;
  const paper = await asOwner(ctx, running, (tx) => identityOf(tx, job.id));
  const access = await openSources(work);
  try {
    const found = await lookUp(paper, access.http, ctx.now);
    if (found.proposals.length === 0) {
      await failJob(ctx, running, whyUnknown(found));
      return;
    }
    const file = await openFileOf(paper, access.http);
    const requests = access.requests();
    if ('missing' in file) {
      const end = { status: 'done', outcome: 'partial', reason: file.missing, requests } as const;
      await endStep(ctx, running, end, async (tx) => {
        await applyCorrections(tx, job, found.proposals);
        await keepRecordOnly(tx, job, file.missing);
      });
      return;
    }
    await endStep(ctx, running, { status: 'done', outcome: 'ok', requests }, async (tx) => {
      await applyCorrections(tx, job, found.proposals);
      await attachFile(tx, ctx, job, file.bytes);
    });
  } catch (error) {
    if (error instanceof SourceFault && error.kind === 'cancelled') return;
    throw error;
  }
};

function whyUnknown({ allFailed, notes }: LookedUp): { reason: string; message: string } {
  const said = notes.join('; ');
  return allFailed
    ? { reason: 'SOURCES_FAILED', message: `No source answered: ${said}. Read it again later.` }
    : { reason: 'IDENTIFIER_UNKNOWN', message: `Nobody knows this number: ${said}.` };
}

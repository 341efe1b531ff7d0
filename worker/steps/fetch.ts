import { asOwner, endStep, failJob } from '@/server/jobs';
import { whatIsIt } from '@/server/papers/file-kind';
import { applyCorrections, attachFile, identityOf, keepRecordOnly } from '@/server/papers/record';
import { PAPER_LIMITS } from '@/server/papers/schema';
import { arxiv, arxivFile } from '../sources/arxiv';
import { SourceFault } from '../sources/contract';
import { type LookedUp, lookUp } from './look-up';
import { openSources } from './source-access';
import type { StepBody } from './step';

/** Fetches the record of a paper that was added by its number, and its file from arXiv. */
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
    const file = paper.arxivId ? await fetchFile(access, paper.arxivId) : NOT_OPEN;
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

const NOT_OPEN = {
  missing:
    'Only its record is known: no file was found that may be fetched. Add the PDF to have it read.',
};

function whyUnknown({ allFailed, notes }: LookedUp): { reason: string; message: string } {
  const said = notes.join('; ');
  return allFailed
    ? { reason: 'SOURCES_FAILED', message: `No source answered: ${said}. Read it again later.` }
    : { reason: 'IDENTIFIER_UNKNOWN', message: `Nobody knows this number: ${said}.` };
}

async function fetchFile(
  access: Awaited<ReturnType<typeof openSources>>,
  arxivId: string,
): Promise<{ bytes: Buffer } | { missing: string }> {
  const answer = await arxivFile(access.http(arxiv), arxivId).catch((error: unknown) => {
    if (!(error instanceof SourceFault) || error.kind === 'cancelled') throw error;
    return error;
  });
  if (answer instanceof SourceFault) {
    return { missing: `Only its record is known: ${answer.message}. Add the PDF to have it read.` };
  }
  const bytes = Buffer.from(answer);
  const isPaper = whatIsIt(bytes.subarray(0, 2_048)) === 'pdf';
  if (!isPaper || bytes.length > PAPER_LIMITS.fileBytes) {
    return { missing: 'Only its record is known: arXiv sent no PDF. Add the PDF to have it read.' };
  }
  return { bytes };
}

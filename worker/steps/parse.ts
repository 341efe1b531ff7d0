import { DomainError } from '@/server/errors';
import { asOwner, endStep, failJob } from '@/server/jobs';
import { noteProgress } from '@/server/jobs/progress';
import type { PaperRead } from '@/server/papers/reading';
import { beginParsing, notePageCount, saveReading } from '@/server/papers/record';
import { type ReadOptions, readPaper } from '../reading';
import { SourceFault } from '../sources/contract';
import type { StepBody, StepWork } from './step';

/** Pages come faster than anybody can follow. */
const TELL_EVERY_MS = 300;

/** Reads the paper's file in a process of its own, page by page. */
export const parseStep: StepBody = async (work) => {
  const { runtime, ctx, running, signal } = work;
  const { job } = running;
  const { key, sealedPassword } = await asOwner(ctx, running, (tx) => beginParsing(tx, job.id));
  const file = key ? await ctx.storage.lend(job.workspaceId, key) : null;
  if (!file) {
    await failJob(ctx, running, {
      reason: 'FILE_LOST',
      message: 'The file of this paper is no longer in storage. Add it again.',
    });
    return;
  }
  try {
    const password = sealedPassword ? runtime.sealKeys.open(sealedPassword) : null;
    const read = await readPaper(file.path, {
      password,
      signal,
      onPage: progress(work),
    });
    await endStep(ctx, running, endOf(read), (tx) => saveReading(tx, job, read, ctx.now()));
  } catch (error) {
    if (signal.aborted && signal.reason instanceof SourceFault) return;
    if (!(error instanceof DomainError)) throw error;
    await failJob(ctx, running, { reason: error.reason, message: error.userMessage });
  } finally {
    await file.giveBack();
  }
};

/** Pages that could not be read make a partial paper; the rest of it is used. */
function endOf({ report, pages }: PaperRead) {
  const records = pages.length;
  return report.unreadable.length === 0
    ? { status: 'done' as const, outcome: 'ok' as const, records }
    : { status: 'done' as const, outcome: 'partial' as const, reason: report.sentence, records };
}

function progress({ ctx, running }: StepWork): NonNullable<ReadOptions['onPage']> {
  let toldAt = 0;
  return ({ number, of }) => {
    const now = performance.now();
    if (toldAt !== 0 && now - toldAt < TELL_EVERY_MS) return;
    const isFirst = toldAt === 0;
    toldAt = now;
    // A missed note is no reason to stop reading.
    void asOwner(ctx, running, async (tx) => {
      if (isFirst) await notePageCount(tx, running.job.id, of);
      const doing = `page ${number} of ${of}`;
      await noteProgress(tx, running, { requests: 0, records: number, doing });
    }).catch(() => {});
  };
}

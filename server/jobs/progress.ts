/** What a person sees of a running step between its start and its end. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { jobs, steps } from '@/db/schema';
import type { Subject } from '@/server/evidence/schema';
import { appendEvent } from '@/server/live/append';
import type { Running } from './steps';

const theStep = ({ job, step }: Running) => and(eq(steps.jobId, job.id), eq(steps.key, step));

/** A step waits for so long, for a reason a person can read ("openFDA asks us to wait 40 s"). */
export async function noteWait(
  tx: Tx,
  running: Running,
  reason: string,
  ms: number,
): Promise<void> {
  const until = new Date(Date.now() + ms);
  await tx.update(steps).set({ waitingFor: reason, waitingUntil: until }).where(theStep(running));
  await appendEvent(tx, running.job, 'step.waiting', {
    step: running.step,
    reason,
    untilMs: until.getTime(),
  });
}

export async function noteProgress(
  tx: Tx,
  running: Running,
  progress: { requests: number; records: number; doing: string | null },
): Promise<void> {
  await tx
    .update(steps)
    .set({
      requests: progress.requests,
      records: progress.records,
      waitingFor: null,
      waitingUntil: null,
    })
    .where(theStep(running));
  await appendEvent(tx, running.job, 'step.progressed', { step: running.step, ...progress });
}

/** The compound (or name) the job is about from here on. */
export async function setSubject(tx: Tx, running: Running, subject: Subject): Promise<void> {
  await tx.update(jobs).set({ subject }).where(eq(jobs.id, running.job.id));
  await appendEvent(tx, running.job, 'job.identified', {
    name: subject.name,
    inchiKey: subject.inchiKey,
    matchedBy: subject.matchedBy,
  });
}

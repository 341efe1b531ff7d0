/** How a job of a test ended. */
import type { Ctx } from '@/server/context';
import type { SourceId } from '@/server/evidence/schema';
import { getJob, type JobView, type StepView } from '@/server/jobs/queries';
import { gatherSource, isTerminal } from '@/server/jobs/schema';
import { until } from './wait';

/** The job once nothing more happens to it by itself: it has ended, or asks a question. */
export function jobEnd(ctx: Ctx, jobId: string, withinMs = 120_000): Promise<JobView> {
  return until(
    'the job’s end',
    async () => {
      const job = await getJob({ ctx, jobId });
      return isTerminal(job.status) || job.status === 'needs-input' ? job : null;
    },
    withinMs,
  );
}

/** The ledger: what came of each source. */
export function ledger(job: JobView): Record<SourceId, StepView> {
  return Object.fromEntries(
    job.steps.flatMap((step) => {
      const source = gatherSource(step.key);
      return source ? [[source, step]] : [];
    }),
  ) as Record<SourceId, StepView>;
}

import { endStep } from '@/server/jobs';
import { assessJob, markDuplicates } from '@/server/reports/make';
import { saveArtifact } from '@/server/reports/store';
import type { StepBody } from './step';

/** Understands the records and scores the candidates. */
export const scoreStep: StepBody = async ({ ctx, running }) => {
  const { assessment, duplicates } = await assessJob(ctx, running);
  await endStep(
    ctx,
    running,
    { status: 'done', records: assessment.candidates.length },
    async (tx) => {
      await markDuplicates(tx, running.job.id, duplicates);
      await saveArtifact(tx, running, 'assessment', assessment);
    },
  );
};

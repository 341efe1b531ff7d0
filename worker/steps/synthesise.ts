import { endStep } from '@/server/jobs';
import { draftReport } from '@/server/reports/make';
import { saveArtifact } from '@/server/reports/store';
import type { StepBody } from './step';

/** Writes the report's statements from cited values. */
export const synthesiseStep: StepBody = async ({ ctx, running }) => {
  const draft = await draftReport(ctx, running);
  await endStep(ctx, running, { status: 'done', records: draft.claims.length }, (tx) =>
    saveArtifact(tx, running, 'draft', draft),
  );
};

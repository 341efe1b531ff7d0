import { endStep } from '@/server/jobs';
import { renderFiles } from '@/server/reports/make';
import { insertReport } from '@/server/reports/store';
import type { StepBody } from './step';

/** Renders and stores the report's files. */
export const renderStep: StepBody = async ({ ctx, running }) => {
  const { report, files } = await renderFiles(ctx, running);
  await endStep(ctx, running, { status: 'done', records: Object.keys(files).length }, (tx) =>
    insertReport(tx, running, report, files),
  );
};

import { endStep } from '@/server/jobs';
import { sealJobReport } from '@/server/reports/make';
import { saveArtifact } from '@/server/reports/store';
import type { StepBody } from './step';

/** Holds every statement against the stored copies; what does not hold is dropped and counted. */
export const verifyStep: StepBody = async ({ runtime, ctx, running, signal }) => {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = runtime.env;
  const ask =
    baseUrl && model
      ? (await import('@/server/reports/model')).askModel({
          baseUrl,
          model,
          apiKey: apiKey ?? null,
        })
      : null;
  const report = await sealJobReport(ctx, running, ask, signal);
  const dropped = report.dropped > 0 ? `${report.dropped} statements dropped` : null;
  await endStep(
    ctx,
    running,
    { status: 'done', records: report.claims.length, reason: dropped },
    (tx) => saveArtifact(tx, running, 'report', report),
  );
};

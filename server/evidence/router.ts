import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { getAssessment, getEvidence, listEvidence, listEvidenceRows } from './queries';

export const evidenceRouter = router({
  list: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => listEvidence({ ctx: ctx.ctx, ...input })),
  /** What a table shows of each record. */
  rows: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => listEvidenceRows({ ctx: ctx.ctx, ...input })),
  /** How every record was understood, and what candidates are scored from. */
  assessment: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => getAssessment({ ctx: ctx.ctx, ...input })),
  get: procedure('job.read')
    .input(z.object({ jobId: z.uuid(), evidenceId: z.string().length(64) }))
    .query(({ ctx, input }) => getEvidence({ ctx: ctx.ctx, ...input })),
});

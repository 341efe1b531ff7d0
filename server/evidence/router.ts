import { z } from 'zod';
import { procedure, router } from '@/server/trpc/init';
import { evidenceAnswer, evidencePageAnswer } from './answers';
import {
  getAssessment,
  getEvidence,
  listEvidence,
  listEvidenceRows,
  pageEvidence,
} from './queries';

export const evidenceRouter = router({
  list: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => listEvidence({ ctx: ctx.ctx, ...input })),
  /** The records in order of id, by cursor. */
  page: procedure('job.read', {
    limit: 'lists',
    api: {
      method: 'GET',
      path: '/jobs/{jobId}/evidence',
      tag: 'evidence',
      summary: 'Evidence of a job in order of id, by cursor',
      answers: evidencePageAnswer,
    },
  })
    .input(
      z.object({
        jobId: z.uuid(),
        cursor: z.string().length(64).optional(),
        limit: z.number().int().min(1).max(200).optional(),
      }),
    )
    .query(({ ctx, input }) => pageEvidence({ ctx: ctx.ctx, ...input })),
  /** What a table shows of each record. */
  rows: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => listEvidenceRows({ ctx: ctx.ctx, ...input })),
  /** How every record was understood, and what candidates are scored from. */
  assessment: procedure('job.read')
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => getAssessment({ ctx: ctx.ctx, ...input })),
  get: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/jobs/{jobId}/evidence/{evidenceId}',
      tag: 'evidence',
      summary: 'One record, its facts where they stand, and how it was read',
      answers: evidenceAnswer,
    },
  })
    .input(z.object({ jobId: z.uuid(), evidenceId: z.string().length(64) }))
    .query(({ ctx, input }) => getEvidence({ ctx: ctx.ctx, ...input })),
});

import { z } from 'zod';
import { recordImpression } from '@/server/ranking';
import { impressionInput } from '@/server/ranking/schema';
import { procedure, router } from '@/server/trpc/init';
import { flaggedAnswer, flagsAnswer, standingsAnswer, statsAnswer, votedAnswer } from './answers';
import { flag, withdrawFlag } from './flag';
import { feedbackOfJob } from './queries';
import { decideFlag, listFlags } from './review';
import { decisionInput, FLAG_STATUSES, flagInput, voteInput } from './schema';
import { feedbackStats } from './stats';
import { vote } from './vote';

export const feedbackRouter = router({
  ofJob: procedure('feedback.read', {
    api: {
      method: 'GET',
      path: '/feedback/job/{jobId}',
      tag: 'feedback',
      summary: 'How a job’s records stand with who asks, by evidence id',
      answers: standingsAnswer,
    },
  })
    .input(z.object({ jobId: z.uuid() }))
    .query(({ ctx, input }) => feedbackOfJob({ ctx: ctx.ctx, ...input })),
  vote: procedure('feedback.write', {
    api: {
      method: 'POST',
      path: '/feedback/votes',
      tag: 'feedback',
      summary: 'Vote a record up (1) or down (-1), or take the vote back (null)',
      answers: votedAnswer,
    },
  })
    .input(voteInput)
    .mutation(({ ctx, input }) => vote({ ctx: ctx.ctx, input })),
  flag: procedure('feedback.write', {
    api: {
      method: 'POST',
      path: '/feedback/flags',
      tag: 'feedback',
      summary: 'Put a record before the review queue',
      answers: flaggedAnswer,
      status: 201,
    },
  })
    .input(flagInput)
    .mutation(({ ctx, input }) => flag({ ctx: ctx.ctx, input })),
  withdrawFlag: procedure('feedback.write', {
    api: {
      method: 'DELETE',
      path: '/feedback/flags/{flagId}',
      tag: 'feedback',
      summary: 'Take one’s own flag back while nobody has decided',
      answers: null,
    },
  })
    .input(z.object({ flagId: z.uuid() }))
    .mutation(({ ctx, input }) => withdrawFlag({ ctx: ctx.ctx, ...input })),
  flags: procedure('feedback.read', {
    limit: 'lists',
    api: {
      method: 'GET',
      path: '/feedback/flags',
      tag: 'feedback',
      summary: 'Flags under a status, the latest first, with what was decided about each',
      answers: flagsAnswer,
    },
  })
    .input(
      z
        .object({
          status: z.enum(FLAG_STATUSES).optional(),
          page: z.number().int().min(1).max(10_000).optional(),
        })
        .optional(),
    )
    .query(({ ctx, input }) => listFlags({ ctx: ctx.ctx, ...input })),
  /** That a person was shown a list in an order; what the order is learned from. */
  shown: procedure('feedback.write')
    .input(impressionInput)
    .mutation(({ ctx, input }) => recordImpression({ ctx: ctx.ctx, input })),
  decide: procedure('feedback.review')
    .input(decisionInput)
    .mutation(({ ctx, input }) => decideFlag({ ctx: ctx.ctx, input })),
  stats: procedure('feedback.read', {
    api: {
      method: 'GET',
      path: '/feedback/stats',
      tag: 'feedback',
      summary: 'Votes and flags by source, kind and level, and how far voters agree',
      answers: statsAnswer,
    },
  }).query(({ ctx }) => feedbackStats({ ctx: ctx.ctx })),
});

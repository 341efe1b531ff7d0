import { tracked } from '@trpc/server';
import { z } from 'zod';
import { unauthenticated } from '@/server/auth/context';
import { procedure, router } from '@/server/trpc/init';
import { answerAnswer, askedAnswer } from './answers';
import { ask, askAgain } from './ask';
import { locateInput, locateMarks } from './locate';
import { stopAnswer } from './machine';
import { getAnswer, getConversation, listConversations } from './queries';
import { askInput } from './schema';
import { watchConversation } from './watch';

const answerId = z.object({ answerId: z.uuid() });
const conversationId = z.object({ conversationId: z.uuid() });

export const askingRouter = router({
  list: procedure('paper.read', { limit: 'lists' })
    .input(
      z
        .object({
          cursor: z.string().optional(),
          limit: z.number().int().min(1).max(200).optional(),
        })
        .optional(),
    )
    .query(({ ctx, input }) => listConversations({ ctx: ctx.ctx, filter: input })),
  conversation: procedure('paper.read')
    .input(conversationId)
    .query(({ ctx, input }) => getConversation({ ctx: ctx.ctx, ...input })),
  answer: procedure('paper.read', {
    api: {
      method: 'GET',
      path: '/papers/answers/{answerId}',
      tag: 'papers',
      summary: 'How an answer stands, with its sentences and their citations',
      answers: answerAnswer,
    },
  })
    .input(answerId)
    .query(({ ctx, input }) => getAnswer({ ctx: ctx.ctx, ...input })),
  /** Where cited passages stand on their pages, in parts of the page. */
  locate: procedure('paper.read')
    .input(locateInput)
    .query(({ ctx, input }) => locateMarks({ ctx: ctx.ctx, ...input })),
  ask: procedure('question.ask', {
    limit: 'asking',
    api: {
      method: 'POST',
      path: '/papers/questions',
      tag: 'papers',
      summary: 'Ask a question of the papers',
      answers: askedAnswer,
      status: 202,
    },
  })
    .input(askInput)
    .mutation(({ ctx, input }) => ask({ ctx: ctx.ctx, input })),
  askAgain: procedure('question.ask', { limit: 'asking' })
    .input(answerId)
    .mutation(({ ctx, input }) => askAgain({ ctx: ctx.ctx, ...input })),
  stop: procedure('question.ask')
    .input(answerId)
    .mutation(({ ctx, input }) => stopAnswer({ ctx: ctx.ctx, ...input })),
  /** Events of a conversation as they happen, tracked by their number. */
  watch: procedure('paper.read')
    .input(
      conversationId.extend({
        after: z.number().int().min(0).default(0),
        lastEventId: z.string().max(20).nullish(),
      }),
    )
    .subscription(async ({ ctx, input, signal }) => {
      const after = Number(input.lastEventId ?? input.after);
      const feeds = await ctx.web.conversationFeeds();
      const access = await ctx.web.access();
      const watched = await watchConversation({
        ctx: ctx.ctx,
        feeds,
        conversationId: input.conversationId,
        after: Number.isSafeInteger(after) ? after : input.after,
        signal: access.until(ctx.ctx.actor, signal ?? new AbortController().signal),
      });
      return (async function* () {
        for await (const event of watched) yield tracked(String(event.seq), event);
        // The reader is still there: it lost its access, and is to hear so rather than see an end.
        if (!signal?.aborted) throw unauthenticated();
      })();
    }),
});

import { tracked } from '@trpc/server';
import { z } from 'zod';
import { unauthenticated } from '@/server/auth/context';
import { procedure, router } from '@/server/trpc/init';
import {
  jobAnswer,
  jobCountsAnswer,
  jobLogAnswer,
  jobPageAnswer,
  jobsAnswer,
  submittedAnswer,
} from './answers';
import { cancelJob, chooseCompound, finishJob, retryJob } from './control';
import { jobLog } from './log';
import { activeJobs, countJobs, getJob, listJobs } from './queries';
import { submitMoleculeInput } from './schema';
import { submitMolecule } from './submit';
import { parseCursor, watchJobs } from './watch';

const jobId = z.object({ jobId: z.uuid() });
const statuses = z.enum([
  'pending',
  'needs-input',
  'running',
  'completed',
  'partial',
  'failed',
  'cancelled',
]);

export const jobsRouter = router({
  list: procedure('job.read', {
    limit: 'lists',
    api: {
      method: 'GET',
      path: '/jobs',
      tag: 'jobs',
      summary: 'Jobs of the workspace, newest first, by cursor',
      answers: jobPageAnswer,
    },
  })
    .input(
      z
        .object({
          status: z.array(statuses).optional(),
          search: z.string().max(200).optional(),
          cursor: z.string().optional(),
          limit: z.number().int().min(1).max(200).optional(),
        })
        .optional(),
    )
    .query(({ ctx, input }) => listJobs({ ctx: ctx.ctx, filter: input })),
  counts: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/jobs/counts',
      tag: 'jobs',
      summary: 'Jobs by status',
      answers: jobCountsAnswer,
    },
  }).query(({ ctx }) => countJobs({ ctx: ctx.ctx })),
  get: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/jobs/{jobId}',
      tag: 'jobs',
      summary: 'One job with its steps, choices and reports',
      answers: jobAnswer,
    },
  })
    .input(jobId)
    .query(({ ctx, input }) => getJob({ ctx: ctx.ctx, ...input })),
  /** Jobs that wait, run or ask, with their steps. */
  active: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/jobs/active',
      tag: 'jobs',
      summary: 'Jobs that wait, run or ask, with their steps',
      answers: jobsAnswer,
    },
  }).query(({ ctx }) => activeJobs({ ctx: ctx.ctx })),
  log: procedure('job.read', {
    api: {
      method: 'GET',
      path: '/jobs/{jobId}/log',
      tag: 'jobs',
      summary: 'The latest events of a job, oldest first',
      answers: jobLogAnswer,
    },
  })
    .input(jobId)
    .query(({ ctx, input }) => jobLog({ ctx: ctx.ctx, ...input })),
  submit: procedure('job.submit', {
    api: {
      method: 'POST',
      path: '/research',
      tag: 'research',
      summary: 'Submit a molecule',
      answers: submittedAnswer,
      status: 202,
    },
  })
    .input(submitMoleculeInput)
    .mutation(({ ctx, input }) => submitMolecule({ ctx: ctx.ctx, input })),
  cancel: procedure('job.control', {
    api: {
      method: 'DELETE',
      path: '/jobs/{jobId}',
      tag: 'jobs',
      summary: 'Cancel a job; cancelling an ended job changes nothing',
      answers: null,
    },
  })
    .input(jobId)
    .mutation(({ ctx, input }) => cancelJob({ ctx: ctx.ctx, ...input })),
  finish: procedure('job.control', {
    api: {
      method: 'POST',
      path: '/jobs/{jobId}/finish',
      tag: 'jobs',
      summary: 'End gathering and write the report from what there is',
      answers: null,
    },
  })
    .input(jobId)
    .mutation(({ ctx, input }) => finishJob({ ctx: ctx.ctx, ...input })),
  choose: procedure('job.control', {
    api: {
      method: 'POST',
      path: '/jobs/{jobId}/choice',
      tag: 'jobs',
      summary: 'Choose one of the compounds that are offered',
      answers: null,
    },
  })
    .input(jobId.extend({ inchiKey: z.string().max(27) }))
    .mutation(({ ctx, input }) => chooseCompound({ ctx: ctx.ctx, ...input })),
  retry: procedure('job.control', {
    api: {
      method: 'POST',
      path: '/jobs/{jobId}/retry',
      tag: 'jobs',
      summary: 'Run again what did not succeed',
      answers: null,
    },
  })
    .input(jobId.extend({ step: z.string().max(60).optional() }))
    .mutation(({ ctx, input }) => retryJob({ ctx: ctx.ctx, ...input })),
  /**
   * Events of jobs as they happen. The tracked id holds the last number of every watched job, so a
   * reader that comes back with it misses nothing and gets nothing twice.
   */
  watch: procedure('job.read')
    .input(
      z.object({
        jobs: z
          .array(z.object({ id: z.uuid(), after: z.number().int().min(0).default(0) }))
          .min(1)
          .max(100),
        lastEventId: z.string().max(20_000).nullish(),
      }),
    )
    .subscription(async ({ ctx, input, signal }) => {
      const cursor = parseCursor(input.lastEventId);
      const jobs = input.jobs.map((j) => ({ id: j.id, after: cursor[j.id] ?? j.after }));
      const feeds = await ctx.web.feeds();
      const access = await ctx.web.access();
      const stop = access.until(ctx.ctx.actor, signal ?? new AbortController().signal);
      const watched = await watchJobs({ ctx: ctx.ctx, feeds, jobs, signal: stop });
      return (async function* () {
        for await (const { event, lastEventId } of watched) yield tracked(lastEventId, event);
        // The reader is still there: it lost its access, and is to hear so rather than see an end.
        if (!signal?.aborted) throw unauthenticated();
      })();
    }),
});

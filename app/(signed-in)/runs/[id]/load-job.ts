import { cache } from 'react';
import { forPage } from '@/app/page-context';
import { getJob } from '@/server/jobs/queries';
import { sourcesHealth } from '@/server/sources/pace';

/** The job of this address, read once a request however many parts of the page need it. */
export const loadJob = cache((jobId: string) => forPage((ctx) => getJob({ ctx, jobId })));

export const loadSourceNames = cache(() =>
  forPage(async (ctx) =>
    Object.fromEntries((await sourcesHealth(ctx.db)).map(({ id, name }) => [id, name])),
  ),
);

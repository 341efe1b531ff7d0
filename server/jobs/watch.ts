/** Watching several jobs at once over the shared feeds. */
import { inArray } from 'drizzle-orm';
import { jobs as jobsTable } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { EventFeeds, Watched } from '@/server/live/tail';

type Cursor = Record<string, number>;

export const formatCursor = (cursor: Cursor): string => JSON.stringify(cursor);

/** The cursor in a Last-Event-ID; empty when there is none or it is not ours. */
export function parseCursor(id: string | null | undefined): Cursor {
  try {
    const value: unknown = JSON.parse(id ?? '{}');
    if (value === null || typeof value !== 'object') return {};
    return Object.fromEntries(
      Object.entries(value).filter((e): e is [string, number] => Number.isSafeInteger(e[1])),
    );
  } catch {
    return {};
  }
}

/**
 * Events of the given jobs after their cursors, until `signal` aborts. Throws NOT_FOUND when one of
 * them is not of this workspace.
 */
export async function watchJobs({
  ctx,
  feeds,
  jobs,
  signal,
}: {
  ctx: Ctx;
  feeds: EventFeeds;
  jobs: { id: string; after: number }[];
  signal: AbortSignal;
}): Promise<AsyncGenerator<{ event: Watched; lastEventId: string }>> {
  authorise(ctx, 'job.read');
  const ids = [...new Set(jobs.map((j) => j.id))];
  const seen = await inWorkspace(ctx, (tx) =>
    tx.select({ id: jobsTable.id }).from(jobsTable).where(inArray(jobsTable.id, ids)),
  );
  if (seen.length < ids.length) throw notFound('job');
  return eventsOf({ workspaceId: ctx.actor.workspaceId, feeds, jobs, signal });
}

async function* eventsOf(watch: {
  workspaceId: string;
  feeds: EventFeeds;
  jobs: { id: string; after: number }[];
  signal: AbortSignal;
}): AsyncGenerator<{ event: Watched; lastEventId: string }> {
  const { workspaceId, jobs } = watch;
  const cursor: Cursor = Object.fromEntries(jobs.map((j) => [j.id, j.after]));
  const done = new AbortController();
  const stop = AbortSignal.any([watch.signal, done.signal]);
  const tails = jobs.map((j) => watch.feeds.watch({ workspaceId, jobId: j.id }, j.after, stop));
  try {
    for await (const event of tails.length === 1 ? tails[0]! : merge(tails)) {
      cursor[event.jobId] = event.seq;
      yield { event, lastEventId: formatCursor(cursor) };
    }
  } finally {
    done.abort();
  }
}

/** Yields from several generators whatever comes first. */
async function* merge<T>(generators: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const pull = (g: AsyncGenerator<T>) => g.next().then((result) => ({ g, result }));
  const pending = new Map(generators.map((g) => [g, pull(g)]));
  while (pending.size > 0) {
    const { g, result } = await Promise.race(pending.values());
    if (result.done) {
      pending.delete(g);
      continue;
    }
    pending.set(g, pull(g));
    yield result.value;
  }
}

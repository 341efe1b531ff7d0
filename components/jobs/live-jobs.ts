'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer } from 'react';
import { useTRPC, useTRPCClient } from '@/components/trpc';
import type { JobView } from '@/server/jobs/queries';
import { isTerminal, type JobEvent } from '@/server/jobs/schema';
import { type JobState, jobState, tellsLess, withEvent, withView } from './job-state';
import { useJobEvents } from './live';

/** New jobs of others are noticed this late at most; known ones are live. */
const LOOK_MS = 15_000;

type States = ReadonlyMap<string, JobState>;
type Change = { event: JobEvent } | { views: JobView[] };

/** Jobs keep their place; new ones come first. One that ends stays, so that nothing jumps. */
function reduce(states: States, change: Change): States {
  if ('event' in change) {
    const state = states.get(change.event.jobId);
    if (!state) return states;
    return new Map(states).set(change.event.jobId, withEvent(state, change.event));
  }
  const added = change.views.filter((view) => !states.has(view.id));
  const next = new Map(added.map((view) => [view.id, jobState(view)]));
  for (const [id, state] of states) {
    const view = change.views.find((v) => v.id === id);
    next.set(id, view ? withView(state, view) : state);
  }
  return next;
}

/** The jobs that wait, run or ask, each up to date. */
export function useLiveJobs(views: JobView[]): JobState[] {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [states, change] = useReducer(reduce, views, (initial) =>
    reduce(new Map(), { views: initial }),
  );
  const active = useQuery(
    trpc.jobs.active.queryOptions(undefined, {
      initialData: views,
      refetchInterval: LOOK_MS,
      refetchOnWindowFocus: 'always',
    }),
  );
  const readAgain = useCallback(
    (jobId: string) => {
      client.jobs.get.query({ jobId }).then(
        (view) => change({ views: [view] }),
        // The next look at the active jobs makes up for it.
        () => {},
      );
    },
    [client],
  );
  useEffect(() => change({ views }), [views]);
  useEffect(() => {
    change({ views: active.data });
  }, [active.data]);

  const jobs = [...states.values()];
  const gone = jobs
    .filter(({ job }) => !isTerminal(job.status) && !active.data.some((v) => v.id === job.id))
    .map(({ job }) => job.id)
    .join(' ');
  useEffect(() => {
    if (gone) for (const id of gone.split(' ')) readAgain(id);
  }, [gone, readAgain]);

  useJobEvents(
    jobs.map(({ job }) => ({ id: job.id, after: job.seq })),
    (event) => {
      if (event.type === 'resync') {
        readAgain(event.jobId);
        return;
      }
      change({ event });
      if (tellsLess(event)) readAgain(event.jobId);
    },
  );
  return jobs;
}

'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useReducer,
  useRef,
} from 'react';
import { useTRPCClient } from '@/components/trpc';
import type { FormAction } from '@/components/ui/use-form-action';
import type { JobView } from '@/server/jobs/queries';
import type { JobEvent } from '@/server/jobs/schema';
import { type JobState, jobState, tellsLess, withEvent, withView } from './job-state';
import { useJobEvents } from './live';
import type { SourceNames } from './words';

export interface JobActions {
  cancel: FormAction;
  finish: FormAction;
  retry: FormAction;
  choose: FormAction;
}

interface LiveJob extends JobState {
  sourceNames: SourceNames;
  /** False for people who may only read. */
  mayControl: boolean;
  actions: JobActions;
}

const JobContext = createContext<LiveJob | null>(null);

/** The job of this page, as it stands now. */
export function useJob(): LiveJob {
  const job = useContext(JobContext);
  if (!job) throw new Error('useJob needs a JobProvider above it');
  return job;
}

type Change = { event: JobEvent } | { view: JobView };

const reduce = (state: JobState, change: Change): JobState =>
  'event' in change ? withEvent(state, change.event) : withView(state, change.view);

/** How long to wait before a failed read is tried again. */
const READ_AGAIN_MS = 3_000;

/** Keeps the job up to date from its events for everything inside. */
export function JobProvider({
  view,
  sourceNames,
  mayControl,
  actions,
  children,
}: {
  /** As the server read it; a later one replaces it. */
  view: JobView;
  sourceNames: SourceNames;
  mayControl: boolean;
  actions: JobActions;
  children: ReactNode;
}) {
  const [state, change] = useReducer(reduce, view, jobState);
  useEffect(() => change({ view }), [view]);
  const readAgain = useReadAgain(view.id, change);
  useJobEvents([{ id: view.id, after: view.seq }], (event) => {
    if (event.type === 'resync') {
      readAgain();
      return;
    }
    change({ event });
    if (tellsLess(event)) readAgain();
  });
  return <JobContext value={{ ...state, sourceNames, mayControl, actions }}>{children}</JobContext>;
}

/** Reads the job anew, and again until it succeeds: the web server may just be restarting. */
function useReadAgain(jobId: string, change: (change: Change) => void): () => void {
  const client = useTRPCClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const read = useCallback(() => {
    clearTimeout(timer.current);
    client.jobs.get.query({ jobId }).then(
      (view) => change({ view }),
      () => {
        timer.current = setTimeout(read, READ_AGAIN_MS);
      },
    );
  }, [client, jobId, change]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return read;
}

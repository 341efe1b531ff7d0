'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc';
import { Disclosure } from '@/components/ui/disclosure';
import { formatCountOf, formatInstant } from '@/components/ui/format';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import type { JobEvent } from '@/server/jobs/schema';
import { useJob } from './job-context';
import { eventSentence } from './words';

/** Everything the job has said, folded away; read when it is first opened, then kept up to date. */
export function JobLog() {
  const { job, events, sourceNames } = useJob();
  const [opened, setOpened] = useState(false);
  const trpc = useTRPC();
  const stored = useQuery(
    trpc.jobs.log.queryOptions({ jobId: job.id }, { enabled: opened, staleTime: Infinity }),
  );
  const lines = merged(stored.data ?? [], events);
  return (
    <Disclosure summary="Log" note={formatCountOf(job.seq, 'event')} onOpen={() => setOpened(true)}>
      {stored.isPending ? (
        <Loading label="The log is being read">
          <SkeletonText lines={6} />
        </Loading>
      ) : stored.isError ? (
        <p className="text-sm text-bad">The log could not be read. Fold it and open it again.</p>
      ) : (
        <section
          aria-label="Log"
          className="max-h-96 overflow-auto font-mono text-xs"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
        >
          <ol>
            {lines.map((event) => (
              <li
                key={event.seq}
                className="grid grid-cols-[2.5rem_4.5rem_minmax(0,1fr)] gap-x-3 py-0.5"
              >
                <span className="text-right text-ink-3">{event.seq}</span>
                <time
                  dateTime={event.at}
                  title={formatInstant(new Date(event.at))}
                  className="text-ink-2"
                >
                  {event.at.slice(11, 19)}
                </time>
                <span className="wrap-anywhere">{eventSentence(event, sourceNames)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Disclosure>
  );
}

function merged(stored: readonly JobEvent[], live: readonly JobEvent[]): JobEvent[] {
  const last = stored.at(-1)?.seq ?? 0;
  return [...stored, ...live.filter((event) => event.seq > last)];
}

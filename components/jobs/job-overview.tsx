'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useConnection } from '@/components/ui/connection';
import { Section } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { useKeptFocus } from '@/components/ui/use-kept-focus';
import { isTerminal } from '@/server/jobs/schema';
import { ChoicePanel } from './choice-panel';
import { useJob } from './job-context';
import { JobLog } from './job-log';
import { JobResult } from './job-result';
import { JobOptions, JobReports, JobSubject } from './job-subject';
import { JobTimeline } from './job-timeline';
import { NoWorker } from './no-worker';
import { jobTitle } from './words';

/** The first of a job's pages: what comes of it and every step on the way. */
export function JobOverview() {
  const { job } = useJob();
  useTitle();
  const kept = useKeptFocus<HTMLDivElement>();
  return (
    <div {...kept} className="outline-none">
      <Joined />
      <Offline />
      <NoWorker waiting={job.status === 'pending' || job.status === 'running'} />
      <div>
        <ChoicePanel />
        <Section title="Result">
          <JobResult />
        </Section>
      </div>
      <div className="mt-10 grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22.5rem]">
        <Section title="Steps">
          <JobTimeline />
          <div className="mt-4 border-t border-rule pt-2">
            <JobLog />
          </div>
        </Section>
        <div>
          <JobSubject />
          <JobOptions />
          <JobReports />
        </div>
      </div>
    </div>
  );
}

/** The tab says how the job stands while one works in another. */
function useTitle() {
  const { job } = useJob();
  const title = `${jobTitle(job)} · Phial`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** Who submitted what was already under way learns that it was not started again. */
function Joined() {
  if (!useSearchParams().has('joined')) return null;
  return (
    <div className="mb-6">
      <Callout tone="accent" title="The same submission was already under way">
        You were brought to it instead of starting it a second time.
      </Callout>
    </div>
  );
}

function Offline() {
  const { job } = useJob();
  const connection = useConnection();
  if (connection !== 'offline' || isTerminal(job.status)) return null;
  return (
    <div className="mb-6">
      <Callout tone="caution" title="This device is offline">
        The job goes on without you. What is shown here was true when the connection was lost, and
        catches up by itself.
      </Callout>
    </div>
  );
}

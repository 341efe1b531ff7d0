'use client';

import Link from 'next/link';
import { SearchField } from '@/components/search-field';
import { ButtonLink } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { StatusMark } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { JobSummary, JobView } from '@/server/jobs/queries';
import type { JobStatus } from '@/server/jobs/schema';
import { ActiveJobs } from './active-jobs';
import { JobTable } from './job-table';
import { useLiveJobs } from './live-jobs';
import { NoWorker } from './no-worker';
import { JOB_LOOK, jobName, type SourceNames } from './words';

/** What the list of jobs is narrowed to; all of it stands in the address. */
export interface JobsQuery {
  q: string;
  status: JobStatus[];
  cursor: string | null;
}

const NEEDS_YOU: JobStatus[] = ['needs-input', 'partial', 'failed'];

/** Statuses as one chooses among them, each with those it stands for. */
const CHOICES: { label: string; status: JobStatus[] }[] = [
  { label: 'All', status: [] },
  { label: 'Under way', status: ['pending', 'running'] },
  { label: 'Needs you', status: NEEDS_YOU },
  { label: 'Completed', status: ['completed'] },
  { label: 'Partial', status: ['partial'] },
  { label: 'Failed', status: ['failed'] },
  { label: 'Cancelled', status: ['cancelled'] },
];

export function Dashboard({
  active,
  attention,
  hasMoreAttention,
  recent,
  nextCursor,
  counts,
  query,
  names,
}: {
  active: JobView[];
  /** Ended jobs that lack something, newest first. */
  attention: JobSummary[];
  hasMoreAttention: boolean;
  recent: JobSummary[];
  nextCursor: string | null;
  counts: Partial<Record<JobStatus, number>>;
  query: JobsQuery;
  names: SourceNames;
}) {
  const live = useLiveJobs(active);
  const latest = new Map<string, JobSummary>(live.map(({ job }) => [job.id, job]));
  const asking = live.filter(({ job }) => job.status === 'needs-input');
  const running = live.filter(({ job }) => job.status !== 'needs-input');
  return (
    <>
      {(asking.length > 0 || attention.length > 0) && (
        <Section title="Needs you">
          {asking.length > 0 && <ActiveJobs jobs={asking} names={names} />}
          <Attention jobs={attention} />
          {hasMoreAttention && (
            <p className="mt-2 text-sm">
              <TextLink href={address({ q: '', status: NEEDS_YOU, cursor: null })}>
                All that need you
              </TextLink>
            </p>
          )}
        </Section>
      )}
      <Section title="Under way">
        <NoWorker
          waiting={running.some(({ job }) => job.status === 'pending' || job.status === 'running')}
        />
        {running.length > 0 ? (
          <ActiveJobs jobs={running} names={names} />
        ) : (
          <p className="text-ink-2">Nothing runs.</p>
        )}
      </Section>
      <Section
        title="Jobs"
        actions={<SearchField label="Search jobs" action="/" keep={kept(query)} />}
      >
        <StatusChoice counts={counts} query={query} />
        {recent.length > 0 ? (
          <JobTable jobs={recent.map((job) => latest.get(job.id) ?? job)} />
        ) : (
          <NothingMatches query={query} />
        )}
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {query.cursor && (
            <ButtonLink size="sm" href={address({ ...query, cursor: null })}>
              Newest
            </ButtonLink>
          )}
          {nextCursor && (
            <ButtonLink size="sm" rel="next" href={address({ ...query, cursor: nextCursor })}>
              Older
            </ButtonLink>
          )}
        </nav>
      </Section>
    </>
  );
}

function Attention({ jobs }: { jobs: JobSummary[] }) {
  return (
    <ul>
      {jobs.map((job) => (
        <li
          key={job.id}
          className="flex flex-wrap items-baseline gap-x-3 border-b border-rule py-2 text-sm"
        >
          <TextLink href={`/runs/${job.id}`} className="min-w-0 font-medium wrap-anywhere">
            {jobName(job)}
          </TextLink>
          <StatusMark state={JOB_LOOK[job.status].state}>{JOB_LOOK[job.status].word}</StatusMark>
          <span className="ml-auto text-ink-2">
            <Time at={job.finishedAt} />
          </span>
          <span className="w-full text-ink-2">{job.message}</span>
        </li>
      ))}
    </ul>
  );
}

function StatusChoice({
  counts,
  query,
}: {
  counts: Partial<Record<JobStatus, number>>;
  query: JobsQuery;
}) {
  const of = (status: JobStatus[]) =>
    (status.length > 0 ? status : (Object.keys(counts) as JobStatus[])).reduce(
      (sum, one) => sum + (counts[one] ?? 0),
      0,
    );
  return (
    <nav aria-label="Jobs by status" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {CHOICES.map(({ label, status }) => {
        const chosen = status.join() === query.status.join();
        const count = of(status);
        if (count === 0 && !chosen && status.length > 0) return null;
        return (
          <Link
            key={label}
            href={address({ ...query, status, cursor: null })}
            scroll={false}
            aria-current={chosen ? 'true' : undefined}
            className={cx(
              'inline-flex items-center gap-1.5 border-b-2 border-transparent text-ink-2 hover:text-ink pointer-coarse:min-h-11',
              'aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink',
            )}
          >
            {label} <span className="text-ink-2">{formatCount(count)}</span>
          </Link>
        );
      })}
    </nav>
  );
}

function NothingMatches({ query }: { query: JobsQuery }) {
  return (
    <EmptyState title="No job matches" actions={<ButtonLink href="/">Show all jobs</ButtonLink>}>
      {query.q ? `Nothing is called “${query.q}”, in its name or as it was typed.` : null}
    </EmptyState>
  );
}

const kept = (query: JobsQuery): Record<string, string> =>
  query.status.length > 0 ? { status: query.status.join(',') } : {};

function address({ q, status, cursor }: JobsQuery): string {
  const search = new URLSearchParams();
  if (q) search.set('q', q);
  if (status.length > 0) search.set('status', status.join(','));
  if (cursor) search.set('cursor', cursor);
  return search.size > 0 ? `/?${search}` : '/';
}

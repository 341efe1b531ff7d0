import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { may } from '@/app/page-context';
import { JobProvider } from '@/components/jobs/job-context';
import { JobHeader } from '@/components/jobs/job-header';
import { jobName, jobTitle } from '@/components/jobs/words';
import { cancel, choose, finish, retry } from './actions';
import { loadJob, loadSourceNames } from './load-job';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  // Not found is the page's to say; a title it needs all the same.
  const job = await loadJob((await params).id).catch(() => null);
  if (!job) return { title: 'Not found' };
  return {
    // The root's own template is put around the default, but not around what this one makes.
    title: { default: jobTitle(job), template: `%s · ${jobName(job)} · Phial` },
  };
}

export default async function JobLayout({ params, children }: Params & { children: ReactNode }) {
  const { id } = await params;
  const [job, sourceNames, mayControl] = await Promise.all([
    loadJob(id),
    loadSourceNames(),
    may('job.control'),
  ]);
  return (
    <JobProvider
      key={job.id}
      view={job}
      sourceNames={sourceNames}
      mayControl={mayControl}
      actions={{ cancel, choose, finish, retry }}
    >
      <JobHeader />
      <div className="mt-8">{children}</div>
    </JobProvider>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { LabelMark } from '@/components/candidates/label-mark';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { useRowKeys } from '@/components/ui/rows';
import { StatusMark } from '@/components/ui/status';
import { NotKnown, Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { JobSummary } from '@/server/jobs/queries';
import { JobMarks } from './job-marks';
import { JOB_LOOK, jobDuration, jobName } from './words';

/** Jobs with what came of them; j, k and Enter move through and open. */
export function JobTable({ jobs }: { jobs: JobSummary[] }) {
  const router = useRouter();
  const { bodyRef, rowProps } = useRowKeys({
    ids: jobs.map((job) => job.id),
    onOpen: (id) => router.push(`/runs/${id}`),
  });
  return (
    <Table label="Jobs">
      <thead>
        <tr>
          <Th>Molecule</Th>
          <Th>Status</Th>
          <Th>Decision</Th>
          <Th numeric>Evidence</Th>
          <Th numeric>Took</Th>
          <Th numeric>Submitted</Th>
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {jobs.map((job) => (
          <tr key={job.id} {...rowProps(job.id)}>
            <Td rowHead>
              <span className="flex max-w-72 min-w-40 flex-wrap items-baseline gap-x-2">
                <TextLink href={`/runs/${job.id}`} className="min-w-0 wrap-anywhere">
                  {jobName(job)}
                </TextLink>
                <JobMarks job={job} />
              </span>
              <Asked job={job} />
            </Td>
            <Td>
              <StatusMark state={JOB_LOOK[job.status].state}>
                {JOB_LOOK[job.status].word}
              </StatusMark>
            </Td>
            <Td>{job.label ? <Decision job={job} /> : <NoDecision job={job} />}</Td>
            <Td numeric>{formatCount(job.evidenceCount)}</Td>
            <Td numeric>{jobDuration(job)}</Td>
            <Td numeric>
              <Time at={job.createdAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What was typed, where the compound is called otherwise. */
function Asked({ job }: { job: JobSummary }) {
  if (!job.subject || job.subject.name.toLowerCase() === job.input.toLowerCase()) return null;
  return (
    <span
      className="block max-w-72 truncate font-mono text-xs font-normal text-ink-2"
      title={job.input.slice(0, 300)}
    >
      {job.input.slice(0, 120)}
    </span>
  );
}

function Decision({ job }: { job: JobSummary }) {
  return (
    <span className="flex min-w-40 flex-wrap items-baseline gap-x-2">
      {job.label && <LabelMark label={job.label} />}
      {job.candidate && <span className="min-w-0">{job.candidate}</span>}
    </span>
  );
}

function NoDecision({ job }: { job: JobSummary }) {
  return job.message ? (
    <span className="line-clamp-2 max-w-72 min-w-40 text-ink-2">{job.message}</span>
  ) : (
    <NotKnown />
  );
}

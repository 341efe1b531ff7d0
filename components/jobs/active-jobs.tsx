'use client';

import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { Progress } from '@/components/ui/measures';
import { StatusMark } from '@/components/ui/status';
import { Elapsed, Time } from '@/components/ui/time';
import { JobMarks } from './job-marks';
import type { JobState } from './job-state';
import { StepWait } from './step-wait';
import { JOB_LOOK, jobDuration, jobName, type SourceNames, stepTitle, totals } from './words';

/** Jobs under way, each in a row of the same height from its start to its end. */
export function ActiveJobs({ jobs, names }: { jobs: JobState[]; names: SourceNames }) {
  return (
    <ul>
      {jobs.map((state) => (
        <ActiveJob key={state.job.id} state={state} names={names} />
      ))}
    </ul>
  );
}

function ActiveJob({ state: { job }, names }: { state: JobState; names: SourceNames }) {
  const { state, word } = JOB_LOOK[job.status];
  const { stepsDone, steps } = totals(job);
  return (
    <li className="border-b border-rule py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <TextLink href={`/runs/${job.id}`} className="min-w-0 font-medium wrap-anywhere">
          {jobName(job)}
        </TextLink>
        <span className="text-sm">
          <StatusMark state={state}>{word}</StatusMark>
        </span>
        <JobMarks job={job} />
        <span className="ml-auto text-sm text-ink-2">
          {jobDuration(job) ??
            (job.startedAt ? <Elapsed since={job.startedAt} /> : <Time at={job.createdAt} />)}
        </span>
      </div>
      <div className="mt-2">
        <Progress done={stepsDone} total={steps} label={`Steps of ${jobName(job)}`} />
      </div>
      <div className="mt-1 flex min-h-7 items-center gap-3 text-sm text-ink-2">
        <p className="line-clamp-1 min-w-0 flex-1">{now(job, names)}</p>
        {job.status === 'needs-input' && (
          <ButtonLink href={`/runs/${job.id}`} size="sm" look="primary">
            Choose
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

/** What happens in this moment: a wait before anything else, for it explains why nothing does. */
function now(job: JobState['job'], names: SourceNames): ReactNode {
  switch (job.status) {
    case 'pending':
      return 'Starts when a worker is free';
    case 'needs-input':
      return job.question;
    case 'running': {
      const waiting = longestWait(job.steps);
      if (waiting) {
        return (
          <span className="text-caution">
            <Hourglass aria-hidden className="mr-1.5 inline size-3.5 align-[-0.15em]" />
            {waiting.status === 'pending' && `${stepTitle(waiting.key, names)}: `}
            <StepWait step={waiting} />
          </span>
        );
      }
      const running = job.steps.filter((s) => s.status === 'running');
      return running.map((s) => stepTitle(s.key, names)).join(', ') || 'Between two steps';
    }
    default:
      return job.message ?? 'The report is ready';
  }
}

function longestWait(steps: JobState['job']['steps']) {
  const until = ({ waitingUntil }: (typeof steps)[number]) => waitingUntil?.getTime() ?? 0;
  return steps.filter((s) => s.waitingFor).sort((a, b) => until(b) - until(a))[0];
}

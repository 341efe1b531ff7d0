'use client';

import type { ReactNode } from 'react';
import { formatDuration } from '@/components/ui/format';
import { Progress } from '@/components/ui/measures';
import { SubmitButton } from '@/components/ui/submit-button';
import { Elapsed } from '@/components/ui/time';
import { Timeline, TimelineStep } from '@/components/ui/timeline';
import { useFormAction } from '@/components/ui/use-form-action';
import type { StepView } from '@/server/jobs/queries';
import { gatherSource, isLacking, isTerminal, NOT_ASKED_FOR } from '@/server/jobs/schema';
import { useJob } from './job-context';
import { JobForm } from './job-header';
import { StepWait } from './step-wait';
import {
  announcement,
  isInputUnusable,
  JOB_LOOK,
  stepCounts,
  stepLook,
  stepTitle,
  totals,
} from './words';

/** Every step of the job with what it does, has done, waits for or failed at. */
export function JobTimeline() {
  const { job, sourceNames, actions, mayControl } = useJob();
  const [retried, retry] = useFormAction(actions.retry, 'Running this step again');
  const { stepsDone, steps } = totals(job);
  const mayRetry = isTerminal(job.status) && mayControl && !isInputUnusable(job);
  return (
    <>
      <div className="mb-5 max-w-3xl">
        <Progress done={stepsDone} total={steps} label="Steps done" />
      </div>
      {retried?.message && (
        <p role="alert" className="mb-3 text-sm text-bad">
          {retried.message}
        </p>
      )}
      <Timeline label="Steps" announce={announcement(job, sourceNames)}>
        {job.steps.map((step) => (
          <Step
            key={step.key}
            step={step}
            retry={
              mayRetry && isLacking(step) && step.status !== 'cancelled' ? (
                <JobForm action={retry} step={step.key}>
                  <SubmitButton look="plain" size="sm" pendingLabel="Starting">
                    {gatherSource(step.key) ? 'Ask again' : 'Run again'}
                    <span className="sr-only">: {stepTitle(step.key, sourceNames)}</span>
                  </SubmitButton>
                </JobForm>
              ) : null
            }
          />
        ))}
      </Timeline>
    </>
  );
}

function Step({ step, retry }: { step: StepView; retry: ReactNode }) {
  const { job, sourceNames, doing } = useJob();
  const asks = job.status === 'needs-input' && step.key === 'identify';
  const { state, word } = asks ? JOB_LOOK['needs-input'] : stepLook(step);
  const ended = isTerminal(job.status);
  const wait = step.waitingFor ? <StepWait step={step} /> : undefined;
  return (
    <TimelineStep
      state={state}
      word={word}
      title={stepTitle(step.key, sourceNames)}
      // One line while the job runs, whether it holds counts, a wait or nothing yet: the steps below
      // stay where they are.
      counts={
        wait ? undefined : (countsOf(step, doing[step.key]) ?? (ended ? undefined : '\u00a0'))
      }
      wait={wait}
      time={timeOf(step)}
      reason={step.reason && step.reason !== NOT_ASKED_FOR ? step.reason : undefined}
      actions={retry}
    />
  );
}

function countsOf(step: StepView, doing: string | undefined): string | null {
  if (step.reason === NOT_ASKED_FOR) return 'not asked for when the job was submitted';
  const parts = [
    stepCounts(step),
    step.attempts > 1 ? `attempt ${step.attempts}` : null,
    step.status === 'running' ? doing : null,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : null;
}

function timeOf(step: StepView): ReactNode {
  if (!step.startedAt) return null;
  if (step.status === 'running') return <Elapsed since={step.startedAt} />;
  if (!step.finishedAt || step.finishedAt < step.startedAt) return null;
  return formatDuration(step.finishedAt.getTime() - step.startedAt.getTime());
}

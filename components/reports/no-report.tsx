'use client';

import { useJob } from '@/components/jobs/job-context';
import { sourceName, stepLook, stepTitle, totals } from '@/components/jobs/words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { gatherSource } from '@/server/jobs/schema';
import { useReportArrival } from './report-head';

/** Where the report will stand: what it waits for, or why there is none, and the way on. */
export function NoReport() {
  useReportArrival(0);
  const { job } = useJob();
  const overview = (
    <ButtonLink href={`/runs/${job.id}`} look="primary">
      To the overview
    </ButtonLink>
  );
  switch (job.status) {
    case 'needs-input':
      return (
        <EmptyState title="The report waits for a choice" actions={overview}>
          {job.question ?? 'Several compounds match.'} Nothing is asked of the sources until it is
          clear which one is meant.
        </EmptyState>
      );
    case 'failed':
      return (
        <ErrorState
          title={<h2>This job failed before it made a report</h2>}
          whatToDo="The overview shows the step that failed and can run it again. What was gathered is kept."
          actions={overview}
        />
      );
    case 'cancelled':
      return (
        <EmptyState title="Cancelled before it made a report" actions={overview}>
          What was gathered until then is on the evidence page. The overview can run the rest.
        </EmptyState>
      );
    case 'completed':
    case 'partial':
      return (
        <EmptyState title="The report is made" actions={overview}>
          It appears here by itself in a moment. {job.message}
        </EmptyState>
      );
    default:
      return <StillMissing />;
  }
}

function StillMissing() {
  const { job, sourceNames } = useJob();
  const { answered, sources } = totals(job);
  const open = job.steps.filter((s) => s.status === 'pending' || s.status === 'running');
  const asking = open.flatMap((step) => gatherSource(step.key) ?? []);
  return (
    <EmptyState
      title="The report is not written yet"
      actions={<ButtonLink href={`/runs/${job.id}`}>Watch the steps</ButtonLink>}
    >
      <p>
        {answered} of {sources} sources have answered
        {asking.length > 0 && (
          <>; still to come: {asking.map((id) => sourceName(id, sourceNames)).join(', ')}</>
        )}
        . It appears here by itself.
      </p>
      <ul className="mt-3 space-y-1 text-sm">
        {open
          .filter((step) => !gatherSource(step.key))
          .map((step) => (
            <li key={step.key}>
              {stepTitle(step.key, sourceNames)}: {stepLook(step).word.toLowerCase()}
            </li>
          ))}
      </ul>
    </EmptyState>
  );
}

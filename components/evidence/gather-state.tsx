'use client';

import { useJob } from '@/components/jobs/job-context';
import { sourceName, stepLook, stepTitle, totals } from '@/components/jobs/words';
import { Button } from '@/components/ui/button';
import { formatCount, formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { gatherSource, isLacking, isTerminal } from '@/server/jobs/schema';

/** What is still to come, or never came: a list of evidence must not look complete when it is not. */
export function GatherState({
  fresh,
  isNewlyRead,
  show,
}: {
  fresh: number;
  isNewlyRead: boolean;
  show: () => void;
}) {
  const { job } = useJob();
  const { answered, sources } = totals(job);
  const waiting = fresh > 0 || isNewlyRead;
  return (
    <div className="space-y-3 not-empty:mb-5" data-screen-only>
      {!isTerminal(job.status) && (
        <Callout title={`Still at work: ${answered} of ${sources} sources have answered`}>
          Records appear here as they come. Levels, roles and directions are told once every source
          was asked.
        </Callout>
      )}
      {waiting && (
        <Callout
          tone="accent"
          title={
            fresh > 0
              ? `${formatCountOf(fresh, 'new record')} since you began to read`
              : 'The records were read for level and direction'
          }
          actions={
            <Button size="sm" onClick={show}>
              Show {fresh > 0 ? formatCount(fresh) : 'it'}
            </Button>
          }
        />
      )}
      <Gaps />
    </div>
  );
}

/** Sources of an ended job that did not answer in full, each with the reason. */
export function Gaps() {
  const { job, sourceNames } = useJob();
  if (!isTerminal(job.status)) return null;
  const gaps = job.steps.filter((step) => gatherSource(step.key) && isLacking(step));
  if (gaps.length === 0) return null;
  const names = gaps.map((step) => sourceName(gatherSource(step.key)!, sourceNames));
  return (
    <Callout
      tone="caution"
      title={`${names.join(', ')}: what ${gaps.length === 1 ? 'it holds' : 'they hold'} is not all here`}
    >
      <ul>
        {gaps.map((step) => (
          <li key={step.key}>
            {stepTitle(step.key, sourceNames)}: {stepLook(step).word.toLowerCase()}
            {step.reason && ` (${step.reason})`}
          </li>
        ))}
      </ul>
      A failure is not “nothing found”.{' '}
      <TextLink href={`/runs/${job.id}`}>The overview can ask again</TextLink>.
    </Callout>
  );
}

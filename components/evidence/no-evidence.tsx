'use client';

import { useJob } from '@/components/jobs/job-context';
import { totals } from '@/components/jobs/words';
import { TextLink } from '@/components/ui/link';
import { EmptyState } from '@/components/ui/states';
import { isTerminal } from '@/server/jobs/schema';

/** What stands in the table's place while there is no record, and where there will be none. */
export function NoEvidence() {
  const { job } = useJob();
  const { answered, sources } = totals(job);
  const overview = <TextLink href={`/runs/${job.id}`}>the overview</TextLink>;
  if (!isTerminal(job.status)) {
    return (
      <EmptyState title="No record yet">
        Which source is being asked just now is said in {overview}.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No evidence">
      {answered === sources
        ? `All ${sources} sources answered, and none holds a record of this molecule.`
        : `${answered} of ${sources} sources answered, with nothing; what the others hold is not known.`}{' '}
      How each was asked is said in {overview}.
    </EmptyState>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useJob } from '@/components/jobs/job-context';
import { totals } from '@/components/jobs/words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/states';
import { isTerminal } from '@/server/jobs/schema';

/** Where the candidates will stand; asks for them once they are scored. */
export function NotScored() {
  const { job } = useJob();
  const router = useRouter();
  const isScored = job.steps.some(({ key, status }) => key === 'score' && status === 'done');
  useEffect(() => {
    if (isScored) router.refresh();
  }, [isScored, router]);
  const { answered, sources } = totals(job);
  const ended = isTerminal(job.status);
  return (
    <EmptyState
      title={ended ? 'This job ended before candidates were scored' : 'Not scored yet'}
      actions={<ButtonLink href={`/runs/${job.id}`}>To the overview</ButtonLink>}
    >
      {ended
        ? (job.message ?? 'The overview says which step is missing, and can run it again.')
        : `${answered} of ${sources} sources have answered. Candidates are scored when every source was asked, and appear here by themselves.`}
    </EmptyState>
  );
}

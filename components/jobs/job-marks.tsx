import { Pin } from 'lucide-react';
import { Badge } from '@/components/ui/status';
import type { JobSummary } from '@/server/jobs/queries';

/** What else is to be known about where a job's evidence comes from. */
export function JobMarks({ job }: { job: Pick<JobSummary, 'demo' | 'pinned'> }) {
  return (
    <>
      {job.demo && (
        <span title="Rests on responses composed for demonstration, not on live sources">
          <Badge tone="caution">Demo</Badge>
        </span>
      )}
      {job.pinned && !job.demo && (
        <span title="Reads only from a stored bundle; no source is asked">
          <Badge icon={Pin}>Pinned</Badge>
        </span>
      )}
    </>
  );
}

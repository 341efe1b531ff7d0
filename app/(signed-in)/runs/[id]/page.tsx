import { JobOverview } from '@/components/jobs/job-overview';

export default function JobPage() {
  return <JobOverview />;
}

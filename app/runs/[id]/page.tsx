import { JobOverview } from '@/components/jobs/job-overview';
import { Callout } from '@/components/ui/states';

export default async function JobPage({
  searchParams,
}: {
  searchParams: Promise<{ joined?: string }>;
}) {
  const { joined } = await searchParams;
  return (
    <>
      {joined !== undefined && (
        <div className="mb-6">
          <Callout tone="accent" title="The same submission was already under way">
            You were brought to it instead of starting it a second time.
          </Callout>
        </div>
      )}
      <JobOverview />
    </>
  );
}

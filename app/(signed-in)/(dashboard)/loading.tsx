import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonTable, SkeletonText } from '@/components/ui/skeleton';

export default function DashboardLoading() {
  return (
    <>
      <PageHeader title="Dashboard" />
      <Loading label="The dashboard is being read">
        <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="space-y-12">
            <SkeletonText lines={5} />
            <SkeletonTable rows={8} columns={6} />
          </div>
          <SkeletonText lines={12} />
        </div>
      </Loading>
    </>
  );
}

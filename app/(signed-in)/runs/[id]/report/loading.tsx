import { Loading, SkeletonBar, SkeletonText } from '@/components/ui/skeleton';

export default function ReportLoading() {
  return (
    <Loading label="Reading the report">
      <SkeletonBar className="mb-10 w-2/3" />
      <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-x-10">
        <div className="max-lg:hidden">
          <SkeletonText lines={12} />
        </div>
        <div className="space-y-10">
          <SkeletonBar className="h-8 w-56" />
          <SkeletonText lines={5} />
          <SkeletonText lines={9} />
        </div>
      </div>
    </Loading>
  );
}

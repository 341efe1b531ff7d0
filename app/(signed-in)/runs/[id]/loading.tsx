import {
  Loading,
  SkeletonBar,
  SkeletonReadouts,
  SkeletonText,
  SkeletonTimeline,
} from '@/components/ui/skeleton';

export default function JobLoading() {
  return (
    <Loading label="The job is being read">
      <SkeletonReadouts />
      <div className="mt-14 grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22.5rem]">
        <SkeletonTimeline steps={12} />
        <div className="space-y-6">
          <SkeletonBar className="h-60" />
          <SkeletonText lines={6} />
        </div>
      </div>
    </Loading>
  );
}

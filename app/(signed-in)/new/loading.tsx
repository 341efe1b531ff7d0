import { Loading, SkeletonBar, SkeletonTable } from '@/components/ui/skeleton';

export default function NewLoading() {
  return (
    <Loading label="The form is being made">
      <SkeletonBar className="mt-14 mb-12 h-7 w-40" />
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="space-y-8">
          <SkeletonBar className="h-24" />
          <SkeletonBar className="h-10" />
          <SkeletonTable rows={4} columns={2} />
        </div>
        <SkeletonBar className="h-60" />
      </div>
    </Loading>
  );
}

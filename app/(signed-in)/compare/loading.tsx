import { Loading, SkeletonBar, SkeletonTable } from '@/components/ui/skeleton';

export default function CompareLoading() {
  return (
    <Loading label="Reading the reports">
      <SkeletonBar className="mt-10 mb-8 h-8 w-48" />
      <SkeletonTable rows={14} columns={4} />
    </Loading>
  );
}

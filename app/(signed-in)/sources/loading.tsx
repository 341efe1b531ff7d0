import { Loading, SkeletonBar, SkeletonTable } from '@/components/ui/skeleton';

export default function SourcesLoading() {
  return (
    <Loading label="The sources are being read">
      <SkeletonBar className="mt-14 mb-14 h-7 w-36" />
      <SkeletonTable rows={7} columns={7} />
    </Loading>
  );
}

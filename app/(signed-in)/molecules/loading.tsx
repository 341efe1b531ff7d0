import { Loading, SkeletonBar, SkeletonTable } from '@/components/ui/skeleton';

export default function MoleculesLoading() {
  return (
    <Loading label="The molecules are being read">
      <SkeletonBar className="mt-14 mb-14 h-7 w-44" />
      <SkeletonTable rows={10} columns={6} />
    </Loading>
  );
}

import { Loading, SkeletonText } from '@/components/ui/skeleton';

export default function PaperLoading() {
  return (
    <Loading label="The paper is being read">
      <SkeletonText lines={14} />
    </Loading>
  );
}

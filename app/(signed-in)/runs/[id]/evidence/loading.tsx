import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function EvidenceLoading() {
  return (
    <Loading label="Reading the evidence">
      <SkeletonTable rows={12} columns={6} />
    </Loading>
  );
}

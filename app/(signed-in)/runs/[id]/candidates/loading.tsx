import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function CandidatesLoading() {
  return (
    <Loading label="Reading the candidates">
      <SkeletonTable rows={8} columns={6} />
    </Loading>
  );
}

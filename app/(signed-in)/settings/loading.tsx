import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function SettingsLoading() {
  return (
    <Loading label="Settings are being read">
      <SkeletonTable rows={5} columns={4} />
    </Loading>
  );
}

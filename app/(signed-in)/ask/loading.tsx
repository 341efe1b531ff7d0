import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonText } from '@/components/ui/skeleton';

export default function AskLoading() {
  return (
    <>
      <PageHeader title="Ask" />
      <Loading label="The conversations are being read">
        <SkeletonText lines={10} />
      </Loading>
    </>
  );
}

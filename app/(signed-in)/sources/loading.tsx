import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function SourcesLoading() {
  return (
    <>
      <PageHeader title="Sources" trail={<TextLink href="/">Dashboard</TextLink>} />
      <Loading label="The sources are being read">
        <SkeletonTable rows={7} columns={7} />
      </Loading>
    </>
  );
}

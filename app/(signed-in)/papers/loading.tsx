import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function PapersLoading() {
  return (
    <>
      <PageHeader title="Papers" trail={<TextLink href="/">Dashboard</TextLink>} />
      <Loading label="The library is being read">
        <div className="mb-10 h-40 rounded-md bg-wash" />
        <SkeletonTable rows={10} columns={6} />
      </Loading>
    </>
  );
}

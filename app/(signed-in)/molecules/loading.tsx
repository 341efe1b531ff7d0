import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonTable } from '@/components/ui/skeleton';

export default function MoleculesLoading() {
  return (
    <>
      <PageHeader title="Molecules" trail={<TextLink href="/">Dashboard</TextLink>} />
      <Loading label="The molecules are being read">
        <SkeletonTable rows={10} columns={6} />
      </Loading>
    </>
  );
}

import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';
import { Loading, SkeletonBar, SkeletonTable } from '@/components/ui/skeleton';

export default function NewLoading() {
  return (
    <>
      <PageHeader title="New job" trail={<TextLink href="/">Dashboard</TextLink>} />
      <Loading label="The form is being made">
        <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="space-y-8">
            <SkeletonBar className="h-24" />
            <SkeletonBar className="h-10" />
            <SkeletonTable rows={4} columns={2} />
          </div>
          <SkeletonBar className="h-60" />
        </div>
      </Loading>
    </>
  );
}

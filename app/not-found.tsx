import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/section';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <PageHeader
        title="There is nothing at this address"
        summary="It may have been removed, or belong to a workspace you are not a member of. Check the address, or look for it from the dashboard."
      />
      <ButtonLink href="/" look="primary">
        To the dashboard
      </ButtonLink>
    </>
  );
}

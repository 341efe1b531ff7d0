import type { Metadata } from 'next';
import { reset } from '@/app/sign-in/actions';
import { Door } from '@/components/people/door';
import { ResetPasswordForm } from '@/components/people/door-forms';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { currentGuest } from '@/server/auth/guest';
import { resetTokenOwner } from '@/server/auth/reset-password';

export const metadata: Metadata = { title: 'Choose a new password', referrer: 'no-referrer' };

export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  const owner = await resetTokenOwner(await currentGuest(), token);
  if (!owner) {
    return (
      <Door title="Choose a new password">
        <Callout tone="bad" title="This link is no longer good">
          It works once and for half an hour.{' '}
          <TextLink href="/forgot-password">Ask for a new one.</TextLink>
        </Callout>
      </Door>
    );
  }
  return (
    <Door
      title="Choose a new password"
      lead={`For ${owner.email}. All sessions of this account end.`}
    >
      <ResetPasswordForm action={reset} token={token} />
    </Door>
  );
}

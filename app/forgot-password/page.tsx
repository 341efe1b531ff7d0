import type { Metadata } from 'next';
import { askForReset } from '@/app/sign-in/actions';
import { Door } from '@/components/people/door';
import { ForgotPasswordForm } from '@/components/people/door-forms';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';

export const metadata: Metadata = { title: 'Choose a new password' };

export default async function ForgotPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ sent?: string }>;
}) {
  const { sent } = await searchParams;
  return (
    <Door title="Choose a new password" lead="You get a link by mail; it works for half an hour.">
      {sent ? (
        <Callout tone="accent" title="Look into your mailbox">
          If there is an account with this address, a link is on its way. Nothing has changed yet.
        </Callout>
      ) : (
        <ForgotPasswordForm action={askForReset} />
      )}
      <p className="border-t border-rule pt-4 text-sm">
        <TextLink href="/sign-in">Back to signing in</TextLink>
      </p>
    </Door>
  );
}

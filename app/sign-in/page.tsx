import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { InputField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import { signedIn } from '@/server/auth/context';
import { signInWithToken } from './actions';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string; refused?: string }>;
}) {
  const { token, refused } = await searchParams;
  if (!token && (await signedIn())) redirect('/');
  return (
    <div className="mx-auto max-w-md py-16">
      <h1 className="text-2xl font-semibold">Sign in to Phial</h1>
      <p className="mt-3 text-ink-2">
        Phial gathers the public evidence about a molecule and cites every statement it makes.
      </p>
      {refused && (
        <Callout tone="bad" title="This token does not work">
          A token works once and for a day. Start <code>npm run up</code> again, or press Enter in
          its terminal, for a new address.
        </Callout>
      )}
      <form action={signInWithToken} className="mt-6 space-y-4">
        <InputField
          label="One-time token"
          hint="It is part of the address that npm run up prints."
          name="token"
          defaultValue={token}
          required
          autoComplete="off"
          spellCheck={false}
        />
        <SubmitButton>Sign in</SubmitButton>
      </form>
    </div>
  );
}

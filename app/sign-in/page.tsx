import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Door } from '@/components/people/door';
import { ProviderForm, SignInForm } from '@/components/people/door-forms';
import { InputField } from '@/components/ui/field';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import { signedIn } from '@/server/auth/context';
import { currentGuest } from '@/server/auth/guest';
import { providerName } from '@/server/auth/oidc';
import { mayRegister } from '@/server/auth/register';
import { signIn, signInAtProvider, signInWithToken } from './actions';
import { PROBLEMS, PROVIDER_REFUSED } from './problems';

export const metadata: Metadata = { title: 'Sign in' };

interface Query {
  /** The one-time token of `up`; empty to type it. */
  token?: string;
  refused?: string;
  invitation?: string;
  confirmed?: string;
  /** Why the way by the identity provider led back here. */
  problem?: string;
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  if (!query.token && (await signedIn())) redirect('/');
  const lead =
    'Phial gathers the public evidence about a molecule and cites every statement it makes.';
  return (
    <Door title="Sign in to Phial" lead={lead}>
      {query.token !== undefined || query.refused ? (
        <WithToken token={query.token} refused={Boolean(query.refused)} />
      ) : (
        <WithPassword query={query} />
      )}
    </Door>
  );
}

function WithToken({ token, refused }: { token?: string; refused: boolean }) {
  return (
    <>
      {refused && (
        <Callout tone="bad" title="This token does not work">
          A token works once and for a day. Start <code>npm run up</code> again, or press Enter in
          its terminal, for a new address.
        </Callout>
      )}
      <form action={signInWithToken} className="space-y-4">
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
      <p className="text-sm">
        <TextLink href="/sign-in">Use an e-mail address and password instead</TextLink>
      </p>
    </>
  );
}

async function WithPassword({ query }: { query: Query }) {
  const provider = providerName();
  const invitation = query.invitation ?? null;
  const open = await mayRegister(await currentGuest());
  return (
    <>
      {query.confirmed && <Callout tone="accent" title="Your e-mail address is confirmed" />}
      {query.problem && <Callout tone="bad" title={PROBLEMS[query.problem] ?? PROVIDER_REFUSED} />}
      <SignInForm action={signIn} invitation={invitation} />
      {provider && (
        <ProviderForm action={signInAtProvider} provider={provider} invitation={invitation} />
      )}
      <ul className="space-y-1.5 border-t border-rule pt-4 text-sm">
        {open && (
          <li>
            <TextLink href="/register">Make an account</TextLink>
          </li>
        )}
        <li>
          <TextLink href="/forgot-password">Choose a new password</TextLink>
        </li>
        <li>
          <TextLink href="/sign-in?token=">
            Use the one-time token that <code>npm run up</code> prints
          </TextLink>
        </li>
      </ul>
    </>
  );
}

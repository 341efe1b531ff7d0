import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { register, signInAtProvider } from '@/app/sign-in/actions';
import { Door } from '@/components/people/door';
import { ProviderForm, RegisterForm } from '@/components/people/door-forms';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { signedIn } from '@/server/auth/context';
import { currentGuest } from '@/server/auth/guest';
import { providerName } from '@/server/auth/oidc';
import { mayRegister } from '@/server/auth/register';

export const metadata: Metadata = { title: 'Make an account' };

export default async function RegisterPage() {
  if (await signedIn()) redirect('/');
  const open = await mayRegister(await currentGuest());
  const provider = providerName();
  return (
    <Door
      title="Make an account"
      lead={open && 'It comes with a workspace of your own, into which you can invite others.'}
    >
      {open ? (
        <>
          <RegisterForm action={register} invitation={null} email={null} />
          {provider && (
            <ProviderForm action={signInAtProvider} provider={provider} invitation={null} />
          )}
        </>
      ) : (
        <Callout tone="neutral" title="Accounts here are made by invitation">
          Ask an admin of a workspace for one.
        </Callout>
      )}
      <p className="border-t border-rule pt-4 text-sm">
        <TextLink href="/sign-in">I have an account</TextLink>
      </p>
    </Door>
  );
}

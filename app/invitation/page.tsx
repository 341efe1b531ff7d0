import type { Metadata } from 'next';
import { join, register, signInAtProvider } from '@/app/sign-in/actions';
import { Door } from '@/components/people/door';
import { OneButtonForm, ProviderForm, RegisterForm } from '@/components/people/door-forms';
import { TextLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { signedIn } from '@/server/auth/context';
import { providerName } from '@/server/auth/oidc';
import { web } from '@/server/web';
import { CLOSED, readInvitation } from '@/server/workspaces/invitation';
import { ROLE_WORDS } from '@/server/workspaces/schema';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  const invitation = await readInvitation(web().db, token);
  if (invitation?.state !== 'open') {
    return (
      <Door title="Invitation">
        <Callout tone="bad" title={CLOSED[invitation?.state ?? 'unknown']} />
        <p className="text-sm">
          <TextLink href="/">To Phial</TextLink>
        </p>
      </Door>
    );
  }
  const { workspaceName, invitedBy, role, email } = invitation;
  const known = await signedIn();
  const provider = providerName();
  return (
    <Door
      title={`Join ${workspaceName}`}
      lead={`${invitedBy ?? 'Someone'} invites you as ${role}, who ${ROLE_WORDS[role]}.`}
    >
      {known ? (
        <>
          <p>
            You are signed in as {known.session.userName}
            {known.session.userEmail && ` (${known.session.userEmail})`}.
          </p>
          <OneButtonForm action={join} name="invitationToken" value={token} pendingLabel="Joining">
            Join
          </OneButtonForm>
        </>
      ) : (
        <>
          <RegisterForm action={register} invitation={token} email={email} />
          {provider && (
            <ProviderForm action={signInAtProvider} provider={provider} invitation={token} />
          )}
          <p className="border-t border-rule pt-4 text-sm">
            <TextLink href={`/sign-in?invitation=${encodeURIComponent(token)}`}>
              I have an account
            </TextLink>
          </p>
        </>
      )}
    </Door>
  );
}

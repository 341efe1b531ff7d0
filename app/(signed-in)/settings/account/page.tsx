import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { forPage } from '@/app/page-context';
import { EmailForm, NameForm, PasswordForm } from '@/components/people/account-forms';
import { ProgramTokenForm } from '@/components/people/program-token-form';
import { SessionList } from '@/components/people/session-list';
import { ThemeForm } from '@/components/people/theme-form';
import { parseTheme, themeCookie } from '@/components/ui/preferences';
import { Section } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { getAccount, listSessions } from '@/server/auth/account';
import { web } from '@/server/web';
import {
  askToConfirm,
  changePassword,
  chooseTheme,
  endOtherSessions,
  endSession,
  makeProgramToken,
  rename,
} from './actions';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage({
  searchParams,
}: {
  searchParams: Promise<{ confirmed?: string }>;
}) {
  const { confirmed } = await searchParams;
  const { account, sessions } = await forPage(async (ctx) => ({
    account: await getAccount({ ctx }),
    sessions: await listSessions({ ctx }),
  }));
  const mails = web().mailer !== null;
  return (
    <>
      {confirmed && (
        <div className="mb-6">
          <Callout tone="accent" title="Your e-mail address is confirmed" />
        </div>
      )}
      <Section title="Name" layout="margin" note="As your colleagues see it.">
        <NameForm action={rename} name={account.name} />
      </Section>
      <Section
        title="E-mail address"
        layout="margin"
        note="You sign in with it, and are reached by it."
      >
        <EmailForm
          action={askToConfirm}
          email={account.email}
          isVerified={account.isVerified}
          mails={mails}
        />
      </Section>
      <Section title="Password" layout="margin" note="Changing it ends your other sessions.">
        <PasswordForm
          action={changePassword}
          changedAt={account.passwordChangedAt}
          hasEmail={account.email !== null}
        />
        {account.issuers.length > 0 && (
          <p className="mt-4 text-sm text-ink-2">
            You also sign in through {account.issuers.join(', ')}.
          </p>
        )}
      </Section>
      <Section
        title="Sessions"
        layout="margin"
        note="Where you are signed in. An ended session is refused at once, and what it has open closes."
      >
        <SessionList
          sessions={sessions}
          actions={{ end: endSession, endOthers: endOtherSessions }}
        />
      </Section>
      <Section title="Appearance" layout="margin" note="Of this browser.">
        <ThemeForm
          action={chooseTheme}
          theme={parseTheme((await cookies()).get(themeCookie)?.value)}
        />
      </Section>
      <Section
        title="Programs"
        layout="margin"
        note="A program that acts as you gets a session of its own, listed above. For a whole workspace use an API key instead."
      >
        <ProgramTokenForm action={makeProgramToken} />
      </Section>
    </>
  );
}

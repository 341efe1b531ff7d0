'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, forGuest } from '@/app/form-state';
import { confirmEmail } from '@/server/auth/confirm-email';
import { actorOf, contextOfActor, signedIn } from '@/server/auth/context';
import { noSessionCookie, sessionCookie } from '@/server/auth/cookie';
import { currentGuest, type Guest } from '@/server/auth/guest';
import { beginAtProvider } from '@/server/auth/oidc';
import { register as makeAccount } from '@/server/auth/register';
import { requestPasswordReset, resetPassword } from '@/server/auth/reset-password';
import type { Session } from '@/server/auth/session';
import { signInWithLoginToken, signInWithPassword } from '@/server/auth/sign-in';
import { signOut as endSession } from '@/server/auth/sign-out';
import { web } from '@/server/web';
import { welcome } from '@/server/workspaces/welcome';
import { acceptInvitation } from '@/server/workspaces/workspace';

/** Gives the browser its session and leads on. */
async function goIn(guest: Guest, session: Session): Promise<never> {
  (await cookies()).set(await sessionCookie(session.sessionId, web().env));
  const jobId = await welcome({ ctx: contextOfActor(guest, actorOf(session), guest.from) });
  redirect(jobId ? `/runs/${jobId}` : '/');
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '');
const invitationOf = (form: FormData) => text(form, 'invitationToken') || null;

/** Signs in with the one-time token of `up`. The token works once. */
export async function signInWithToken(form: FormData): Promise<void> {
  const guest = await currentGuest();
  const session = await signInWithLoginToken({ guest, token: text(form, 'token').trim() });
  if (!session) redirect('/sign-in?refused=1');
  await goIn(guest, session);
}

export async function signIn(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async (guest) => {
    const input = { email: text(form, 'email'), password: text(form, 'password') };
    const invitation = invitationOf(form);
    return goIn(guest, await signInWithPassword({ guest, input, invitation }));
  });
}

export async function register(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async (guest) => {
    const input = {
      name: text(form, 'name'),
      email: text(form, 'email'),
      password: text(form, 'newPassword'),
      invitation: invitationOf(form),
    };
    return goIn(guest, await makeAccount({ guest, input }));
  });
}

/** Goes to the identity provider, which sends back to /api/auth/callback/oidc. */
export async function signInAtProvider(
  _before: FormState | null,
  form: FormData,
): Promise<FormState> {
  return forGuest(form, async () => redirect(await beginAtProvider(invitationOf(form))));
}

export async function askForReset(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async (guest) => {
    await requestPasswordReset({ guest, email: text(form, 'email') });
    redirect('/forgot-password?sent=1');
  });
}

export async function reset(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async (guest) => {
    const [token, password] = [text(form, 'token'), text(form, 'newPassword')];
    return goIn(guest, await resetPassword({ guest, token, password }));
  });
}

export async function confirm(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async (guest) => {
    const ctx = (await signedIn())?.ctx ?? null;
    await confirmEmail({ guest, ctx, token: text(form, 'token') });
    redirect(ctx ? '/settings/account?confirmed=1' : '/sign-in?confirmed=1');
  });
}

export async function join(_before: FormState | null, form: FormData): Promise<FormState> {
  return forGuest(form, async () => {
    const known = await signedIn();
    if (!known) redirect('/sign-in');
    await acceptInvitation({ ctx: known.ctx, token: text(form, 'invitationToken') });
    redirect('/');
  });
}

export async function signOut(): Promise<void> {
  const known = await signedIn();
  if (known) await endSession({ ctx: known.ctx });
  (await cookies()).set(noSessionCookie(web().env));
  redirect('/sign-in');
}

'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { actorOf, contextOfActor, signedIn } from '@/server/auth/context';
import { sessionCookie, sessionCookieName } from '@/server/auth/cookie';
import { currentGuest } from '@/server/auth/guest';
import { signInWithLoginToken } from '@/server/auth/sign-in';
import { signOut as endSession } from '@/server/auth/sign-out';
import { web } from '@/server/web';
import { welcome } from '@/server/workspaces/welcome';

/** Signs in with the one-time token of `up`. The token works once. */
export async function signInWithToken(form: FormData): Promise<void> {
  const guest = await currentGuest();
  const token = String(form.get('token') ?? '').trim();
  const session = await signInWithLoginToken({ guest, token });
  if (!session) redirect('/sign-in?refused=1');
  (await cookies()).set(await sessionCookie(session.sessionId, web().env));
  const jobId = await welcome({ ctx: contextOfActor(guest, actorOf(session), guest.from) });
  redirect(jobId ? `/runs/${jobId}` : '/');
}

export async function signOut(): Promise<void> {
  const known = await signedIn();
  if (known) await endSession({ ctx: known.ctx });
  (await cookies()).delete(sessionCookieName(web().env.NEXTAUTH_URL));
  redirect('/sign-in');
}

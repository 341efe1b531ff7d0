'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { contextOf, signedIn } from '@/server/auth/context';
import {
  cookieOf,
  redeemLoginToken,
  revokeSession,
  SESSION_COOKIE,
  SESSION_SECONDS,
} from '@/server/auth/session';
import { web } from '@/server/web';
import { welcome } from '@/server/workspaces/welcome';

/** Signs in with the one-time token of `up`. The token works once. */
export async function signInWithToken(form: FormData): Promise<void> {
  const shared = web();
  const token = String(form.get('token') ?? '').trim();
  const session = await redeemLoginToken(shared.db, token, (await headers()).get('user-agent'));
  if (!session) redirect('/sign-in?refused=1');
  (await cookies()).set(
    SESSION_COOKIE,
    await cookieOf(session.sessionId, shared.env.NEXTAUTH_SECRET),
    {
      httpOnly: true,
      sameSite: 'lax',
      secure: shared.env.NEXTAUTH_URL.startsWith('https:'),
      path: '/',
      maxAge: SESSION_SECONDS,
    },
  );
  const jobId = await welcome({ ctx: contextOf(shared, session) });
  redirect(jobId ? `/runs/${jobId}` : '/');
}

export async function signOut(): Promise<void> {
  const jar = await cookies();
  const known = await signedIn(jar);
  if (known) await revokeSession(web().db, known.session.sessionId);
  jar.delete(SESSION_COOKIE);
  redirect('/sign-in');
}

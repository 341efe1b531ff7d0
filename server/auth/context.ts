/** From a request's cookies to the context that verbs take. */
import { randomUUID } from 'node:crypto';
import type { Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { type Web, web } from '@/server/web';
import { SESSION_COOKIE, type Session, sessionOfCookie } from './session';

export interface SignedIn {
  ctx: Ctx;
  session: Session;
}

export const contextOf = (shared: Web, session: Session): Ctx => ({
  actor: {
    kind: 'user',
    userId: session.userId,
    name: session.userName,
    workspaceId: session.workspaceId,
    role: session.role,
    sessionId: session.sessionId,
  },
  db: shared.db,
  storage: shared.storage,
  requestId: randomUUID(),
  now: () => new Date(),
});

/** Who asks, by the session cookie among `cookies`; null when nobody is signed in. */
export async function signedIn(cookies: {
  get(name: string): { value: string } | undefined;
}): Promise<SignedIn | null> {
  const shared = web();
  const session = await sessionOfCookie(
    shared.db,
    cookies.get(SESSION_COOKIE)?.value,
    shared.env.NEXTAUTH_SECRET,
  );
  return session ? { session, ctx: contextOf(shared, session) } : null;
}

export const unauthenticated = () =>
  new DomainError(
    'UNAUTHENTICATED',
    'SIGN_IN',
    'Sign in first: open the address that `up` printed.',
  );

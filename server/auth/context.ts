/** From a request's session to the context that verbs take. */
import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import type { Actor, Ctx, RequestOrigin } from '@/server/context';
import { DomainError } from '@/server/errors';
import { type Web, web } from '@/server/web';
import { sessionCookieName } from './cookie';
import { originOf } from './origin';
import { type Session, sessionOfToken } from './session';

export interface SignedIn {
  ctx: Ctx;
  session: Session;
}

export const contextOfActor = (
  shared: Pick<Web, 'db' | 'storage'> & Partial<Pick<Web, 'embedder'>>,
  actor: Actor,
  from?: RequestOrigin,
): Ctx => ({
  actor,
  db: shared.db,
  storage: shared.storage,
  embedder: shared.embedder ?? null,
  requestId: randomUUID(),
  now: () => new Date(),
  from,
});

export const actorOf = (session: Session): Actor => ({
  kind: 'user',
  userId: session.userId,
  name: session.userName,
  workspaceId: session.workspaceId,
  role: session.role,
  sessionId: session.sessionId,
});

/** Whose browser made the request that Next is answering; null when nobody is signed in. */
export async function signedIn(): Promise<SignedIn | null> {
  const shared = web();
  const { NEXTAUTH_URL, NEXTAUTH_SECRET } = shared.env;
  const cookie = (await cookies()).get(sessionCookieName(NEXTAUTH_URL))?.value;
  const session = await sessionOfToken(shared.db, 'web', cookie, NEXTAUTH_SECRET);
  if (!session) return null;
  return { session, ctx: contextOfActor(shared, actorOf(session), originOf(await headers())) };
}

export const unauthenticated = () =>
  new DomainError('UNAUTHENTICATED', 'SIGN_IN', 'Sign in first.');

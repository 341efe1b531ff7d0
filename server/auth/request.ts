/** Who makes a request: a program by the key in its header, or a person by the session cookie. */
import { NextRequest } from 'next/server';
import type { Actor, Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { actorOfKey, KEY_START } from '@/server/keys';
import { type Web, web } from '@/server/web';
import { actorOf, contextOfActor } from './context';
import { sessionCookieName } from './cookie';
import { originOf } from './origin';
import { sessionOfToken } from './session';

export const invalidKey = () =>
  new DomainError('UNAUTHENTICATED', 'INVALID_API_KEY', 'Invalid or missing API key');

/** What a program presents: `X-API-Key`, or `Authorization: Bearer`. */
export function presentedKey(headers: Headers): string | null {
  const key = headers.get('x-api-key');
  if (key !== null) return key.trim();
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '');
  return bearer?.[1] ?? null;
}

/**
 * Null when nobody is named. Throws UNAUTHENTICATED for a key or access token that is unknown, revoked
 * or expired.
 */
export async function actorOfRequest(request: Request): Promise<Ctx | null> {
  const shared = web();
  const presented = presentedKey(request.headers);
  const actor =
    presented === null
      ? await actorOfCookie(shared, request)
      : await actorOfPresented(shared, presented);
  if (actor) return contextOfActor(shared, actor, originOf(request.headers));
  if (presented !== null) throw invalidKey();
  return null;
}

async function actorOfCookie({ db, env }: Web, request: Request): Promise<Actor | null> {
  const { cookies } = new NextRequest(request.url, { headers: request.headers });
  const cookie = cookies.get(sessionCookieName(env.NEXTAUTH_URL))?.value;
  const session = await sessionOfToken(db, 'web', cookie, env.NEXTAUTH_SECRET);
  return session && actorOf(session);
}

async function actorOfPresented(shared: Web, presented: string): Promise<Actor | null> {
  if (presented.startsWith(KEY_START)) return actorOfKey(shared.db, presented);
  const { NEXTAUTH_SECRET } = shared.env;
  const session = await sessionOfToken(shared.db, 'program', presented, NEXTAUTH_SECRET);
  return session && actorOf(session);
}

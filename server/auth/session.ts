/** Sessions: a row per sign-in, checked on every request; the cookie only carries its id, encrypted. */
import { sql } from 'drizzle-orm';
import { decode, encode } from 'next-auth/jwt';
import type { Database } from '@/db/client';
import type { Role } from '@/db/schema';
import { sha256Hex } from '@/server/storage';

export const SESSION_COOKIE = 'phial.session-token';
export const SESSION_SECONDS = 24 * 60 * 60;

export interface Session {
  sessionId: string;
  userId: string;
  userName: string;
  workspaceId: string;
  workspaceName: string;
  role: Role;
  isLocal: boolean;
}

/** The session of an id, or null when it is revoked, expired or unknown. */
export async function sessionById(db: Database, sessionId: string): Promise<Session | null> {
  const rows = (await db.tx(null, (tx) =>
    tx.execute(
      sql`select user_id as "userId", user_name as "userName", workspace_id as "workspaceId",
            workspace_name as "workspaceName", role, is_local as "isLocal"
          from phial_session(${sessionId}::uuid)`,
    ),
  )) as unknown as Omit<Session, 'sessionId'>[];
  return rows[0] ? { sessionId, ...rows[0] } : null;
}

/** The session that a cookie stands for, or null. */
export async function sessionOfCookie(
  db: Database,
  cookie: string | undefined,
  secret: string,
): Promise<Session | null> {
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret }).catch(() => null);
  return typeof token?.sid === 'string' ? sessionById(db, token.sid) : null;
}

export const cookieOf = (sessionId: string, secret: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret, maxAge: SESSION_SECONDS });

/** Spends a one-time token of `up`; null when it is unknown, expired or was used before. */
export async function redeemLoginToken(
  db: Database,
  token: string,
  userAgent: string | null,
): Promise<Session | null> {
  const rows = (await db.tx(null, (tx) =>
    tx.execute(
      sql`select session_id as "sessionId" from phial_redeem_login_token(
            ${sha256Hex(token)}, ${userAgent}, make_interval(secs => ${SESSION_SECONDS}))`,
    ),
  )) as unknown as { sessionId: string }[];
  return rows[0] ? sessionById(db, rows[0].sessionId) : null;
}

export async function revokeSession(db: Database, sessionId: string): Promise<void> {
  await db.tx(null, (tx) => tx.execute(sql`select phial_revoke_session(${sessionId}::uuid)`));
}

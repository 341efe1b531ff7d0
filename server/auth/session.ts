/** Sessions: a row per sign-in, checked on every request; a cookie or token only carries its id, encrypted. */
import { sql } from 'drizzle-orm';
import { decode, encode } from 'next-auth/jwt';
import type { Database, Tx } from '@/db/client';
import type { Role, SessionKind } from '@/db/schema';
import type { RequestOrigin } from '@/server/context';

/** A web session ends this long after its last use … */
export const SESSION_SECONDS = 24 * 60 * 60;
/** … and in any case this long after the sign-in. */
export const LONGEST_SESSION_SECONDS = 30 * 24 * 60 * 60;

export interface Session {
  sessionId: string;
  kind: SessionKind;
  userId: string;
  userName: string;
  userEmail: string | null;
  workspaceId: string;
  workspaceName: string;
  role: Role;
  isLocal: boolean;
}

export const seconds = (n: number) => sql`make_interval(secs => ${n})`;

/** The session of an id, or null when it is revoked, expired or unknown. Its use moves its end on. */
export async function sessionById(db: Database, sessionId: string): Promise<Session | null> {
  const [row] = await db.tx(null, (tx) =>
    tx.execute<Omit<Session, 'sessionId'> & Record<string, unknown>>(
      sql`select user_id as "userId", user_name as "userName", user_email as "userEmail",
            workspace_id as "workspaceId", workspace_name as "workspaceName", role,
            is_local as "isLocal", kind
          from phial_session(${sessionId}::uuid, ${seconds(SESSION_SECONDS)},
            ${seconds(LONGEST_SESSION_SECONDS)})`,
    ),
  );
  return row ? { sessionId, ...row } : null;
}

/** Opens a session in a workspace of the person's; null when they are no member there. */
export async function openSession(
  tx: Tx,
  who: { userId: string; workspaceId: string },
  from: RequestOrigin,
  kind: SessionKind = 'web',
  lifetimeSeconds: number = SESSION_SECONDS,
): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select phial_create_session(${who.userId}, ${who.workspaceId}, ${kind}, ${from.userAgent},
          ${from.address}, ${seconds(lifetimeSeconds)}) as id`,
  );
  return row?.id ?? null;
}

/** Ends one of the person's sessions, and whatever it has open. False when it had ended before. */
export async function revokeSession(
  tx: Tx,
  session: { sessionId: string; userId: string },
): Promise<boolean> {
  const [row] = await tx.execute<{ ended: boolean }>(
    sql`select phial_revoke_session(${session.sessionId}, ${session.userId}) as ended`,
  );
  return row?.ended === true;
}

/** Of the key: a token of one kind is no good as the other. next-auth's own session tokens have none. */
const PURPOSES = { web: '', program: 'access' } as const;

/** A token that carries a session's id and nothing else. */
export const sealSession = (
  sessionId: string,
  kind: SessionKind,
  secret: string,
  lifetimeSeconds: number,
): Promise<string> =>
  encode({ token: { sid: sessionId }, secret, maxAge: lifetimeSeconds, salt: PURPOSES[kind] });

/** The session that a cookie (`web`) or an access token (`program`) stands for, or null. */
export async function sessionOfToken(
  db: Database,
  kind: SessionKind,
  token: string | undefined,
  secret: string,
): Promise<Session | null> {
  if (!token) return null;
  const claims = await decode({ token, secret, salt: PURPOSES[kind] }).catch(() => null);
  if (typeof claims?.sid !== 'string') return null;
  const session = await sessionById(db, claims.sid);
  return session?.kind === kind ? session : null;
}

import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { Role, SessionKind } from '@/db/schema';
import { type AuditAction, recordAudit } from '@/server/audit';
import { DomainError, notFound } from '@/server/errors';
import { sha256Hex } from '@/server/storage';
import type { Guest } from './guest';
import { verifyPassword } from './password';
import { openSession, SESSION_SECONDS, type Session, sessionById } from './session';

export interface Membership {
  workspaceId: string;
  workspaceName: string;
  role: Role;
  isLocal: boolean;
}

export async function membershipsOf(tx: Tx, userId: string): Promise<Membership[]> {
  const rows = await tx.execute<Membership & Record<string, unknown>>(
    sql`select workspace_id as "workspaceId", workspace_name as "workspaceName", role,
          is_local as "isLocal" from phial_memberships(${userId}::uuid)`,
  );
  return [...rows];
}

export interface KnownUser {
  userId: string;
  userName: string;
  isVerified: boolean;
  passwordHash: string | null;
}

export const normaliseEmail = (email: string) => email.trim().toLowerCase();

export async function userByEmail(tx: Tx, email: string): Promise<KnownUser | null> {
  const [row] = await tx.execute<KnownUser & Record<string, unknown>>(
    sql`select user_id as "userId", user_name as "userName", is_verified as "isVerified",
          password_hash as "passwordHash" from phial_user_by_email(${email})`,
  );
  return row ?? null;
}

/**
 * The account that an address and a password open. Throws UNAUTHENTICATED without saying which of the
 * two is wrong, LIMIT_REACHED after failures in a row.
 */
export async function checkCredentials({
  guest,
  input,
}: {
  guest: Guest;
  input: { email: string; password: string };
}): Promise<KnownUser> {
  const email = normaliseEmail(input.email);
  const attempt = { email, address: guest.from.address };
  await guest.guard.admit(attempt);
  const user = await guest.db.tx(null, (tx) => userByEmail(tx, email));
  if (!(await verifyPassword(user?.passwordHash ?? null, input.password)) || !user) {
    await guest.guard.failed(attempt);
    guest.log.warn({ requestId: guest.requestId, address: guest.from.address }, 'sign-in refused');
    throw new DomainError(
      'UNAUTHENTICATED',
      'CREDENTIALS_WRONG',
      'This address and password do not belong together. Try again, or choose a new password.',
    );
  }
  await guest.guard.succeeded(attempt);
  return user;
}

/**
 * Signs a person in to the given workspace of theirs, else to their first. Throws FORBIDDEN when they
 * belong to none.
 */
export async function signInUser({
  guest,
  user,
  workspaceId,
  kind = 'web',
  lifetimeSeconds = SESSION_SECONDS,
  also,
}: {
  guest: Guest;
  user: { userId: string; userName: string };
  workspaceId?: string;
  kind?: SessionKind;
  lifetimeSeconds?: number;
  /** What led here and is to be recorded before the sign-in. */
  also?: AuditAction;
}): Promise<Session> {
  const { userId, userName } = user;
  const memberships = await guest.db.tx(null, (tx) => membershipsOf(tx, userId));
  const membership = workspaceId
    ? memberships.find((m) => m.workspaceId === workspaceId)
    : memberships[0];
  if (!membership) {
    if (workspaceId) throw notFound('workspace');
    throw new DomainError(
      'FORBIDDEN',
      'NO_WORKSPACE',
      'You belong to no workspace. Ask an admin of one for an invitation.',
    );
  }
  const sessionId = await guest.db.tx(membership.workspaceId, async (tx) => {
    const id = await openSession(
      tx,
      { userId, workspaceId: membership.workspaceId },
      guest.from,
      kind,
      lifetimeSeconds,
    );
    if (!id) throw notFound('workspace');
    const actor = {
      kind: 'user',
      userId,
      name: userName,
      workspaceId: membership.workspaceId,
      role: membership.role,
      sessionId: id,
    } as const;
    const by = { actor, requestId: guest.requestId, from: guest.from };
    const target = { kind: 'user', id: userId, name: userName };
    if (also) await recordAudit(tx, by, { action: also, target });
    await recordAudit(tx, by, {
      action: 'session.signed-in',
      target: { kind: 'session', id },
      details: { kind },
    });
    return id;
  });
  const session = await sessionById(guest.db, sessionId);
  if (!session) throw notFound('session');
  return session;
}

/** Spends a one-time token of `up`; null when it is unknown, expired or was used before. */
export async function signInWithLoginToken({
  guest,
  token,
  kind,
  lifetimeSeconds,
}: {
  guest: Guest;
  token: string;
  kind?: SessionKind;
  lifetimeSeconds?: number;
}): Promise<Session | null> {
  const [who] = await guest.db.tx(null, (tx) =>
    tx.execute<{ userId: string; workspaceId: string; userName: string }>(
      sql`select t.user_id as "userId", t.workspace_id as "workspaceId", a.user_name as "userName"
          from phial_redeem_login_token(${sha256Hex(token)}) t, phial_account(t.user_id) a`,
    ),
  );
  if (!who) return null;
  const { workspaceId, ...user } = who;
  return signInUser({ guest, user, workspaceId, kind, lifetimeSeconds });
}

import { sql } from 'drizzle-orm';
import { enterWorkspace, type Tx } from '@/db/client';
import type { Role, SessionKind } from '@/db/schema';
import { type AuditEntry, recordAudit } from '@/server/audit';
import { DomainError, notFound } from '@/server/errors';
import { sha256Hex } from '@/server/storage';
import { openInvitation, spendInvitation } from '@/server/workspaces/invitation';
import type { Guest } from './guest';
import { verifyPassword } from './password';
import { openSession, SESSION_SECONDS, type Session, sessionById } from './session';

export interface Membership {
  workspaceId: string;
  workspaceName: string;
  role: Role;
  isLocal: boolean;
}

/** The person's workspaces, the one they joined first ahead. */
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
export async function checkCredentials(
  guest: Guest,
  input: { email: string; password: string },
): Promise<KnownUser> {
  const email = input.email.trim().toLowerCase();
  const attempt = { email, address: guest.from.address };
  await guest.guard.admit(attempt);
  const user = await guest.db.tx(null, (tx) => userByEmail(tx, email));
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (user && matches) {
    await guest.guard.succeeded(attempt);
    return user;
  }
  await guest.guard.failed(attempt);
  guest.log.warn({ requestId: guest.requestId, address: guest.from.address }, 'sign-in refused');
  throw new DomainError(
    'UNAUTHENTICATED',
    'CREDENTIALS_WRONG',
    'This address and password do not belong together. Try again, or choose a new password.',
  );
}

/** What kind of session, for how long; a browser's unless said otherwise. */
export interface SessionForm {
  kind?: SessionKind;
  lifetimeSeconds?: number;
}

/**
 * Opens a session in a workspace and records it, after `entries` of what led here. The transaction
 * stands in the workspace.
 */
export async function enter(
  tx: Tx,
  {
    guest,
    user: { userId, userName },
    workspaceId,
    entries = [],
    form: { kind = 'web', lifetimeSeconds = SESSION_SECONDS } = {},
  }: {
    guest: Guest;
    user: { userId: string; userName: string };
    workspaceId: string;
    entries?: AuditEntry[];
    form?: SessionForm;
  },
): Promise<string> {
  const memberships = await membershipsOf(tx, userId);
  const role = memberships.find((m) => m.workspaceId === workspaceId)?.role;
  const sessionId = await openSession(
    tx,
    { userId, workspaceId },
    guest.from,
    kind,
    lifetimeSeconds,
  );
  if (!role || !sessionId) throw notFound('workspace');
  const by = {
    actor: { kind: 'user', userId, name: userName, workspaceId, role, sessionId },
    requestId: guest.requestId,
    from: guest.from,
  } as const;
  const signedIn: AuditEntry = {
    action: 'session.signed-in',
    target: { kind: 'session', id: sessionId },
    details: { kind },
  };
  await recordAudit(tx, by, ...entries, signedIn);
  return sessionId;
}

/** The session that was just opened. */
export async function opened(guest: Guest, sessionId: string): Promise<Session> {
  const session = await sessionById(guest.db, sessionId);
  if (!session) throw notFound('session');
  return session;
}

/**
 * Signs a known person in: to the workspace that an invitation leads to, else to the given one, else to
 * their first. Throws FORBIDDEN when they belong to none, CONFLICT when the invitation is spent.
 */
export async function signInUser({
  guest,
  user,
  workspaceId,
  invitation,
  entries = [],
  form,
}: {
  guest: Guest;
  user: { userId: string; userName: string };
  workspaceId?: string;
  invitation?: string | null;
  entries?: AuditEntry[];
  form?: SessionForm;
}): Promise<Session> {
  const invited = invitation ? await openInvitation(guest.db, invitation) : null;
  const sessionId = await guest.db.tx(null, async (tx) => {
    if (invited && invitation) {
      await spendInvitation(tx, invited, invitation, user.userId);
      const all = [...entries, joinedBy(invited, user)];
      return enter(tx, { guest, user, workspaceId: invited.workspaceId, entries: all, form });
    }
    const id = workspaceId ?? (await membershipsOf(tx, user.userId))[0]?.workspaceId;
    if (!id) {
      throw new DomainError(
        'FORBIDDEN',
        'NO_WORKSPACE',
        'You belong to no workspace. Ask an admin of one for an invitation.',
      );
    }
    await enterWorkspace(tx, id);
    return enter(tx, { guest, user, workspaceId: id, entries, form });
  });
  return opened(guest, sessionId);
}

export const joinedBy = (
  { id, role }: { id: string; role: Role },
  user: { userId: string; userName: string },
): AuditEntry => ({
  action: 'member.joined',
  target: { kind: 'member', id: user.userId, name: user.userName },
  details: { role, invitation: id },
});

/** Signs in by e-mail address and password; throws as `checkCredentials` and `signInUser` do. */
export async function signInWithPassword({
  guest,
  input,
  invitation,
  form,
}: {
  guest: Guest;
  input: { email: string; password: string };
  invitation?: string | null;
  form?: SessionForm;
}): Promise<Session> {
  const user = await checkCredentials(guest, input);
  return signInUser({ guest, user, invitation, form });
}

/** Spends a one-time token of `up`; null when it is unknown, expired or was used before. */
export async function signInWithLoginToken({
  guest,
  token,
  form,
}: {
  guest: Guest;
  token: string;
  form?: SessionForm;
}): Promise<Session | null> {
  const [who] = await guest.db.tx(null, (tx) =>
    tx.execute<{ userId: string; workspaceId: string; userName: string }>(
      sql`select t.user_id as "userId", t.workspace_id as "workspaceId", a.user_name as "userName"
          from phial_redeem_login_token(${sha256Hex(token)}) t, phial_account(t.user_id) a`,
    ),
  );
  if (!who) return null;
  const { workspaceId, ...user } = who;
  return signInUser({ guest, user, workspaceId, form });
}

/** What a person sees and changes of their own account. */
import { sql } from 'drizzle-orm';
import type { SessionKind } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { DomainError, notFound } from '@/server/errors';
import { readTyped } from '@/server/typed';
import type { Guest } from './guest';
import { checkPassword, hashPassword, verifyPassword } from './password';
import { personName } from './schema';
import { revokeSession } from './session';

interface Person {
  userId: string;
  sessionId: string;
  name: string;
}

/** Accounts are people's: keys and tasks have none. */
export function personOf(ctx: Ctx): Person {
  authorise(ctx, 'account.manage');
  if (ctx.actor.kind === 'user') return ctx.actor;
  throw new DomainError('FORBIDDEN', 'PEOPLE_ONLY', 'Only a person who is signed in may do this.');
}

export interface Account {
  name: string;
  email: string | null;
  isVerified: boolean;
  hasPassword: boolean;
  passwordChangedAt: Date | null;
  /** Identity providers that sign this person in. */
  issuers: string[];
}

interface AccountRow extends Record<string, unknown> {
  name: string;
  email: string | null;
  isVerified: boolean;
  passwordHash: string | null;
  passwordChangedAt: string | null;
  issuers: string[];
}

async function readAccount(ctx: Ctx): Promise<AccountRow> {
  const { userId } = personOf(ctx);
  const [row] = await inWorkspace(ctx, (tx) =>
    tx.execute<AccountRow>(
      sql`select user_name as name, email, is_verified as "isVerified",
            password_hash as "passwordHash", password_changed_at as "passwordChangedAt", issuers
          from phial_account(${userId}::uuid)`,
    ),
  );
  if (!row) throw notFound('account');
  return row;
}

export async function getAccount({ ctx }: { ctx: Ctx }): Promise<Account> {
  const { passwordHash, passwordChangedAt, ...row } = await readAccount(ctx);
  return {
    ...row,
    hasPassword: passwordHash !== null,
    passwordChangedAt: passwordChangedAt ? new Date(passwordChangedAt) : null,
  };
}

/** Changes the name that colleagues see. Throws INVALID when it is empty or too long. */
export async function renameAccount({
  ctx,
  name: typed,
}: {
  ctx: Ctx;
  name: string;
}): Promise<void> {
  const { userId, name: before } = personOf(ctx);
  const name = readTyped(personName, typed);
  await inWorkspace(ctx, async (tx) => {
    await tx.execute(sql`select phial_rename_user(${userId}::uuid, ${name})`);
    await recordAudit(tx, ctx, {
      action: 'account.renamed',
      target: { kind: 'user', id: userId, name },
      details: { before },
    });
  });
}

/**
 * Sets a new password and ends all other sessions. Throws FORBIDDEN when the present one is wrong,
 * LIMIT_REACHED after failures in a row, INVALID for a poor new one.
 */
export async function changePassword({
  ctx,
  guard,
  input: { present, next },
}: {
  ctx: Ctx;
  guard: Guest['guard'];
  input: { present: string; next: string };
}): Promise<void> {
  const { userId, sessionId } = personOf(ctx);
  const account = await readAccount(ctx);
  if (account.passwordHash !== null) {
    const attempt = { email: account.email ?? userId, address: ctx.from?.address ?? null };
    await guard.admit(attempt);
    if (!(await verifyPassword(account.passwordHash, present))) {
      await guard.failed(attempt);
      throw new DomainError('FORBIDDEN', 'PASSWORD_WRONG', 'Your present password is another one.');
    }
    await guard.succeeded(attempt);
  }
  checkPassword(next, [account.name, account.email]);
  const hash = await hashPassword(next);
  await inWorkspace(ctx, async (tx) => {
    await tx.execute(sql`select phial_set_password(${userId}::uuid, ${hash}),
      phial_revoke_sessions(${userId}::uuid, ${sessionId}::uuid)`);
    await recordAudit(tx, ctx, {
      action: 'account.password-changed',
      target: { kind: 'user', id: userId, name: account.name },
    });
  });
}

export interface OwnSession {
  id: string;
  kind: SessionKind;
  workspaceName: string;
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** The one that asks. */
  isThis: boolean;
}

/** The person's sessions that have not ended, in all their workspaces; the last used one ahead. */
export async function listSessions({ ctx }: { ctx: Ctx }): Promise<OwnSession[]> {
  const { userId, sessionId } = personOf(ctx);
  const rows = await inWorkspace(ctx, (tx) =>
    tx.execute<
      Omit<OwnSession, 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'isThis'> & {
        createdAt: string;
        lastSeenAt: string;
        expiresAt: string;
      } & Record<string, unknown>
    >(
      sql`select id, kind, workspace_name as "workspaceName", user_agent as "userAgent", address,
            created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt"
          from phial_user_sessions(${userId}::uuid)`,
    ),
  );
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    lastSeenAt: new Date(row.lastSeenAt),
    expiresAt: new Date(row.expiresAt),
    isThis: row.id === sessionId,
  }));
}

/** Ends one of the person's own sessions. Throws NOT_FOUND for any other. */
export async function endSession({
  ctx,
  sessionId,
}: {
  ctx: Ctx;
  sessionId: string;
}): Promise<void> {
  const { userId } = personOf(ctx);
  const own = await listSessions({ ctx });
  if (!own.some(({ id }) => id === sessionId)) throw notFound('session');
  await inWorkspace(ctx, async (tx) => {
    await revokeSession(tx, { sessionId, userId });
    const target = { kind: 'session', id: sessionId };
    await recordAudit(tx, ctx, { action: 'session.revoked', target });
  });
}

/** Ends every session of the person but the one that asks. Returns how many. */
export async function endOtherSessions({ ctx }: { ctx: Ctx }): Promise<number> {
  const { userId, sessionId, name } = personOf(ctx);
  return inWorkspace(ctx, async (tx) => {
    const [row] = await tx.execute<{ ended: number }>(
      sql`select phial_revoke_sessions(${userId}::uuid, ${sessionId}::uuid) as ended`,
    );
    const ended = row?.ended ?? 0;
    await recordAudit(tx, ctx, {
      action: 'session.all-revoked',
      target: { kind: 'user', id: userId, name },
      details: { ended },
    });
    return ended;
  });
}

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { enterWorkspace, type Tx } from '@/db/client';
import type { AuditEntry } from '@/server/audit';
import { conflict, DomainError } from '@/server/errors';
import { readTyped } from '@/server/typed';
import { type Invitation, openInvitation, spendInvitation } from '@/server/workspaces/invitation';
import { sendConfirmation } from './confirm-email';
import type { Guest } from './guest';
import { checkPassword, hashPassword } from './password';
import { emailAddress, personName } from './schema';
import type { Session } from './session';
import { enter, joinedBy, opened } from './sign-in';

const registerInput = z.object({
  name: personName,
  email: emailAddress,
  password: z.string(),
  invitation: z.string().nullish(),
});

/** May someone make an account without an invitation? The first person may in any case. */
export async function mayRegister(guest: Pick<Guest, 'db' | 'registration'>): Promise<boolean> {
  return guest.registration === 'open' || !(await hasUsers(guest));
}

async function hasUsers(guest: Pick<Guest, 'db'>): Promise<boolean> {
  const [row] = await guest.db.tx(null, (tx) =>
    tx.execute<{ known: boolean }>(sql`select phial_has_users() as known`),
  );
  return row?.known === true;
}

/**
 * Makes an account and signs it in: to the workspace of the invitation, else to a new one of its own.
 * Throws INVALID for what cannot be an account, CONFLICT for an address that has one, FORBIDDEN
 * without an invitation where one is needed.
 */
export async function register({
  guest,
  input: raw,
}: {
  guest: Guest;
  input: z.input<typeof registerInput>;
}): Promise<Session> {
  const input = readTyped(registerInput, raw);
  checkPassword(input.password, [input.name, input.email]);
  const invitation = input.invitation ? await openInvitation(guest.db, input.invitation) : null;
  if (invitation?.email && invitation.email !== input.email) {
    throw conflict('INVITATION_OF_ANOTHER', `This invitation is for ${invitation.email}.`);
  }
  const hash = await hashPassword(input.password);
  const { sessionId, userId } = await guest.db.tx(null, async (tx) => {
    const made = { name: input.name, email: input.email, isVerified: false };
    const user = { userId: await createUser(tx, guest, made, invitation), userName: input.name };
    await tx.execute(sql`select phial_set_password(${user.userId}::uuid, ${hash})`);
    const place = await firstWorkspace(tx, user, invitation, input.invitation ?? '');
    const registered: AuditEntry = { action: 'account.registered', target: person(user) };
    return {
      userId: user.userId,
      sessionId: await enter(tx, { guest, user, ...place, entries: [registered, place.entry] }),
    };
  });
  if (!invitation?.email) await sendConfirmation(guest, { userId, email: input.email });
  return opened(guest, sessionId);
}

const person = ({ userId, userName }: { userId: string; userName: string }) =>
  ({ kind: 'user', id: userId, name: userName }) as const;

/** Throws FORBIDDEN where accounts are made by invitation, CONFLICT for an address that has one. */
export async function createUser(
  tx: Tx,
  guest: Guest,
  { name, email, isVerified }: { name: string; email: string | null; isVerified: boolean },
  invitation: Invitation | null,
): Promise<string> {
  const onlyFirst = !invitation && guest.registration !== 'open';
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select phial_create_user(${name}, ${email}, ${isVerified}, ${onlyFirst}) as id`,
  );
  if (row?.id) return row.id;
  if (onlyFirst) throw registrationClosed();
  throw conflict(
    'EMAIL_TAKEN',
    'There is an account with this address. Sign in, or choose a new password.',
  );
}

export const registrationClosed = () =>
  new DomainError(
    'FORBIDDEN',
    'REGISTRATION_CLOSED',
    'Accounts here are made by invitation. Ask an admin of a workspace for one.',
  );

/** The workspace that a new person stands in, which the transaction enters. */
export async function firstWorkspace(
  tx: Tx,
  user: { userId: string; userName: string },
  invitation: Invitation | null,
  token: string,
): Promise<{ workspaceId: string; entry: AuditEntry }> {
  if (invitation) {
    await spendInvitation(tx, invitation, token, user.userId);
    return { workspaceId: invitation.workspaceId, entry: joinedBy(invitation, user) };
  }
  const name = `${user.userName}'s workspace`;
  const [row] = await tx.execute<{ id: string }>(
    sql`select phial_create_workspace(${user.userId}::uuid, ${name}) as id`,
  );
  if (!row) throw new Error('The workspace was not made');
  await enterWorkspace(tx, row.id);
  const target = { kind: 'workspace', id: row.id, name };
  return { workspaceId: row.id, entry: { action: 'workspace.created', target } };
}

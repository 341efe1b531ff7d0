/** Signing in by what an identity provider says of a person (OpenID Connect). */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { AuditEntry } from '@/server/audit';
import { conflict } from '@/server/errors';
import { openInvitation } from '@/server/workspaces/invitation';
import type { Guest } from './guest';
import { createUser, firstWorkspace } from './register';
import type { Session } from './session';
import { enter, opened, signInUser, userByEmail } from './sign-in';

export interface Identity {
  issuer: string;
  subject: string;
  name: string;
  /** Null unless the provider says that it is theirs. */
  email: string | null;
}

/**
 * Signs in the person whom the provider knows as `identity`: who came this way before, else whose
 * confirmed address it is, else a new one where accounts may be made. Throws CONFLICT when an account
 * claims the address without having confirmed it, FORBIDDEN when no account may be made.
 */
export async function signInWithIdentity({
  guest,
  identity,
  invitation = null,
}: {
  guest: Guest;
  identity: Identity;
  invitation?: string | null;
}): Promise<Session> {
  const known = await guest.db.tx(null, (tx) => knownPerson(tx, identity));
  if (known) return signInUser({ guest, user: known, invitation });
  const invited = invitation ? await openInvitation(guest.db, invitation) : null;
  const sessionId = await guest.db.tx(null, async (tx) => {
    const { name, email } = identity;
    const made = { name, email, isVerified: email !== null };
    const user = { userId: await createUser(tx, guest, made, invited), userName: name };
    await link(tx, identity, user.userId);
    const place = await firstWorkspace(tx, user, invited, invitation ?? '');
    const registered: AuditEntry = {
      action: 'account.registered',
      target: { kind: 'user', id: user.userId, name },
      details: { issuer: identity.issuer },
    };
    return enter(tx, { guest, user, ...place, entries: [registered, place.entry] });
  });
  return opened(guest, sessionId);
}

async function knownPerson(
  tx: Tx,
  identity: Identity,
): Promise<{ userId: string; userName: string } | null> {
  const [linked] = await tx.execute<{ userId: string; userName: string }>(
    sql`select u.id as "userId", a.user_name as "userName"
        from phial_user_by_identity(${identity.issuer}, ${identity.subject}) u(id), phial_account(u.id) a`,
  );
  if (linked) return linked;
  const owner = identity.email ? await userByEmail(tx, identity.email) : null;
  if (!owner) return null;
  if (!owner.isVerified) {
    throw conflict(
      'EMAIL_UNCONFIRMED',
      'There is an account with your address that never confirmed it. Choose a new password for it, which shows that it is yours; then sign in this way.',
    );
  }
  await link(tx, identity, owner.userId);
  return owner;
}

async function link(tx: Tx, { issuer, subject }: Identity, userId: string): Promise<void> {
  await tx.execute(sql`select phial_link_identity(${issuer}, ${subject}, ${userId}::uuid)`);
}

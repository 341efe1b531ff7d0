import { sql } from 'drizzle-orm';
import { resetLetter } from '@/server/mail/letters';
import { sha256Hex } from '@/server/storage';
import { readTyped } from '@/server/typed';
import { linkSpent, mailAway, mailedLink } from './confirm-email';
import type { Guest } from './guest';
import { checkPassword, hashPassword } from './password';
import { emailAddress } from './schema';
import type { Session } from './session';
import { signInUser, userByEmail } from './sign-in';

const GOOD_FOR_MINUTES = 30;

/**
 * Mails a link to choose a new password, if there is an account. What is answered, and how soon, does
 * not tell whether there is. Throws UNAVAILABLE when this Phial mails nothing, LIMIT_REACHED after
 * many tries.
 */
export async function requestPasswordReset({
  guest,
  email: typed,
}: {
  guest: Guest;
  email: string;
}): Promise<void> {
  const email = readTyped(emailAddress, typed);
  await guest.guard.admit({ email, address: guest.from.address });
  if (!guest.mailer) throw mailAway();
  void mailReset(guest, email).catch((error: unknown) => {
    guest.log.error({ err: error, requestId: guest.requestId }, 'password reset not mailed');
  });
}

async function mailReset(guest: Guest, email: string): Promise<void> {
  const user = await guest.db.tx(null, (tx) => userByEmail(tx, email));
  if (!user || !guest.mailer) return;
  const to = { userId: user.userId, email };
  const link = await mailedLink(guest, to, 'reset-password', GOOD_FOR_MINUTES * 60);
  await guest.mailer.send(resetLetter({ email, link, minutes: GOOD_FOR_MINUTES }));
}

/** Whose password a mailed link changes; null when it is no longer good. */
export async function resetTokenOwner(
  guest: Pick<Guest, 'db'>,
  token: string,
): Promise<{ userId: string; email: string; userName: string } | null> {
  const [row] = await guest.db.tx(null, (tx) =>
    tx.execute<{ userId: string; email: string; userName: string }>(
      sql`select t.user_id as "userId", t.email, a.user_name as "userName"
          from phial_mail_token(${sha256Hex(token)}, 'reset-password') t, phial_account(t.user_id) a`,
    ),
  );
  return row ?? null;
}

/**
 * Sets a new password by a mailed link, ends every session of the person and signs them in anew.
 * Throws CONFLICT when the link is no longer good, INVALID for a poor password.
 */
export async function resetPassword({
  guest,
  token,
  password,
}: {
  guest: Guest;
  token: string;
  password: string;
}): Promise<Session> {
  const user = await resetTokenOwner(guest, token);
  if (!user) throw linkSpent();
  checkPassword(password, [user.userName, user.email]);
  const hash = await hashPassword(password);
  await guest.db.tx(null, async (tx) => {
    const [spent] = await tx.execute<{ id: string | null }>(
      sql`select phial_spend_mail_token(${sha256Hex(token)}, 'reset-password') as id`,
    );
    if (spent?.id !== user.userId) throw linkSpent();
    await tx.execute(sql`select phial_set_password(${user.userId}::uuid, ${hash}),
      phial_revoke_sessions(${user.userId}::uuid, null)`);
  });
  await guest.guard.succeeded({ email: user.email, address: guest.from.address });
  const target = { kind: 'user', id: user.userId, name: user.userName };
  return signInUser({ guest, user, entries: [{ action: 'account.password-reset', target }] });
}

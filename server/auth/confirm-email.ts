/** Showing that an e-mail address is one's own. */
import { sql } from 'drizzle-orm';
import type { MailTokenPurpose } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx } from '@/server/context';
import { conflict, DomainError } from '@/server/errors';
import { confirmationLetter } from '@/server/mail/letters';
import { sha256Hex } from '@/server/storage';
import { readTyped } from '@/server/typed';
import type { Guest } from './guest';
import { emailAddress } from './schema';
import { seconds } from './session';
import { userByEmail } from './sign-in';
import { newToken } from './token';

const GOOD_FOR_HOURS = 24;

/** A link for the mailbox of `email`; what it carries replaces the one before. */
export async function mailedLink(
  guest: Guest,
  { userId, email }: { userId: string; email: string },
  purpose: MailTokenPurpose,
  lifetimeSeconds: number,
): Promise<string> {
  const { token, sha256 } = newToken();
  await guest.db.tx(null, (tx) =>
    tx.execute(
      sql`select phial_issue_mail_token(${userId}::uuid, ${purpose}, ${sha256}, ${email},
            ${seconds(lifetimeSeconds)})`,
    ),
  );
  return `${guest.publicUrl}/${purpose}?token=${token}`;
}

/** Mails a link by which a person confirms their address. A letter that does not leave is logged. */
export async function sendConfirmation(
  guest: Guest,
  to: { userId: string; email: string },
): Promise<boolean> {
  if (!guest.mailer) return false;
  const link = await mailedLink(guest, to, 'confirm-email', GOOD_FOR_HOURS * 3_600);
  try {
    await guest.mailer.send(confirmationLetter({ email: to.email, link, hours: GOOD_FOR_HOURS }));
    return true;
  } catch (error) {
    guest.log.error({ err: error, requestId: guest.requestId }, 'confirmation not mailed');
    return false;
  }
}

/**
 * Asks the owner of an address to confirm that it is the person's; it becomes theirs when they do.
 * Throws CONFLICT when it belongs to an account, UNAVAILABLE when nothing can be mailed.
 */
export async function askForConfirmation({
  ctx,
  guest,
  email: typed,
}: {
  ctx: Ctx;
  guest: Guest;
  email: string;
}): Promise<void> {
  authorise(ctx, 'account.manage');
  if (ctx.actor.kind !== 'user') return;
  const email = readTyped(emailAddress, typed);
  const known = await ctx.db.tx(null, (tx) => userByEmail(tx, email));
  if (known && (known.userId !== ctx.actor.userId || known.isVerified)) {
    throw conflict('EMAIL_TAKEN', 'This address belongs to an account already.');
  }
  if (!(await sendConfirmation(guest, { userId: ctx.actor.userId, email }))) throw mailAway();
}

export const mailAway = () =>
  new DomainError(
    'UNAVAILABLE',
    'MAIL_UNAVAILABLE',
    'The mail could not be sent. Try again later, or ask whoever runs this Phial to look at its mail settings.',
  );

/** Spends a mailed link: the address is the person's from now on. Throws CONFLICT when it is no good. */
export async function confirmEmail({
  guest,
  ctx,
  token,
}: {
  guest: Guest;
  /** Of whoever is signed in; the link works without. */
  ctx: Ctx | null;
  token: string;
}): Promise<void> {
  const [row] = await guest.db.tx(null, (tx) =>
    tx.execute<{ id: string | null }>(
      sql`select phial_spend_mail_token(${sha256Hex(token)}, 'confirm-email') as id`,
    ),
  );
  const userId = row?.id;
  if (!userId) throw linkSpent();
  if (ctx?.actor.kind !== 'user' || ctx.actor.userId !== userId) return;
  const target = { kind: 'user', id: userId, name: ctx.actor.name };
  await ctx.db.tx(ctx.actor.workspaceId, (tx) =>
    recordAudit(tx, ctx, { action: 'account.email-confirmed', target }),
  );
}

export const linkSpent = () =>
  conflict(
    'LINK_SPENT',
    'This link is no longer good: it works once and not for long. Ask for a new one.',
  );

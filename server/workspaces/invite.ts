/** Asking people into a workspace. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { invitations, type Role, users } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { personOf } from '@/server/auth/account';
import { mailAway } from '@/server/auth/confirm-email';
import type { Guest } from '@/server/auth/guest';
import { emailAddress } from '@/server/auth/schema';
import { newToken } from '@/server/auth/token';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, notFound } from '@/server/errors';
import { invitationLetter } from '@/server/mail/letters';
import { readTyped } from '@/server/typed';
import { listMembers } from './members';
import { INVITATION_DAYS, roleSchema } from './schema';
import { currentWorkspace } from './workspace';

const inviteInput = z.object({ role: roleSchema, email: emailAddress.nullable() });

/**
 * Invites whoever has an address, by mail, or whoever gets the link that is returned, once. Throws
 * CONFLICT when they belong here already, UNAVAILABLE when the letter did not leave: then there is no
 * invitation either.
 */
export async function invite({
  ctx,
  guest,
  input: raw,
}: {
  ctx: Ctx;
  guest: Pick<Guest, 'mailer' | 'publicUrl' | 'log'>;
  input: { role: string; email: string | null };
}): Promise<{ link: string | null }> {
  authorise(ctx, 'member.manage');
  const { role, email } = readTyped(inviteInput, raw);
  const inviter = personOf(ctx);
  if (email !== null && !guest.mailer) throw mailAway();
  if (email !== null && (await listMembers({ ctx })).some((m) => m.email === email)) {
    throw conflict('MEMBER_ALREADY', `${email} belongs to this workspace already.`);
  }
  const { token, sha256 } = newToken();
  const link = `${guest.publicUrl}/invitation?token=${token}`;
  const workspace = await currentWorkspace({ ctx });
  await inWorkspace(ctx, async (tx) => {
    const [made] = await tx
      .insert(invitations)
      .values({
        workspaceId: ctx.actor.workspaceId,
        tokenSha256: sha256,
        email,
        role,
        invitedBy: inviter.userId,
        expiresAt: new Date(ctx.now().getTime() + INVITATION_DAYS * 86_400_000),
      })
      .returning({ id: invitations.id });
    if (!made) throw new Error('The invitation was not made');
    await recordAudit(tx, ctx, {
      action: 'member.invited',
      target: { kind: 'invitation', id: made.id, name: email },
      details: { role },
    });
    if (email === null) return;
    const letter = invitationLetter({
      email,
      inviter: inviter.name,
      workspace: workspace.name,
      role,
      link,
      days: INVITATION_DAYS,
    });
    await guest.mailer?.send(letter).catch((error: unknown) => {
      guest.log.error({ err: error, requestId: ctx.requestId }, 'invitation not mailed');
      throw mailAway();
    });
  });
  return { link: email === null ? link : null };
}

export interface OpenInvitation {
  id: string;
  email: string | null;
  role: Role;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Invitations that can still be accepted, the latest first. */
export async function listInvitations({ ctx }: { ctx: Ctx }): Promise<OpenInvitation[]> {
  authorise(ctx, 'member.manage');
  return inWorkspace(ctx, (tx) =>
    tx
      .select({
        id: invitations.id,
        email: invitations.email,
        role: invitations.role,
        invitedBy: users.name,
        createdAt: invitations.createdAt,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .leftJoin(users, eq(users.id, invitations.invitedBy))
      .where(
        and(
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, ctx.now()),
        ),
      )
      .orderBy(desc(invitations.createdAt)),
  );
}

/** Throws NOT_FOUND for an invitation that is not open here. */
export async function revokeInvitation({
  ctx,
  invitationId,
}: {
  ctx: Ctx;
  invitationId: string;
}): Promise<void> {
  authorise(ctx, 'member.manage');
  if (!z.uuid().safeParse(invitationId).success) throw notFound('invitation');
  await inWorkspace(ctx, async (tx) => {
    const [revoked] = await tx
      .update(invitations)
      .set({ revokedAt: ctx.now() })
      .where(
        and(
          eq(invitations.id, invitationId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning({ email: invitations.email });
    if (!revoked) throw notFound('invitation');
    await recordAudit(tx, ctx, {
      action: 'member.invitation-revoked',
      target: { kind: 'invitation', id: invitationId, name: revoked.email },
    });
  });
}

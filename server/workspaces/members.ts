/** Who belongs to a workspace, and as what. A workspace always keeps an admin. */
import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { memberships, type Role, users, workspaces } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { personOf } from '@/server/auth/account';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { conflict, notFound } from '@/server/errors';

export interface Member {
  userId: string;
  name: string;
  email: string | null;
  role: Role;
  joinedAt: Date;
}

const columns = {
  userId: memberships.userId,
  name: users.name,
  email: users.email,
  role: memberships.role,
  joinedAt: memberships.createdAt,
};

export async function listMembers({ ctx }: { ctx: Ctx }): Promise<Member[]> {
  authorise(ctx, 'member.read');
  return inWorkspace(ctx, (tx) =>
    tx
      .select(columns)
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .orderBy(asc(users.name), asc(users.id)),
  );
}

/** Changes to who is a member wait for each other, so that two cannot take the last two admins away. */
async function lockMembers(tx: Tx, workspaceId: string): Promise<Member[]> {
  await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('update');
  return tx.select(columns).from(memberships).innerJoin(users, eq(users.id, memberships.userId));
}

function memberAmong(members: Member[], userId: string): Member {
  const member = members.find((m) => m.userId === userId);
  if (!member) throw notFound('member');
  return member;
}

function keepAnAdmin(members: Member[], without: Member): void {
  if (without.role !== 'admin') return;
  if (members.some((m) => m.role === 'admin' && m.userId !== without.userId)) return;
  throw conflict('LAST_ADMIN', 'A workspace needs an admin. Make someone else one first.');
}

const ofMember = (workspaceId: string, userId: string) =>
  and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId));

const targetOf = ({ userId, name }: Member) => ({ kind: 'member', id: userId, name });

/** Throws NOT_FOUND for who is no member, CONFLICT when no admin would be left. */
export async function changeRole({
  ctx,
  userId,
  role,
}: {
  ctx: Ctx;
  userId: string;
  role: Role;
}): Promise<void> {
  authorise(ctx, 'member.manage');
  const { workspaceId } = ctx.actor;
  await inWorkspace(ctx, async (tx) => {
    const members = await lockMembers(tx, workspaceId);
    const member = memberAmong(members, userId);
    if (member.role === role) return;
    keepAnAdmin(members, member);
    await tx.update(memberships).set({ role }).where(ofMember(workspaceId, userId));
    await recordAudit(tx, ctx, {
      action: 'member.role-changed',
      target: targetOf(member),
      details: { before: member.role, after: role },
    });
  });
}

/**
 * Takes a member out; their sessions here go on elsewhere or end at once. Throws NOT_FOUND for who is
 * no member, CONFLICT for the last admin.
 */
export async function removeMember({ ctx, userId }: { ctx: Ctx; userId: string }): Promise<void> {
  authorise(ctx, 'member.manage');
  await takeOut(ctx, userId, 'member.removed');
}

/** Takes the person who asks out. Throws CONFLICT for the last admin. */
export async function leaveWorkspace({ ctx }: { ctx: Ctx }): Promise<void> {
  await takeOut(ctx, personOf(ctx).userId, 'member.left');
}

async function takeOut(
  ctx: Ctx,
  userId: string,
  action: 'member.removed' | 'member.left',
): Promise<void> {
  const { workspaceId } = ctx.actor;
  await inWorkspace(ctx, async (tx) => {
    const members = await lockMembers(tx, workspaceId);
    const member = memberAmong(members, userId);
    keepAnAdmin(members, member);
    // Before the membership is gone: who is no member is not to be seen.
    await recordAudit(tx, ctx, { action, target: targetOf(member) });
    await tx.delete(memberships).where(ofMember(workspaceId, userId));
  });
}

/**
 * Hands the workspace over: the other member becomes an admin, the one who asks a researcher. Throws
 * NOT_FOUND for who is no member, CONFLICT when asked for oneself.
 */
export async function handOver({ ctx, userId }: { ctx: Ctx; userId: string }): Promise<void> {
  authorise(ctx, 'member.manage');
  const { workspaceId } = ctx.actor;
  const own = personOf(ctx).userId;
  if (own === userId) throw conflict('HANDED_TO_ONESELF', 'Choose someone else.');
  await inWorkspace(ctx, async (tx) => {
    const members = await lockMembers(tx, workspaceId);
    const next = memberAmong(members, userId);
    await tx.update(memberships).set({ role: 'admin' }).where(ofMember(workspaceId, userId));
    await tx.update(memberships).set({ role: 'researcher' }).where(ofMember(workspaceId, own));
    await recordAudit(tx, ctx, {
      action: 'member.handed-over',
      target: targetOf(next),
      details: { before: next.role },
    });
  });
}

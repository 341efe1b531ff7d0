/** The workspaces of a person, and the one they stand in. */
import { eq, sql } from 'drizzle-orm';
import { enterWorkspace } from '@/db/client';
import { workspaces } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { personOf } from '@/server/auth/account';
import { joinedBy, type Membership, membershipsOf } from '@/server/auth/sign-in';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import { readTyped } from '@/server/typed';
import { openInvitation, spendInvitation } from './invitation';
import { workspaceName } from './schema';

export async function currentWorkspace({
  ctx,
}: {
  ctx: Ctx;
}): Promise<{ id: string; name: string; createdAt: Date }> {
  authorise(ctx, 'member.read');
  const [workspace] = await inWorkspace(ctx, (tx) =>
    tx
      .select({ id: workspaces.id, name: workspaces.name, createdAt: workspaces.createdAt })
      .from(workspaces),
  );
  if (!workspace) throw notFound('workspace');
  return workspace;
}

/** The workspaces of the person who asks, the one they joined first ahead. */
export async function listWorkspaces({ ctx }: { ctx: Ctx }): Promise<Membership[]> {
  const { userId } = personOf(ctx);
  return inWorkspace(ctx, (tx) => membershipsOf(tx, userId));
}

/** Makes a workspace whose admin is the person who asks, and moves their session there. */
export async function createWorkspace({
  ctx,
  name: typed,
}: {
  ctx: Ctx;
  name: string;
}): Promise<string> {
  const { userId } = personOf(ctx);
  const name = readTyped(workspaceName, typed);
  return ctx.db.tx(null, async (tx) => {
    const [row] = await tx.execute<{ id: string }>(
      sql`select phial_create_workspace(${userId}::uuid, ${name}) as id`,
    );
    if (!row) throw new Error('The workspace was not made');
    await enterWorkspace(tx, row.id);
    const actor = { ...ctx.actor, workspaceId: row.id };
    const target = { kind: 'workspace', id: row.id, name };
    await recordAudit(tx, { ...ctx, actor }, { action: 'workspace.created', target });
    await tx.execute(moved(ctx, row.id));
    return row.id;
  });
}

const moved = (ctx: Ctx, workspaceId: string) => {
  const { userId, sessionId } = personOf(ctx);
  return sql`select phial_switch_workspace(${sessionId}::uuid, ${userId}::uuid, ${workspaceId}::uuid) as moved`;
};

/** Moves the session that asks to another workspace of its person. Throws NOT_FOUND for any other. */
export async function switchWorkspace({
  ctx,
  workspaceId,
}: {
  ctx: Ctx;
  workspaceId: string;
}): Promise<void> {
  const own = await listWorkspaces({ ctx });
  if (!own.some((m) => m.workspaceId === workspaceId)) throw notFound('workspace');
  const [row] = await inWorkspace(ctx, (tx) =>
    tx.execute<{ moved: boolean }>(moved(ctx, workspaceId)),
  );
  if (!row?.moved) throw notFound('workspace');
}

/** Throws INVALID for a name that is empty or too long. */
export async function renameWorkspace({
  ctx,
  name: typed,
}: {
  ctx: Ctx;
  name: string;
}): Promise<void> {
  authorise(ctx, 'workspace.manage');
  const name = readTyped(workspaceName, typed);
  const before = await currentWorkspace({ ctx });
  if (before.name === name) return;
  await inWorkspace(ctx, async (tx) => {
    await tx.update(workspaces).set({ name }).where(eq(workspaces.id, before.id));
    await recordAudit(tx, ctx, {
      action: 'workspace.renamed',
      target: { kind: 'workspace', id: before.id, name },
      details: { before: before.name },
    });
  });
}

/**
 * Makes the person who asks a member of where a link leads, and moves their session there. Throws
 * CONFLICT when the invitation is spent, FORBIDDEN when it is for another address.
 */
export async function acceptInvitation({ ctx, token }: { ctx: Ctx; token: string }): Promise<void> {
  const { userId, name } = personOf(ctx);
  const invitation = await openInvitation(ctx.db, token);
  await ctx.db.tx(null, async (tx) => {
    await spendInvitation(tx, invitation, token, userId);
    const actor = { ...ctx.actor, workspaceId: invitation.workspaceId };
    const entry = joinedBy(invitation, { userId, userName: name });
    await recordAudit(tx, { ...ctx, actor }, entry);
    await tx.execute(moved(ctx, invitation.workspaceId));
  });
}

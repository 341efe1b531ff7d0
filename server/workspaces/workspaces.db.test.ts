import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '@/db/schema';
import { AUDIT_ACTIONS, exportAudit, listAudit } from '@/server/audit';
import { actorOf, contextOfActor } from '@/server/auth/context';
import { register } from '@/server/auth/register';
import { sessionById } from '@/server/auth/session';
import type { Ctx } from '@/server/context';
import { guestOf } from '@/tests/guest';
import { createWorld, type World } from '@/tests/world';
import { invite, listInvitations, revokeInvitation } from './invite';
import { changeRole, handOver, leaveWorkspace, listMembers, removeMember } from './members';
import {
  acceptInvitation,
  createWorkspace,
  currentWorkspace,
  listWorkspaces,
  renameWorkspace,
  switchWorkspace,
} from './workspace';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const guest = () => guestOf(world);
let people = 0;

async function person(): Promise<Ctx> {
  const name = `Person ${++people}`;
  const input = { name, email: `person-${people}@example.org`, password: 'violet kettle ninety' };
  const session = await register({ guest: guest(), input });
  return contextOfActor({ db: world.web, storage: world.storage }, actorOf(session));
}

const idOf = (ctx: Ctx) => (ctx.actor.kind === 'user' ? ctx.actor.userId : '');

/** As the next request of the same session sees it. */
async function next(ctx: Ctx): Promise<Ctx> {
  if (ctx.actor.kind !== 'user') throw new Error('People only');
  const session = await sessionById(world.web, ctx.actor.sessionId);
  if (!session) throw new Error('The session has ended');
  return { ...ctx, actor: actorOf(session) };
}

/** A person who joins by a link, and their context in the workspace. */
async function joined(admin: Ctx, role: Role): Promise<Ctx> {
  const ctx = await person();
  const { link } = await invite({ ctx: admin, guest: guest(), input: { role, email: null } });
  await acceptInvitation({ ctx, token: new URL(link ?? '').searchParams.get('token') ?? '' });
  return next(ctx);
}

/** Why each was refused; null for what was not. */
const reasons = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((r) => (r.status === 'rejected' ? r.reason.reason : null));

const actions = async (ctx: Ctx) => (await listAudit({ ctx })).rows.map(({ action }) => action);

describe('one person in several workspaces', () => {
  it('joins by a link, moves between them and sees one at a time', async () => {
    const admin = await person();
    const ada = await joined(admin, 'viewer');
    expect(ada.actor).toMatchObject({ workspaceId: admin.actor.workspaceId, role: 'viewer' });
    const [own, other] = await listWorkspaces({ ctx: ada });
    expect(other?.workspaceId).toBe(admin.actor.workspaceId);
    await switchWorkspace({ ctx: ada, workspaceId: own?.workspaceId ?? '' });
    const back = await next(ada);
    expect(back.actor).toMatchObject({ workspaceId: own?.workspaceId, role: 'admin' });
    expect(await listMembers({ ctx: back })).toHaveLength(1);
  });

  it('does not move to a stranger’s', async () => {
    const [ada, eve] = [await person(), await person()];
    const move = switchWorkspace({ ctx: eve, workspaceId: ada.actor.workspaceId });
    await expect(move).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('makes another and stands in it', async () => {
    const ada = await person();
    const id = await createWorkspace({ ctx: ada, name: '  Second   laboratory ' });
    const there = await next(ada);
    expect(await currentWorkspace({ ctx: there })).toMatchObject({ id, name: 'Second laboratory' });
    expect(await actions(there)).toEqual(['workspace.created']);
    await renameWorkspace({ ctx: there, name: 'Third' });
    expect(await currentWorkspace({ ctx: there })).toMatchObject({ name: 'Third' });
    expect(await currentWorkspace({ ctx: ada })).not.toMatchObject({ name: 'Third' });
  });
});

describe('members', () => {
  it('are managed by admins alone', async () => {
    const admin = await person();
    const viewer = await joined(admin, 'viewer');
    const userId = idOf(admin);
    const tries = [
      changeRole({ ctx: viewer, userId, role: 'viewer' }),
      removeMember({ ctx: viewer, userId }),
      handOver({ ctx: viewer, userId }),
      invite({ ctx: viewer, guest: guest(), input: { role: 'admin', email: null } }),
      listInvitations({ ctx: viewer }),
      renameWorkspace({ ctx: viewer, name: 'Mine' }),
      listAudit({ ctx: viewer }),
    ];
    expect(await reasons(tries)).toEqual(tries.map(() => 'ROLE_TOO_LOW'));
    expect(await listMembers({ ctx: viewer })).toHaveLength(2);
  });

  it('of another workspace are not found', async () => {
    const [ada, eve] = [await person(), await person()];
    const userId = idOf(ada);
    const tries = [
      changeRole({ ctx: eve, userId, role: 'viewer' }),
      removeMember({ ctx: eve, userId }),
      handOver({ ctx: eve, userId }),
    ];
    expect(await reasons(tries)).toEqual(tries.map(() => 'NOT_FOUND'));
  });

  it('always keep an admin, even when the last two leave at once', async () => {
    const ada = await person();
    const refused = { reason: 'LAST_ADMIN' };
    await expect(leaveWorkspace({ ctx: ada })).rejects.toMatchObject(refused);
    const demote = changeRole({ ctx: ada, userId: idOf(ada), role: 'viewer' });
    await expect(demote).rejects.toMatchObject(refused);
    const bob = await joined(ada, 'admin');
    const both = await Promise.allSettled([
      leaveWorkspace({ ctx: ada }),
      leaveWorkspace({ ctx: bob }),
    ]);
    expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are handed over, change roles and are removed, and the log says so', async () => {
    const ada = await person();
    const bob = await joined(ada, 'viewer');
    await changeRole({ ctx: ada, userId: idOf(bob), role: 'researcher' });
    expect((await next(bob)).actor).toMatchObject({ role: 'researcher' });
    await handOver({ ctx: ada, userId: idOf(bob) });
    expect((await next(ada)).actor).toMatchObject({ role: 'researcher' });
    const admin = await next(bob);
    await removeMember({ ctx: admin, userId: idOf(ada) });
    await expect(next(ada)).rejects.toThrow('ended');
    expect(await actions(admin)).toEqual([
      'member.removed',
      'member.handed-over',
      'member.role-changed',
      'member.joined',
      'member.invited',
      'session.signed-in',
      'workspace.created',
      'account.registered',
    ]);
  });
});

describe('invitations', () => {
  it('are listed, and withdrawn ones are no good', async () => {
    const admin = await person();
    const own = guest();
    await invite({ ctx: admin, guest: own, input: { role: 'viewer', email: 'New@Example.org' } });
    const [open] = await listInvitations({ ctx: admin });
    expect(open).toMatchObject({ email: 'new@example.org', role: 'viewer' });
    const stranger = await person();
    const invitationId = open?.id ?? '';
    const foreign = revokeInvitation({ ctx: stranger, invitationId });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeInvitation({ ctx: admin, invitationId });
    expect(await listInvitations({ ctx: admin })).toEqual([]);
    const token = own.linkTo('new@example.org').searchParams.get('token') ?? '';
    const late = acceptInvitation({ ctx: stranger, token });
    await expect(late).rejects.toMatchObject({ reason: 'INVITATION_CLOSED' });
  });

  it('for one address are not for another', async () => {
    const admin = await person();
    const own = guest();
    await invite({ ctx: admin, guest: own, input: { role: 'viewer', email: 'x@example.org' } });
    const token = own.linkTo('x@example.org').searchParams.get('token') ?? '';
    const other = acceptInvitation({ ctx: await person(), token });
    await expect(other).rejects.toMatchObject({ reason: 'INVITATION_OF_ANOTHER' });
  });

  it('are not made when their letter does not leave', async () => {
    const admin = await person();
    const mailer = { send: () => Promise.reject(new Error('refused')) };
    const input = { role: 'viewer', email: 'y@example.org' };
    const failed = invite({ ctx: admin, guest: guestOf(world, { mailer }), input });
    await expect(failed).rejects.toMatchObject({ reason: 'MAIL_UNAVAILABLE' });
    const none = invite({ ctx: admin, guest: guestOf(world, { mailer: null }), input });
    await expect(none).rejects.toMatchObject({ reason: 'MAIL_UNAVAILABLE' });
    expect(await listInvitations({ ctx: admin })).toEqual([]);
  });
});

describe('the audit log', () => {
  it('is filtered, counted and exported, which is recorded too', async () => {
    const ada = await person();
    await joined(ada, 'viewer');
    const invited = await listAudit({ ctx: ada, filter: { action: 'member.invited' } });
    expect(invited).toMatchObject({ matching: 1, total: 5 });
    const today = new Date().toISOString().slice(0, 10);
    expect(await listAudit({ ctx: ada, filter: { from: today, to: today } })).toMatchObject({
      matching: 5,
    });
    expect(await listAudit({ ctx: ada, filter: { to: '2001-01-01' } })).toMatchObject({
      matching: 0,
    });
    expect(await listAudit({ ctx: ada, filter: { search: '%' } })).toMatchObject({ matching: 0 });
    expect(await exportAudit({ ctx: ada })).toHaveLength(5);
    expect((await actions(ada))[0]).toBe('audit.exported');
  });

  it('cannot be changed or shortened by the application', async () => {
    const ada = await person();
    for (const statement of ['delete from audit_log', `update audit_log set action = 'x'`]) {
      const tried = world.web.tx(ada.actor.workspaceId, (tx) => tx.execute(sql.raw(statement)));
      await expect(tried, statement).rejects.toThrow();
    }
    for (const action of await actions(ada)) expect(AUDIT_ACTIONS).toHaveProperty([action]);
  });
});

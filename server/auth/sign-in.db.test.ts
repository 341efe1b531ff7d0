import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoginToken } from '@/db/local';
import { guestOf } from '@/tests/guest';
import { createWorld, type World } from '@/tests/world';
import { forgetEnded } from './forget';
import { sealSession, sessionById, sessionOfToken } from './session';
import { signInUser, signInWithLoginToken } from './sign-in';

const secret = 'a secret that is long enough for tests';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function userSession() {
  const ctx = await world.member('viewer');
  if (ctx.actor.kind !== 'user') throw new Error('Members are people');
  const user = { userId: ctx.actor.userId, userName: 'Ada' };
  return { user, session: await signInUser({ guest: guestOf(world), user }) };
}

describe('the token that `up` prints', () => {
  it('signs in to the local workspace, once', async () => {
    const token = await createLoginToken(world.database.ownerUrl);
    const session = await signInWithLoginToken({ guest: guestOf(world), token });
    expect(session).toMatchObject({ isLocal: true, role: 'admin', kind: 'web' });
    expect(await signInWithLoginToken({ guest: guestOf(world), token })).toBeNull();
  });
});

describe('a session', () => {
  it('is recorded with where it came from', async () => {
    const { session } = await userSession();
    const entries = await world.superuser`
      select action, actor_id as "actorId", address from audit_log
      where workspace_id = ${session.workspaceId}`;
    expect([...entries]).toEqual([
      { action: 'session.signed-in', actorId: session.userId, address: '192.0.2.7' },
    ]);
  });

  it('is found by its own kind of token only, and by no forged one', async () => {
    const { session } = await userSession();
    const cookie = await sealSession(session.sessionId, 'web', secret, 60);
    const access = await sealSession(session.sessionId, 'program', secret, 60);
    const find = (kind: 'web' | 'program', token: string, with_ = secret) =>
      sessionOfToken(world.web, kind, token, with_);
    expect(await find('web', cookie)).toEqual(session);
    expect(await find('program', cookie)).toBeNull();
    expect(await find('web', access)).toBeNull();
    // A web session is no program's, even when its id is sealed as one.
    expect(await find('program', access)).toBeNull();
    expect(await find('web', cookie, `${secret}!`)).toBeNull();
    expect(await find('web', `${cookie}x`)).toBeNull();
  });

  it('ends a day after its last use, and a month after the sign-in whatever happens', async () => {
    const { session } = await userSession();
    const hoursLeft = async () => {
      const [row] = await world.superuser`
        select extract(epoch from expires_at - now()) / 3600 as hours from sessions
        where id = ${session.sessionId}`;
      return Math.round(Number(row?.hours));
    };
    const age = (column: string, by: string) =>
      world.superuser.unsafe(
        `update sessions set ${column} = ${column} - interval '${by}' where id = '${session.sessionId}'`,
      );
    expect(await hoursLeft()).toBe(24);
    await age('last_seen_at', '3 hours');
    await age('expires_at', '3 hours');
    expect(await hoursLeft()).toBe(21);
    await sessionById(world.web, session.sessionId);
    expect(await hoursLeft()).toBe(24);
    await age('last_seen_at', '3 hours');
    await age('created_at', '29 days 20 hours');
    await sessionById(world.web, session.sessionId);
    expect(await hoursLeft()).toBe(4);
    await age('expires_at', '5 hours');
    expect(await sessionById(world.web, session.sessionId)).toBeNull();
  });

  it('goes on elsewhere when its person leaves the workspace, and ends when there is no other', async () => {
    const { session, user } = await userSession();
    const [other] =
      await world.superuser`insert into workspaces (name) values ('Other') returning id`;
    await world.superuser`insert into memberships (workspace_id, user_id, role)
      values (${other?.id}, ${user.userId}, 'researcher')`;
    const leave = (workspaceId: string) => world.superuser`
      delete from memberships where user_id = ${user.userId} and workspace_id = ${workspaceId}`;
    await leave(session.workspaceId);
    expect(await sessionById(world.web, session.sessionId)).toMatchObject({
      workspaceId: other?.id,
      role: 'researcher',
    });
    await leave(other?.id);
    expect(await sessionById(world.web, session.sessionId)).toBeNull();
  });

  it('is forgotten a month after its end, and not before', async () => {
    const [old, recent, live] = [await userSession(), await userSession(), await userSession()];
    const end = (id: string, ago: string) =>
      world.superuser.unsafe(
        `update sessions set revoked_at = now() - interval '${ago}' where id = '${id}'`,
      );
    await end(old.session.sessionId, '31 days');
    await end(recent.session.sessionId, '29 days');
    await forgetEnded(world.worker);
    const rows = await world.superuser`select id from sessions`;
    const kept = rows.map(({ id }) => id);
    expect(kept).not.toContain(old.session.sessionId);
    expect(kept).toEqual(
      expect.arrayContaining([recent.session.sessionId, live.session.sessionId]),
    );
  });
});

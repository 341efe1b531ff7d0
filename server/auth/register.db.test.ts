import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invite } from '@/server/workspaces/invite';
import { listMembers } from '@/server/workspaces/members';
import { guestOf, type TestGuest } from '@/tests/guest';
import { createWorld, type World } from '@/tests/world';
import { changePassword, endOtherSessions, endSession, getAccount, listSessions } from './account';
import { confirmEmail } from './confirm-email';
import { actorOf, contextOfActor } from './context';
import { mayRegister, register } from './register';
import { requestPasswordReset, resetPassword } from './reset-password';
import { type Session, sessionById } from './session';
import { signInWithPassword } from './sign-in';

const password = 'violet kettle ninety';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let people = 0;
const someone = () => `person-${++people}@example.org`;
const contextOf = (guest: TestGuest, session: Session) =>
  contextOfActor({ db: world.web, storage: world.storage }, actorOf(session), guest.from);

async function registered(guest = guestOf(world), email = someone()) {
  const input = { name: 'Ada Lovelace', email, password };
  const session = await register({ guest, input });
  return { guest, email, session, ctx: contextOf(guest, session) };
}

const tokenIn = (guest: TestGuest, email: string) =>
  guest.linkTo(email).searchParams.get('token') ?? '';

describe('registering', () => {
  it('is for the first person, then for who is invited, unless it is open', async () => {
    const own = await createWorld();
    try {
      const guest = guestOf(own, { registration: 'invited' });
      expect(await mayRegister(guest)).toBe(true);
      const tries = ['one', 'two', 'three'].map((name) =>
        register({ guest, input: { name, email: `${name}@example.org`, password } }),
      );
      const results = await Promise.allSettled(tries);
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      expect(await mayRegister(guest)).toBe(false);
      const late = register({ guest, input: { name: 'Eve', email: 'eve@example.org', password } });
      await expect(late).rejects.toMatchObject({ reason: 'REGISTRATION_CLOSED' });
    } finally {
      await own.close();
    }
  });

  it('makes an admin of a workspace of their own', async () => {
    const { ctx, session, email } = await registered();
    expect(session).toMatchObject({ role: 'admin', workspaceName: "Ada Lovelace's workspace" });
    expect(await getAccount({ ctx })).toMatchObject({
      email,
      isVerified: false,
      hasPassword: true,
    });
  });

  it('keeps no password, only its argon2id hash, and shows the app neither', async () => {
    const { session } = await registered();
    const [row] = await world.superuser`
      select hash from passwords where user_id = ${session.userId}`;
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const table of ['passwords', 'identities', 'refresh_tokens', 'mail_tokens']) {
      const read = world.web.tx(session.workspaceId, (tx) =>
        tx.execute(sql.raw(`select * from ${table}`)),
      );
      await expect(read, table).rejects.toThrow();
    }
  });

  it.each([
    ['short', 'kettle9', 'PASSWORD_LENGTH'],
    ['common', 'iloveyou1234', 'PASSWORD_COMMON'],
    ['made of their name', 'AdaLovelace1', 'PASSWORD_COMMON'],
  ])('refuses a password that is %s', async (_, poor, reason) => {
    const input = { name: 'Ada Lovelace', email: someone(), password: poor };
    await expect(register({ guest: guestOf(world), input })).rejects.toMatchObject({ reason });
  });

  it('refuses an address that has an account, in whatever case', async () => {
    const { email, guest } = await registered();
    const input = { name: 'Eve', email: email.toUpperCase(), password };
    await expect(register({ guest, input })).rejects.toMatchObject({ reason: 'EMAIL_TAKEN' });
  });

  it('confirms the address by a mailed link, once', async () => {
    const { email, guest, ctx } = await registered();
    const token = tokenIn(guest, email);
    await confirmEmail({ guest, ctx, token });
    expect(await getAccount({ ctx })).toMatchObject({ isVerified: true });
    await expect(confirmEmail({ guest, ctx, token })).rejects.toMatchObject({
      reason: 'LINK_SPENT',
    });
  });

  it('joins the workspace of an invitation, whose mailed link shows that the address is theirs', async () => {
    const { guest, ctx } = await registered();
    const email = someone();
    await invite({ ctx, guest, input: { role: 'viewer', email } });
    const invitation = tokenIn(guest, email);
    const other = { name: 'Eve', email: someone(), password, invitation };
    await expect(register({ guest, input: other })).rejects.toMatchObject({
      reason: 'INVITATION_OF_ANOTHER',
    });
    const session = await register({ guest, input: { ...other, email } });
    expect(session).toMatchObject({ role: 'viewer', workspaceId: ctx.actor.workspaceId });
    expect(await getAccount({ ctx: contextOf(guest, session) })).toMatchObject({
      isVerified: true,
    });
    expect(await listMembers({ ctx })).toHaveLength(2);
    const again = register({ guest, input: { ...other, email: someone() } });
    await expect(again).rejects.toMatchObject({ reason: 'INVITATION_CLOSED' });
  });
});

describe('signing in with a password', () => {
  it('says the same of a wrong password and of an unknown address', async () => {
    const { guest, email } = await registered();
    const refusal = (input: { email: string; password: string }) =>
      signInWithPassword({ guest, input }).catch(({ reason, userMessage }) => [
        reason,
        userMessage,
      ]);
    const wrong = await refusal({ email, password: 'another kettle' });
    expect(wrong).toEqual(await refusal({ email: someone(), password }));
    expect(await signInWithPassword({ guest, input: { email, password } })).toMatchObject({
      userName: 'Ada Lovelace',
    });
  });

  it('makes who guesses wait, even with the right password at last', async () => {
    const { guest, email } = await registered();
    const guess = (typed: string) =>
      signInWithPassword({ guest, input: { email, password: typed } });
    for (let n = 0; n < 4; n += 1) {
      await expect(guess('no')).rejects.toMatchObject({ reason: 'CREDENTIALS_WRONG' });
    }
    await expect(guess(password)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
  });
});

describe('choosing a new password', () => {
  it('by a mailed link ends every session, works once, and tells nobody who has an account', async () => {
    const { guest, email, session } = await registered();
    guest.letters.length = 0;
    await requestPasswordReset({ guest, email: someone() });
    await requestPasswordReset({ guest, email });
    await expect.poll(() => guest.letters.length).toBe(1);
    const token = tokenIn(guest, email);
    const poor = resetPassword({ guest, token, password: 'password12' });
    await expect(poor).rejects.toMatchObject({ reason: 'PASSWORD_COMMON' });
    const next = 'ninety violet kettles';
    const anew = await resetPassword({ guest, token, password: next });
    expect(await sessionById(world.web, session.sessionId)).toBeNull();
    expect(await sessionById(world.web, anew.sessionId)).not.toBeNull();
    const again = resetPassword({ guest, token, password: next });
    await expect(again).rejects.toMatchObject({ reason: 'LINK_SPENT' });
    const old = signInWithPassword({ guest, input: { email, password } });
    await expect(old).rejects.toMatchObject({ reason: 'CREDENTIALS_WRONG' });
  });

  it('while signed in asks for the present one and ends the other sessions', async () => {
    const { guest, email, ctx, session } = await registered();
    const other = await signInWithPassword({ guest, input: { email, password } });
    const change = (present: string) =>
      changePassword({ ctx, guard: guest.guard, input: { present, next: 'ninety kettles sing' } });
    await expect(change('no')).rejects.toMatchObject({ reason: 'PASSWORD_WRONG' });
    await change(password);
    expect(await sessionById(world.web, other.sessionId)).toBeNull();
    expect(await sessionById(world.web, session.sessionId)).not.toBeNull();
  });
});

describe('own sessions', () => {
  it('are listed and ended one by one or all others at once, and nobody else’s', async () => {
    const { guest, email, ctx, session } = await registered();
    const input = { email, password };
    const [second, third] = [
      await signInWithPassword({ guest, input }),
      await signInWithPassword({ guest, input }),
    ];
    const { ctx: stranger } = await registered();
    const foreign = endSession({ ctx: stranger, sessionId: second.sessionId });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listSessions({ ctx })).toHaveLength(3);
    await endSession({ ctx, sessionId: second.sessionId });
    expect(await sessionById(world.web, second.sessionId)).toBeNull();
    expect(await endOtherSessions({ ctx })).toBe(1);
    expect(await sessionById(world.web, third.sessionId)).toBeNull();
    const left = await listSessions({ ctx });
    expect(left.map(({ id, isThis }) => [id, isThis])).toEqual([[session.sessionId, true]]);
  });
});

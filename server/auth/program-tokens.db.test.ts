import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoginToken } from '@/db/local';
import { guestOf } from '@/tests/guest';
import { createWorld, type World } from '@/tests/world';
import { ACCESS_SECONDS, type Grant, issueTokens } from './program-tokens';
import { register } from './register';
import { sessionOfToken } from './session';

const secret = 'a secret that is long enough for tests';
const password = 'violet kettle ninety';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const issue = (grant: Grant) => issueTokens({ guest: guestOf(world), secret, grant });
const refresh = (refreshToken: string) => issue({ grant: 'refresh_token', refreshToken });
const sessionOf = (access: string) => sessionOfToken(world.web, 'program', access, secret);

async function program() {
  const token = await createLoginToken(world.database.ownerUrl);
  return issue({ grant: 'one_time_token', token });
}

describe('tokens for programs', () => {
  it('come for an address and its password', async () => {
    const email = 'ada@example.org';
    const input = { name: 'Ada', email, password };
    const { userId } = await register({ guest: guestOf(world), input });
    const tokens = await issue({ grant: 'password', email, password });
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: ACCESS_SECONDS });
    expect(await sessionOf(tokens.access_token)).toMatchObject({ userId, kind: 'program' });
    const wrong = issue({ grant: 'password', email, password: 'no' });
    await expect(wrong).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('come once for a one-time token', async () => {
    const token = await createLoginToken(world.database.ownerUrl);
    const tokens = await issue({ grant: 'one_time_token', token });
    expect(await sessionOf(tokens.access_token)).not.toBeNull();
    const again = issue({ grant: 'one_time_token', token });
    await expect(again).rejects.toMatchObject({ reason: 'TOKEN_SPENT' });
  });

  it('are renewed by a refresh token, which is another each time', async () => {
    const first = await program();
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const third = await refresh(second.refresh_token);
    expect(await sessionOf(third.access_token)).toEqual(await sessionOf(first.access_token));
  });

  it('all end when a refresh token comes back a second time', async () => {
    const [stolen, other] = [await program(), await program()];
    const next = await refresh(stolen.refresh_token);
    const reuse = refresh(stolen.refresh_token);
    await expect(reuse).rejects.toMatchObject({ reason: 'REFRESH_TOKEN_INVALID' });
    for (const { access_token } of [stolen, next]) expect(await sessionOf(access_token)).toBeNull();
    await expect(refresh(next.refresh_token)).rejects.toThrow();
    expect(await sessionOf(other.access_token)).not.toBeNull();
  });

  it('are given to at most one of two that refresh at the same time, and then end', async () => {
    const { refresh_token } = await program();
    const both = await Promise.allSettled([refresh(refresh_token), refresh(refresh_token)]);
    const given = both.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
    // The second may have ended the family before the first is answered.
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { access_token } of given) expect(await sessionOf(access_token)).toBeNull();
    await expect(refresh(refresh_token)).rejects.toThrow();
  });

  it('cannot be renewed after a week', async () => {
    const { refresh_token } = await program();
    await world.superuser`update refresh_tokens set expires_at = now()`;
    await expect(refresh(refresh_token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

import { describe, expect, it } from 'vitest';
import { noSessionCookie, sessionCookie } from './cookie';

const NEXTAUTH_SECRET = 'a secret that is long enough for tests';
const sessionId = '00000000-0000-4000-8000-000000000000';

describe('the session cookie', () => {
  it('can be set by no other host, over https, and read by no script', async () => {
    const env = { NEXTAUTH_URL: 'https://phial.example.org', NEXTAUTH_SECRET };
    const cookie = await sessionCookie(sessionId, env);
    const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
    expect(cookie).toMatchObject({ name: '__Host-phial.session-token', ...attributes });
    expect(cookie).not.toHaveProperty('domain');
    expect(noSessionCookie(env)).toMatchObject({ name: cookie.name, maxAge: 0, ...attributes });
  });

  it('has a plain name over http, where browsers refuse the prefix', async () => {
    const env = { NEXTAUTH_URL: 'http://127.0.0.1:3000', NEXTAUTH_SECRET };
    const cookie = await sessionCookie(sessionId, env);
    expect(cookie).toMatchObject({ name: 'phial.session-token', httpOnly: true, secure: false });
  });

  it('says nothing of its session to who has no secret', async () => {
    const env = { NEXTAUTH_URL: 'https://phial.example.org', NEXTAUTH_SECRET };
    const [one, two] = [await sessionCookie(sessionId, env), await sessionCookie(sessionId, env)];
    expect(one.value).not.toBe(two.value);
    expect(Buffer.from(one.value, 'base64url').toString()).not.toContain(sessionId);
  });
});

/** The one cookie that signs in. */
import { LONGEST_SESSION_SECONDS, sealSession } from './session';

/** Over https with the prefix that lets no other host of the domain set it (RFC 6265bis, 4.1.3.2). */
export const sessionCookieName = (publicUrl: string): string =>
  isHttps(publicUrl) ? '__Host-phial.session-token' : 'phial.session-token';

const isHttps = (publicUrl: string) => publicUrl.startsWith('https:');

/** Attributes of every cookie that signing in needs. */
export const cookieAttributes = (publicUrl: string) =>
  ({ httpOnly: true, sameSite: 'lax', secure: isHttps(publicUrl), path: '/' }) as const;

interface Settings {
  NEXTAUTH_URL: string;
  NEXTAUTH_SECRET: string;
}

/** As Next's cookie jar sets it. It may outlive its session, whose row decides. */
export async function sessionCookie(sessionId: string, env: Settings) {
  return {
    name: sessionCookieName(env.NEXTAUTH_URL),
    value: await sealSession(sessionId, 'web', env.NEXTAUTH_SECRET, LONGEST_SESSION_SECONDS),
    ...cookieAttributes(env.NEXTAUTH_URL),
    maxAge: LONGEST_SESSION_SECONDS,
  };
}

/** Takes the cookie away; with all its attributes, for a `__Host-` cookie is not removed without them. */
export const noSessionCookie = ({ NEXTAUTH_URL }: Pick<Settings, 'NEXTAUTH_URL'>) => ({
  name: sessionCookieName(NEXTAUTH_URL),
  value: '',
  ...cookieAttributes(NEXTAUTH_URL),
  maxAge: 0,
});

/**
 * The identity provider, by way of next-auth. Its route handler is called for two things alone: to
 * begin (state, nonce and PKCE in cookies, then off to the provider) and to read the provider's answer.
 * Everything else of it stays shut: our sessions are rows, and our forms are server actions that work
 * before any script has loaded, which its own sign-in and sign-out do not.
 */
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { DomainError } from '@/server/errors';
import { web } from '@/server/web';
import { cookieAttributes, sessionCookieName } from './cookie';
import { currentGuest } from './guest';
import { signInWithIdentity } from './identity';
import { LONGEST_SESSION_SECONDS } from './session';

const PROVIDER = 'oidc';
const INVITATION_COOKIE = 'phial.invitation';
const INVITATION_SECONDS = 15 * 60;

/** The claims that are read (OpenID Connect Core 1.0, 5.1). */
interface Claims extends Record<string, unknown> {
  sub: string;
  name?: string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean;
}

/** What the sign-in page calls the provider; null without one. */
export function providerName(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = web().env;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return null;
  return OIDC_NAME ?? new URL(OIDC_ISSUER).host;
}

function provider(): OAuthConfig<Claims> {
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = web().env;
  const issuer = OIDC_ISSUER.replace(/\/$/, '');
  return {
    id: PROVIDER,
    name: providerName() ?? PROVIDER,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    // A client without a secret is a public one, which PKCE protects.
    client: OIDC_CLIENT_SECRET ? {} : { token_endpoint_auth_method: 'none' },
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    profile: (claims) => ({ id: claims.sub, name: claims.name, email: claims.email }),
  };
}

/** next-auth's settings for one request. `onProblem` hears why somebody known is not let in. */
function options(onProblem: (error: DomainError) => void = () => {}): AuthOptions {
  const { env } = web();
  const attributes = cookieAttributes(env.NEXTAUTH_URL);
  const named = (name: string) => ({
    name: sessionCookieName(env.NEXTAUTH_URL).replace('session-token', name),
    options: attributes,
  });
  let sessionId: string | null = null;
  return {
    secret: env.NEXTAUTH_SECRET,
    providers: [provider()],
    session: { strategy: 'jwt', maxAge: LONGEST_SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: named('session-token'),
      callbackUrl: named('callback-url'),
      csrfToken: named('csrf-token'),
      pkceCodeVerifier: named('pkce'),
      state: named('state'),
      nonce: named('nonce'),
    },
    callbacks: {
      async signIn({ profile }) {
        try {
          sessionId = await sessionFor(profile as Claims);
          return true;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          onProblem(error);
          return false;
        }
      },
      // What `sealSession` puts into the cookie: next-auth seals it the same way.
      jwt: async () => ({ sid: sessionId }),
      redirect: async ({ baseUrl }) => baseUrl,
    },
    logger: {
      error: (code) => web().log.warn({ code }, 'identity provider'),
      warn: () => {},
      debug: () => {},
    },
  };
}

async function sessionFor(claims: Claims): Promise<string> {
  const email = claims.email?.trim().toLowerCase() ?? null;
  const session = await signInWithIdentity({
    guest: await currentGuest(),
    identity: {
      issuer: web().env.OIDC_ISSUER ?? '',
      subject: claims.sub,
      name: (claims.name ?? claims.preferred_username ?? email ?? claims.sub).slice(0, 100),
      email: claims.email_verified === true ? email : null,
    },
    invitation: (await cookies()).get(INVITATION_COOKIE)?.value ?? null,
  });
  return session.sessionId;
}

const call = (request: NextRequest, action: string[], settings: AuthOptions): Promise<Response> =>
  NextAuth(request as never, { params: Promise.resolve({ nextauth: action }) } as never, settings);

/** Sets what the browser has to bring back and returns the provider's address to go to. */
export async function beginAtProvider(invitation: string | null): Promise<string> {
  const { env } = web();
  const jar = await cookies();
  const keep = (response: Response) => {
    for (const cookie of new NextResponse(null, response).cookies.getAll()) jar.set(cookie);
  };
  const at = (path: string, init?: ConstructorParameters<typeof NextRequest>[1]) =>
    new NextRequest(new URL(`/api/auth/${path}`, env.NEXTAUTH_URL), init);
  const settings = options();
  const csrf = await call(at('csrf'), ['csrf'], settings);
  keep(csrf);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/' });
  const begun = await call(
    at(`signin/${PROVIDER}`, { method: 'POST', body }),
    ['signin', PROVIDER],
    settings,
  );
  keep(begun);
  if (invitation) {
    jar.set({
      name: INVITATION_COOKIE,
      value: invitation,
      ...cookieAttributes(env.NEXTAUTH_URL),
      maxAge: INVITATION_SECONDS,
    });
  }
  const address = begun.headers.get('location');
  // With the provider away next-auth leads to its own error page.
  if (!address || address.startsWith(new URL(env.NEXTAUTH_URL).origin)) throw providerAway();
  return address;
}

const providerAway = () =>
  new DomainError(
    'UNAVAILABLE',
    'PROVIDER_UNAVAILABLE',
    'The identity provider could not be reached. Try again in a moment, or sign in another way.',
  );

/** Reads the provider's answer: signs in and leads on, or back to the sign-in page with what is wrong. */
export async function finishAtProvider(request: NextRequest): Promise<Response> {
  let problem: string | null = null;
  const settings = options((error) => {
    problem = error.reason;
  });
  const response = await call(request, ['callback', PROVIDER], settings);
  const location = response.headers.get('location') ?? '';
  const failed = problem !== null || response.status >= 400 || /[?&]error=/.test(location);
  if (failed) {
    const back = new URL('/sign-in', web().env.NEXTAUTH_URL);
    back.searchParams.set('problem', problem ?? 'PROVIDER_REFUSED');
    return NextResponse.redirect(back, 303);
  }
  const next = new NextResponse(response.body, response);
  next.cookies.delete(INVITATION_COOKIE);
  return next;
}

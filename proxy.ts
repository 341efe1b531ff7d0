/** Gives every page its Content-Security-Policy; Next puts the nonce on its own scripts. */
import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { webEnv } from '@/server/env';
import { contentSecurityPolicy } from '@/server/http/content-security-policy';

export function proxy(request: NextRequest): NextResponse {
  const env = webEnv();
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), {
    signInOrigins: env.OIDC_ISSUER ? [new URL(env.OIDC_ISSUER).origin] : [],
    isDevelopment: env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

export const config = {
  matcher: [
    {
      // Pages. Files and what programs call have policies of their own.
      source:
        '/((?!api/|_next/|research$|status/|jobs(?:/|$)|reports/|openapi\\.json|pdfjs/|runs/[^/]+/files/|papers/[^/]+/file|ask/[^/]+/answers/|.*\\.(?:svg|png|csv|gz|woff2?)$).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
};

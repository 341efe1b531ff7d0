import { z } from 'zod';
import { currentGuest } from '@/server/auth/guest';
import { type Grant, issueTokens } from '@/server/auth/program-tokens';
import { DomainError, invalid } from '@/server/errors';
import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

const text = z.string().min(1).max(4_000);
const body = z.discriminatedUnion('grant_type', [
  z.object({ grant_type: z.literal('password'), username: text, password: text }),
  z.object({ grant_type: z.literal('one_time_token'), token: text }),
  z.object({ grant_type: z.literal('refresh_token'), refresh_token: text }),
]);

const STATUS: Partial<Record<DomainError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  LIMIT_REACHED: 429,
};

/**
 * Tokens for a program: `grant_type` is `password` (`username`, `password`), `one_time_token` (`token`)
 * or `refresh_token` (`refresh_token`), as JSON or as a form (RFC 6749, 4.3 and 6).
 */
export async function POST(request: Request): Promise<Response> {
  const guest = await currentGuest();
  try {
    const grant = await grantOf(request);
    const tokens = await issueTokens({ guest, grant, secret: web().env.NEXTAUTH_SECRET });
    return Response.json(tokens, { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { reason, userMessage, details } = error;
    const headers = new Headers({ 'Cache-Control': 'no-store' });
    if (typeof details.retryAfterSeconds === 'number') {
      headers.set('Retry-After', String(details.retryAfterSeconds));
    }
    return Response.json(
      { error: reason, message: userMessage, requestId: guest.requestId },
      { status: STATUS[error.code] ?? 400, headers },
    );
  }
}

async function grantOf(request: Request): Promise<Grant> {
  const parsed = body.safeParse(await bodyOf(request));
  if (!parsed.success) {
    throw invalid(
      'GRANT_INVALID',
      'Send grant_type=password with username and password, grant_type=one_time_token with token, or grant_type=refresh_token with refresh_token.',
    );
  }
  const given = parsed.data;
  switch (given.grant_type) {
    case 'password':
      return { grant: 'password', email: given.username, password: given.password };
    case 'one_time_token':
      return { grant: 'one_time_token', token: given.token };
    case 'refresh_token':
      return { grant: 'refresh_token', refreshToken: given.refresh_token };
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    if (request.headers.get('content-type')?.includes('json')) return await request.json();
    return Object.fromEntries(await request.formData());
  } catch {
    return null;
  }
}

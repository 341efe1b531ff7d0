/** Verbs behind plain HTTP: who asks, and errors as status and JSON. */
import { signedIn, unauthenticated } from '@/server/auth/context';
import type { Ctx } from '@/server/context';
import { DomainError, type ErrorCode } from '@/server/errors';
import { web } from '@/server/web';

const STATUS: Record<ErrorCode, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  INVALID: 400,
  CONFLICT: 409,
  LIMIT_REACHED: 429,
  UNAVAILABLE: 503,
};

/** Answers with what `work` gives; an error people can act on says its reason. */
export async function respond(work: (ctx: Ctx) => Promise<Response>): Promise<Response> {
  let requestId: string | null = null;
  try {
    const known = await signedIn();
    if (!known) throw unauthenticated();
    requestId = known.ctx.requestId;
    return await work(known.ctx);
  } catch (error) {
    if (error instanceof DomainError) {
      const { reason, userMessage, details } = error;
      return Response.json(
        { error: reason, message: userMessage, details },
        { status: STATUS[error.code] },
      );
    }
    web().log.error({ err: error, requestId }, 'request failed');
    const message = `Something went wrong (${requestId}). Try again.`;
    return Response.json({ error: 'UNEXPECTED', message, details: {} }, { status: 500 });
  }
}

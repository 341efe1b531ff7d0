/** Errors over plain HTTP: one body, `{error, message, requestId}`, wherever programs call. */
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { DomainError, type ErrorCode } from '@/server/errors';

const STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID: 422,
  LIMIT_REACHED: 429,
  UNAVAILABLE: 503,
};

export interface Problem {
  /** Stable: what programs match on. */
  error: string;
  message: string;
  requestId: string;
  details?: Record<string, unknown>;
}

export function problemOf(
  error: unknown,
  requestId: string,
): { status: number; problem: Problem; isExpected: boolean } {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof DomainError) {
    const { code, reason, userMessage, details } = cause;
    const problem: Problem = { error: reason, message: userMessage, requestId };
    if (Object.keys(details).length > 0) problem.details = details;
    return { status: STATUS[code], problem, isExpected: true };
  }
  if (cause instanceof ZodError) {
    const fields = cause.issues.map((i) => ({ path: i.path.join('.'), message: i.message }));
    const said = fields.map((f) => [f.path, f.message].filter(Boolean).join(': ')).join('; ');
    return {
      status: 400,
      problem: {
        error: 'INPUT_INVALID',
        message: `This request is not valid: ${said}`,
        requestId,
        details: { fields },
      },
      isExpected: true,
    };
  }
  return {
    status: 500,
    problem: { error: 'UNEXPECTED', message: `Something went wrong (${requestId}).`, requestId },
    isExpected: false,
  };
}

export function answerProblem(error: unknown, requestId: string): Response {
  const { status, problem } = problemOf(error, requestId);
  const headers = new Headers({ 'Cache-Control': 'no-store', 'X-Request-Id': requestId });
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer realm="phial"');
  return Response.json(problem, { status, headers });
}

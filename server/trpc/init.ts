/** Procedures and the one mapping of domain errors. Routers stay thin: parse, call a verb. */
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import type { ApiRoute } from '@/server/api/route';
import { unauthenticated } from '@/server/auth/context';
import { authorise, type Ctx, type Permission } from '@/server/context';
import { DomainError, type ErrorCode } from '@/server/errors';
import type { Taken } from '@/server/limits/limiter';
import { counted, spend } from '@/server/limits/spend';
import type { LimitName } from '@/server/limits/table';
import type { Web } from '@/server/web';

export interface RequestContext {
  web: Web;
  requestId: string;
  /** Null when nobody is signed in. */
  ctx: Ctx | null;
  /** Why nobody is, where a key was presented that is not accepted. */
  refusal?: DomainError;
  /** From where; what nobody's calls are counted by. */
  address?: string | null;
  /** Told how much room each call left, for the answer's headers. */
  onTaken?: (taken: Taken) => void;
}

const TRPC_CODE = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  INVALID: 'BAD_REQUEST',
  CONFLICT: 'CONFLICT',
  LIMIT_REACHED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPCError['code']>;

/** Of streams: signs of life, and the silence after which a reader connects anew. */
export const sse = {
  ping: { enabled: true, intervalMs: 5_000 },
  client: { reconnectAfterInactivityMs: 15_000 },
};

/** What every procedure says of itself. */
export interface ProcedureMeta {
  permission: Permission;
  /** Where it is found over plain HTTP; not there at all without. */
  api?: ApiRoute;
  /** What its calls count as; by its type unless said. */
  limit?: LimitName;
}

const USUAL_LIMIT = {
  query: 'reads',
  mutation: 'writes',
  subscription: 'streams',
} as const satisfies Record<string, LimitName>;

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    sse,
    errorFormatter({ shape, error, ctx }) {
      const { cause } = error;
      const requestId = ctx?.requestId ?? null;
      if (cause instanceof DomainError) {
        const { reason, userMessage, details } = cause;
        return {
          ...shape,
          message: userMessage,
          data: { ...shape.data, reason, userMessage, details, requestId },
        };
      }
      const fields =
        cause instanceof ZodError
          ? cause.issues.map((i) => ({ path: i.path.join('.'), message: i.message }))
          : null;
      const userMessage = fields
        ? `This request is not valid: ${fields.map((f) => `${f.path} ${f.message}`).join('; ')}`
        : `Something went wrong (${requestId}).`;
      return {
        ...shape,
        message: userMessage,
        data: {
          ...shape.data,
          stack: undefined,
          reason: fields ? 'INPUT_INVALID' : 'UNEXPECTED',
          userMessage,
          details: fields ? { fields } : {},
          requestId,
        },
      };
    },
  });

const mapped = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof DomainError) {
    throw new TRPCError({ code: TRPC_CODE[cause.code], message: cause.userMessage, cause });
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.web.log.error(
      { err: cause ?? result.error, path, requestId: ctx.requestId },
      'procedure failed',
    );
  }
  return result;
});

export const router = t.router;

/**
 * For who is signed in and may do `permission`. There is no procedure without one; verbs check it again,
 * for actions and tasks call them too.
 */
export const procedure = (permission: Permission, says: Omit<ProcedureMeta, 'permission'> = {}) =>
  t.procedure
    .meta({ permission, ...says })
    .use(mapped)
    .use(async ({ ctx, type, next }) => {
      await spend({
        limiter: ctx.web.limiter,
        limit: says.limit ?? USUAL_LIMIT[type],
        who: counted(ctx.ctx?.actor ?? null, ctx.address ?? null),
        onTaken: ctx.onTaken,
      });
      if (!ctx.ctx) throw ctx.refusal ?? unauthenticated();
      authorise(ctx.ctx, permission);
      return next({ ctx: { ...ctx, ctx: ctx.ctx } });
    });

export const createCaller = t.createCallerFactory;

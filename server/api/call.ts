/** A call to the API: who makes it, what it costs, how its errors are answered. */
import { randomUUID } from 'node:crypto';
import { actorOfRequest, invalidKey } from '@/server/auth/request';
import type { Ctx } from '@/server/context';
import { setLimitHeaders, type Taken } from '@/server/limits/limiter';
import { counted, spend, tightest } from '@/server/limits/spend';
import type { LimitName } from '@/server/limits/table';
import type { RequestContext } from '@/server/trpc/init';
import { web } from '@/server/web';
import { answerProblem, problemOf } from './problem';

/** One request to the API, or to one of its aliases, by somebody who is known. */
export interface ApiCall {
  request: Request;
  ctx: Ctx;
  /** As procedures are called. */
  context: RequestContext;
}

/** Runs `work` for whoever calls; every error becomes an answer. */
export async function forApi(
  request: Request,
  work: (call: ApiCall) => Promise<Response>,
): Promise<Response> {
  const requestId = randomUUID();
  const taken: Taken[] = [];
  const response = await answered(request, requestId, (one) => taken.push(one), work);
  response.headers.set('X-Request-Id', requestId);
  const told = tightest(taken);
  if (told) setLimitHeaders(response.headers, told);
  return response;
}

async function answered(
  request: Request,
  requestId: string,
  onTaken: (taken: Taken) => void,
  work: (call: ApiCall) => Promise<Response>,
): Promise<Response> {
  const shared = web();
  try {
    const known = await actorOfRequest(request);
    if (!known) throw invalidKey();
    const ctx = { ...known, requestId };
    return await work({ request, ctx, context: { web: shared, requestId, ctx, onTaken } });
  } catch (error) {
    if (!problemOf(error, requestId).isExpected) {
      const path = new URL(request.url).pathname;
      shared.log.error({ err: error, path, requestId }, 'request failed');
    }
    return answerProblem(error, requestId);
  }
}

/** Counts a call that goes through no procedure. */
export const spendCall = ({ ctx, context }: ApiCall, limit: LimitName): Promise<void> =>
  spend({
    limiter: context.web.limiter,
    limit,
    who: counted(ctx.actor, null),
    onTaken: context.onTaken,
  });

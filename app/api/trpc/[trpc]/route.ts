import { randomUUID } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { originOf } from '@/server/auth/origin';
import { actorOfRequest } from '@/server/auth/request';
import { DomainError } from '@/server/errors';
import { setLimitHeaders, type Taken } from '@/server/limits/limiter';
import { tightest } from '@/server/limits/spend';
import type { RequestContext } from '@/server/trpc/init';
import { appRouter } from '@/server/trpc/root';
import { subscription } from '@/server/trpc/stream';
import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const taken: Taken[] = [];
  const context: RequestContext = {
    web: web(),
    requestId: randomUUID(),
    ctx: null,
    address: originOf(request.headers).address,
    onTaken: (one) => taken.push(one),
  };
  try {
    context.ctx = await actorOfRequest(request);
  } catch (error) {
    // Said by each procedure of the batch, in tRPC's form.
    if (!(error instanceof DomainError)) throw error;
    context.refusal = error;
  }
  const response =
    (await subscription(request, context)) ??
    (await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      createContext: () => context,
    }));
  // Proxies must neither hold back nor repack a stream of events.
  response.headers.set('Cache-Control', 'no-store, no-transform');
  response.headers.set('X-Accel-Buffering', 'no');
  const told = tightest(taken);
  if (told) setLimitHeaders(response.headers, told);
  return response;
}

export { handle as GET, handle as POST };

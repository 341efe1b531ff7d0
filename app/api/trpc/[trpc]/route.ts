import { randomUUID } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { actorOfRequest } from '@/server/auth/request';
import { DomainError } from '@/server/errors';
import type { RequestContext } from '@/server/trpc/init';
import { appRouter } from '@/server/trpc/root';
import { subscription } from '@/server/trpc/stream';
import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const context: RequestContext = { web: web(), requestId: randomUUID(), ctx: null };
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
  return response;
}

export { handle as GET, handle as POST };

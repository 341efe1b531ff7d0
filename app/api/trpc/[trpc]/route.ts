import { randomUUID } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { cookies } from 'next/headers';
import { signedIn } from '@/server/auth/context';
import type { RequestContext } from '@/server/trpc/init';
import { appRouter } from '@/server/trpc/root';
import { subscribe } from '@/server/trpc/stream';
import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const context: RequestContext = {
    web: web(),
    requestId: randomUUID(),
    ctx: (await signedIn(await cookies()))?.ctx ?? null,
  };
  const response =
    (await subscribe(request, context)) ??
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

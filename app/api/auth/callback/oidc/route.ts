import type { NextRequest } from 'next/server';
import { finishAtProvider, providerName } from '@/server/auth/oidc';

export const dynamic = 'force-dynamic';

/** Where the identity provider sends people back to. */
export async function GET(request: NextRequest): Promise<Response> {
  if (providerName() === null) return new Response(null, { status: 404 });
  return finishAtProvider(request);
}

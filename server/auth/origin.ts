import type { RequestOrigin } from '@/server/context';

/**
 * Where a request comes from. The last address of X-Forwarded-For is that of the nearest proxy's
 * client; without a proxy Next puts the connection's own there.
 */
export function originOf(headers: { get(name: string): string | null }): RequestOrigin {
  const addresses = headers.get('x-forwarded-for')?.split(',') ?? [];
  return { address: addresses.at(-1)?.trim() || null, userAgent: headers.get('user-agent') };
}

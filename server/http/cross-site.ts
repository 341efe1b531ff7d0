/** Which requests may come from where. Pure. */

type Headers = Record<string, string | string[] | undefined>;

const one = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Programs name themselves in a header, which no foreign page can make a browser send unasked. */
const carriesKey = (headers: Headers) =>
  one(headers['x-api-key']) !== null || one(headers.authorization) !== null;

/**
 * Is this a write that another site may have made a browser send? By Sec-Fetch-Site, which pages cannot
 * forge, and by Origin. A browser sends one of them with every write; a request with a cookie and neither
 * is not believed.
 */
export function isForeignWrite(
  { method, headers }: { method: string; headers: Headers },
  publicOrigin: string,
): boolean {
  if (READS.has(method) || carriesKey(headers)) return false;
  const site = one(headers['sec-fetch-site']);
  if (site !== null && site !== 'same-origin' && site !== 'none') return true;
  const origin = one(headers.origin);
  if (origin === null) return site === null && one(headers.cookie) !== null;
  return origin !== publicOrigin && !isOfHost(origin, one(headers.host));
}

/** People may use another name of this server than the one it was told. */
const isOfHost = (origin: string, host: string | null): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

/** What programs on other origins' pages may call. */
const API = /^\/(?:api\/(?:v1|trpc|feedback)|research|status|jobs|reports|openapi\.json)(?:[/?]|$)/;

/**
 * Headers that let a page of `origin` call the API with a key; null where it may not. Cookies are never
 * let through: no `Access-Control-Allow-Credentials`.
 */
export function corsHeaders(
  path: string,
  origin: string | null,
  allowed: readonly string[],
): Record<string, string> | null {
  if (origin === null || !allowed.includes(origin) || !API.test(path)) return null;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers':
      'X-API-Key, Authorization, Content-Type, Idempotency-Key, Last-Event-ID',
    'Access-Control-Expose-Headers':
      'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id, Location',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  };
}

/**
 * Whose request it is, behind so many proxies that each added what they saw to X-Forwarded-For. What
 * stands before their entries anybody may have written.
 */
export function clientAddress(
  forwardedFor: string | null,
  connection: string | null,
  trustedProxies: number,
): string | null {
  const named = (forwardedFor ?? '').split(',').map((part) => part.trim());
  const chain = [...named.filter(Boolean), connection];
  return chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? null;
}

/** Addresses: the public form that is recorded, and the one that goes over the wire. */
import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { publicUrl } from '@/server/reports';
import type { AskedSource } from '@/server/sources/schema';
import { SourceFault, type SourceRequest } from '../sources/contract';
import type { ExchangeKey, HttpSource, SourceSecrets } from './ports';

/** E-utilities asks for `tool` and `email` with every request (ncbi.nlm.nih.gov/books/NBK25497). */
function wireParameters(
  source: AskedSource,
  secrets: SourceSecrets,
): Record<string, string | null> {
  if (source === 'pubmed') {
    return { tool: 'phial', email: secrets.contactEmail, api_key: secrets.ncbiApiKey };
  }
  if (source === 'openfda') return { api_key: secrets.openfdaApiKey };
  return {};
}

/** A request made ready: its key, and its body as sent. */
export interface PreparedRequest {
  key: ExchangeKey;
  body: { bytes: Buffer; contentType: string } | null;
  accept: string;
  answers: readonly number[];
}

/** Throws SourceFault `redirect` for an address that is not the source's own. */
export function prepareRequest(connector: HttpSource, request: SourceRequest): PreparedRequest {
  const url = new URL(request.url);
  assertOwnAddress(connector, url);
  const body = encodeBody(request.body);
  return {
    key: {
      source: connector.id,
      method: request.method ?? (body ? 'POST' : 'GET'),
      url: publicUrl(url.href),
      requestBodySha256: body ? sha256Hex(body.bytes) : null,
    },
    body,
    accept: request.accept ?? 'application/json',
    answers: request.answers ?? [],
  };
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function encodeBody(body: SourceRequest['body']): PreparedRequest['body'] {
  if (body === undefined) return null;
  return typeof body === 'string'
    ? { bytes: Buffer.from(body), contentType: 'application/x-www-form-urlencoded' }
    : { bytes: Buffer.from(JSON.stringify(body)), contentType: 'application/json' };
}

function assertOwnAddress(connector: HttpSource, url: URL): void {
  const own =
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    connector.hosts.includes(url.hostname);
  if (!own) {
    throw new SourceFault(
      'redirect',
      `${connector.name} led to an address outside its own hosts, which is not followed`,
    );
  }
}

/** Where the request really goes, with keys. */
export function wireAddress(
  publicUrl: string,
  source: AskedSource,
  settings: { baseUrl: string | null; secrets: SourceSecrets },
): URL {
  const url = new URL(publicUrl);
  const wire =
    settings.baseUrl === null
      ? url
      : new URL(`${sourceBase(settings.baseUrl, source)}${url.pathname}${url.search}`);
  for (const [name, value] of Object.entries(wireParameters(source, settings.secrets))) {
    if (value) wire.searchParams.set(name, value);
  }
  return wire;
}

/**
 * The public address that a `Location` means. With a base URL the stand-in's own addresses are
 * translated back. Throws SourceFault `redirect` when it leads anywhere but the source's hosts.
 */
export function redirectTarget(
  connector: HttpSource,
  location: string,
  wire: URL,
  baseUrl: string | null,
): string {
  let target: URL;
  try {
    target = new URL(location, wire);
  } catch {
    throw new SourceFault('redirect', `${connector.name} redirected to an unreadable address`);
  }
  if (baseUrl !== null) {
    const base = `${sourceBase(baseUrl, connector.id)}/`;
    if (target.href.startsWith(base)) {
      target = new URL(`https://${connector.hosts[0]}/${target.href.slice(base.length)}`);
    }
  }
  assertOwnAddress(connector, target);
  return publicUrl(target.href);
}

function sourceBase(baseUrl: string, source: AskedSource): string {
  return `${baseUrl.replace(/\/+$/, '')}/${source}`;
}

// Special-purpose ranges that are no public host (RFC 6890; multicast RFC 5771 and RFC 4291).
const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv6');
}

/** False for loopback, private, link-local, multicast and documentation addresses, and for non-addresses. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  return !notPublic.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

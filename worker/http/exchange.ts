/** What a stored exchange means: a snapshot to parse, or the fault it ended with. */
import type { Json } from '@/server/evidence/schema';
import { type FaultKind, type Snapshot, SourceFault } from '../sources/contract';
import type { PreparedRequest } from './address';
import type { Exchange, ExchangeKey, HttpSource } from './ports';

const FAULT_KINDS: readonly FaultKind[] = [
  'unreachable',
  'timeout',
  'http-status',
  'too-large',
  'unreadable',
  'redirect',
  'breaker-open',
  'not-in-bundle',
  'budget',
  'finish-early',
  'cancelled',
];

/** The exchange of a request that got no usable answer. */
export function faultExchange(key: ExchangeKey, fault: SourceFault): Exchange {
  return {
    ...key,
    status: null,
    error: `${fault.kind}: ${fault.message}`,
    contentType: null,
    retrievedAt: new Date().toISOString(),
    sha256: null,
    body: null,
  };
}

/** The snapshot that the exchange holds. Throws the SourceFault that it stands for. */
export function readExchange(
  exchange: Exchange,
  source: Pick<HttpSource, 'name'>,
  request: Pick<PreparedRequest, 'accept' | 'answers'>,
): Snapshot {
  const { status, body, sha256 } = exchange;
  if (status === null || body === null || sha256 === null) throw storedFault(exchange.error);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess && !request.answers.includes(status)) {
    throw new SourceFault('http-status', statusMessage(source.name, status), status);
  }
  const snapshot = makeSnapshot(exchange, status, body, sha256, source.name);
  assertWellFormed(snapshot, request.accept, source.name);
  return snapshot;
}

function storedFault(error: string | null): SourceFault {
  const [, kind, message] = /^([a-z-]+): (.*)$/s.exec(error ?? '') ?? [];
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  return known && message
    ? new SourceFault(known, message)
    : new SourceFault('unreachable', error ?? 'no answer was stored');
}

function statusMessage(name: string, status: number): string {
  if (status === 429) return `${name} limits its requests (HTTP 429) and did not let us through`;
  if (status >= 500) return `${name} failed (HTTP ${status})`;
  return `${name} refused the request (HTTP ${status})`;
}

function makeSnapshot(
  exchange: Exchange,
  status: number,
  body: Uint8Array,
  sha256: string,
  name: string,
): Snapshot {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  let parsed: { value: Json } | null = null;
  return {
    sha256,
    source: exchange.source,
    status,
    contentType: exchange.contentType,
    retrievedAt: exchange.retrievedAt,
    bytes: body,
    text,
    json() {
      try {
        parsed ??= { value: JSON.parse(text.replace(/^\uFEFF/, '')) as Json };
      } catch {
        throw new SourceFault('unreadable', `${name} sent an answer that is not valid JSON`);
      }
      return parsed.value;
    },
  };
}

/** A cut document must not pass for a short one: checked here, so that it is asked for again. */
function assertWellFormed(snapshot: Snapshot, accept: string, name: string): void {
  const type = snapshot.contentType?.toLowerCase() ?? accept;
  if (type.includes('json')) snapshot.json();
  else if (type.includes('html') && !accept.includes('html')) {
    throw new SourceFault('unreadable', `${name} sent a web page instead of data`);
  } else if (type.includes('xml') && !closesItsRoot(snapshot.text)) {
    throw new SourceFault('unreadable', `${name} sent an answer that is not complete XML`);
  }
}

function closesItsRoot(xml: string): boolean {
  const root = /<([A-Za-z_][\w:.-]*)[^>]*?(\/?)>/.exec(xml);
  if (!root) return false;
  if (root[2] === '/') return true;
  const lastTag = xml.lastIndexOf('</');
  const rest = xml.slice(lastTag + 2);
  return lastTag > root.index && rest.startsWith(root[1] ?? '') && rest.includes('>');
}

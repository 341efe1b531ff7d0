/** One HTTP request over the wire, with every limit; no retries, no redirects. */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './address';

export interface WireLimits {
  connectTimeoutMs: number;
  /** From sending to the response's head. */
  headTimeoutMs: number;
  /** From sending to the last byte: ends bodies that drip. */
  totalTimeoutMs: number;
  maxBodyBytes: number;
}

export interface WireRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: Buffer | null;
  limits: WireLimits;
  /** Refuse hosts whose name resolves to a private address. */
  publicOnly: boolean;
  signal: AbortSignal;
}

export interface WireResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Without content encoding. */
  body: Buffer;
}

export type WireProblem =
  | 'unreachable'
  | 'private-address'
  | 'no-answer-in-time'
  | 'body-not-in-time'
  | 'too-large'
  | 'broken-off';

export class WireError extends Error {
  constructor(
    readonly problem: WireProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
    this.name = 'WireError';
  }
}

/** Throws WireError, or the signal's reason once it aborts. */
export async function send(request: WireRequest): Promise<WireResponse> {
  request.signal.throwIfAborted();
  const { limits } = request;
  const outgoing = (request.url.protocol === 'https:' ? https : http).request(request.url, {
    method: request.method,
    headers: { ...request.headers, 'accept-encoding': 'gzip, deflate, br' },
    // A fresh connection each: at a few requests a second, a stale pooled one costs more than it saves.
    agent: false,
    lookup: request.publicOnly ? publicLookup : undefined,
  });
  // Kept here, because a body's reader learns only that the connection is gone, not why.
  let endedBy: WireError | null = null;
  const end = (problem: WireProblem) => {
    endedBy ??= new WireError(problem);
    outgoing.destroy(endedBy);
  };
  const onAbort = () => outgoing.destroy(new Error('aborted'));
  request.signal.addEventListener('abort', onAbort, { once: true });
  // In this order, so that of two that are due together the more telling one fires.
  const timers = [
    setTimeout(() => end('unreachable'), limits.connectTimeoutMs),
    setTimeout(() => end('no-answer-in-time'), limits.headTimeoutMs),
    setTimeout(() => end('body-not-in-time'), limits.totalTimeoutMs),
  ] as const;
  const [connectTimer, headTimer, totalTimer] = timers;
  const connected = request.url.protocol === 'https:' ? 'secureConnect' : 'connect';
  outgoing.once('socket', (socket) =>
    socket.once(connected, () => {
      clearTimeout(connectTimer);
      headTimer.refresh();
      totalTimer.refresh();
    }),
  );
  try {
    const response = await head(outgoing, request.body);
    clearTimeout(headTimer);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await readBody(response, limits.maxBodyBytes),
    };
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw endedBy ?? error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    request.signal.removeEventListener('abort', onAbort);
    outgoing.destroy();
  }
}

function head(outgoing: http.ClientRequest, body: Buffer | null): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    // Stays attached: errors after the head reach the body's reader, and must not be uncaught here.
    outgoing.on('error', (cause) =>
      reject(cause instanceof WireError ? cause : new WireError('unreachable', { cause })),
    );
    outgoing.end(body ?? undefined);
  });
}

async function readBody(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw new WireError('too-large');
      chunks.push(chunk);
    }
  };
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new WireError('too-large');
  const decoder = decoderOf(response.headers['content-encoding']);
  try {
    // Node ends a body that is shorter than its Content-Length with an error of its own.
    if (decoder) await pipeline(response, decoder, collect);
    else await pipeline(response, collect);
  } catch (cause) {
    throw cause instanceof WireError ? cause : new WireError('broken-off', { cause });
  }
  if (!response.complete) throw new WireError('broken-off');
  return Buffer.concat(chunks);
}

function decoderOf(encoding: string | undefined): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}

/** Resolves a name and refuses it when any of its addresses is private. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error || !first) return callback(error ?? new WireError('unreachable'), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new WireError('private-address'), '', 0);
    }
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

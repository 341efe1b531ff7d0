/** The HTTP core's surroundings, on the database: pace, breaker, budget, record and replay. */
import type { Ctx } from '@/server/context';
import {
  earlierExchanges,
  recordSnapshot,
  type StoredExchange,
  takeRequest,
} from '@/server/evidence/record';
import { asOwner, type Running } from '@/server/jobs';
import { noteWait } from '@/server/jobs/progress';
import { bodyOf, isAnswer } from '@/server/reports';
import { breakerAllows, postpone, reportHealth, takeSlot } from '@/server/sources/pace';
import type { AskedSource } from '@/server/sources/schema';
import {
  createSourceHttp,
  type Exchange,
  type ExchangeKey,
  type HttpSource,
  type SourceHttpPorts,
} from '../http';
import type { Runtime } from '../runtime';
import type { SourceHttp } from '../sources/contract';
import { type OpenBundle, openBundle } from './bundle-cache';

/** Waits shorter than this are not worth an event. */
const TELL_WAIT_MS = 2_000;

export interface SourceAccess {
  http(source: HttpSource): SourceHttp;
  /** The bundle this job is pinned to. */
  bundle: OpenBundle | null;
  /** Requests of this step that were answered or faulted, stored ones included. */
  requests(): number;
  retrievedAt(snapshotSha256: string): string | null;
}

/** Opens the sources for one step. */
export async function openSources(work: {
  runtime: Runtime;
  ctx: Ctx;
  running: Running;
  signal: AbortSignal;
}): Promise<SourceAccess> {
  const { runtime, ctx, running, signal } = work;
  const { env, db, storage } = runtime;
  const { job } = running;
  const bundle = job.bundleSha256
    ? await openBundle(storage, job.workspaceId, job.bundleSha256)
    : null;
  const earlier = await earlierExchanges(ctx, running);
  const known = new Map<string, Omit<StoredExchange, 'body'>>();
  for (const exchange of earlier.exchanges) {
    const isAnswer = exchange.final && !isCutError(exchange.error) && !isFile(exchange);
    if (isAnswer) known.set(keyOf(exchange), exchange);
  }
  const times = new Map<string, string | null>();
  let position = earlier.nextPosition;
  let requests = 0;

  const store = async (exchange: StoredExchange) => {
    await recordSnapshot(ctx, running, position++, exchange);
    if (exchange.final) known.set(keyOf(exchange), exchange);
  };
  const toExchange = async (stored: Omit<StoredExchange, 'body'>): Promise<Exchange> => {
    if (stored.sha256) times.set(stored.sha256, stored.retrievedAt);
    return {
      ...stored,
      status: stored.composed && stored.sha256 ? 200 : stored.status,
      body: stored.sha256 ? await storage.get(job.workspaceId, stored.sha256) : null,
    };
  };

  const ports: SourceHttpPorts = {
    takeSlot: (id) => (env.SOURCES_UNPACED ? Promise.resolve({ waitMs: 0 }) : takeSlot(db, id)),
    postpone: (id, ms) => postpone(db, id, ms),
    breaker: {
      allow: (id) => breakerAllows(db, id),
      report: (id, ok) => reportHealth(db, id, ok),
    },
    record: async (exchange, { final }) => {
      if (exchange.sha256) times.set(exchange.sha256, exchange.retrievedAt);
      const body = isFile(exchange) ? null : exchange.body;
      await store({ ...exchange, body, final, composed: false });
    },
    replay: async (key) => {
      requests += 1;
      const own = known.get(keyOf(key));
      if (own) return { exchange: await toExchange(own), pinned: bundle !== null };
      if (!bundle) return { exchange: null, pinned: false };
      const line = bundle.index.find(key);
      const body = line && isAnswer(line) ? bodyOf(line) : null;
      if (!line || typeof body === 'string') return { exchange: null, pinned: true };
      const stored: StoredExchange = {
        source: line.source,
        method: line.method,
        url: line.url,
        requestBodySha256: line.requestBodySha256,
        status: line.status,
        error: isAnswer(line) ? null : line.error,
        contentType: isAnswer(line) ? line.contentType : null,
        retrievedAt: line.retrievedAt,
        sha256: isAnswer(line) ? line.sha256 : null,
        body,
        final: true,
        composed: bundle.composed,
      };
      await store(stored);
      return { exchange: await toExchange(stored), pinned: true };
    },
    onWait: ({ ms, message }) => {
      if (ms < TELL_WAIT_MS) return;
      // A missed note is no reason to fail the request it is about.
      void asOwner(ctx, running, (tx) => noteWait(tx, running, message, ms)).catch(() => {});
    },
    signal,
    budget: {
      takeRequest: () => takeRequest(ctx, job.id, job.options.maxRequests),
      deadlineAt:
        bundle || !job.startedAt ? null : job.startedAt.getTime() + job.options.maxSeconds * 1000,
    },
    baseUrl: env.SOURCES_BASE_URL ?? null,
    secrets: {
      ncbiApiKey: env.NCBI_API_KEY ?? null,
      openfdaApiKey: env.OPENFDA_API_KEY ?? null,
      contactEmail: env.CONTACT_EMAIL ?? null,
    },
  };
  return {
    http: (connector) => createSourceHttp(connector, ports),
    bundle,
    requests: () => requests,
    retrievedAt: (sha256) => times.get(sha256) ?? null,
  };
}

const keyOf = (
  key:
    | ExchangeKey
    | { source: AskedSource; method: string; url: string; requestBodySha256: string | null },
) => [key.source, key.method, key.url, key.requestBodySha256 ?? ''].join('\n');

/** A paper's file is the library's to keep and to remove; here only its hash is noted. */
const isFile = ({ contentType }: { contentType: string | null }) =>
  /^application\/pdf\b/i.test(contentType ?? '');

/** A cut belongs to the run it happened in; a worker that takes over asks anew. */
const isCutError = (error: string | null) => /^(cancelled|finish-early|budget):/.test(error ?? '');

/**
 * All seven sources on loopback, answering from the demonstration's facts: nothing beyond the checkout
 * is needed. What they do not hold, nobody knows; PubChem offers their names for whatever is misspelt.
 */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_MOLECULES } from '@/server/demo';
import { type Json, SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { compose } from '@/worker/demo/compose';
import { DEMO_FACTS } from '@/worker/demo/facts';
import { connectorOf } from '@/worker/sources/registry';

/** What befalls requests to a source. */
export type Trouble =
  | { latencyMs: number }
  | { status: number; headers?: OutgoingHttpHeaders }
  /** Takes the request and never answers. */
  | 'hang'
  /** Breaks the connection off before it answers. */
  | 'drop'
  /** A web page where data were asked for. */
  | 'web-page';

/** What befalls the n-th request to a source, from 1 on, and when; null: nothing. */
export type TroubleOf = (
  source: SourceId,
  request: number,
) => Trouble | null | Promise<Trouble | null>;

export interface DemoSources {
  baseUrl: string;
  /** From now on, counting anew. */
  disturb(trouble: TroubleOf): void;
  /** Requests since the last `disturb`, with their time of arrival (ms since 1970). */
  log(): { source: SourceId; time: number; userAgent: string | null }[];
  /** Requests that were taken and are still open. */
  open(): number;
  close(): Promise<void>;
}

export async function startDemoSources(): Promise<DemoSources> {
  let troubleOf: TroubleOf = () => null;
  let log: ReturnType<DemoSources['log']> = [];
  const open = new Set<ServerResponse>();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const time = performance.timeOrigin + performance.now();
    const [, name = '', rest = ''] = /^\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const source = SOURCE_IDS.find((id) => id === name);
    if (!source) throw new Error(`No source is called ${name}`);
    log.push({ source, time, userAgent: request.headers['user-agent'] ?? null });
    const number = log.filter((entry) => entry.source === source).length;
    const sent = await text(request);
    const trouble = await troubleOf(source, number);
    if (trouble === 'hang') return;
    if (trouble === 'drop') {
      request.socket.destroy();
      return;
    }
    if (trouble === 'web-page') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Down</p>');
      return;
    }
    if (trouble && 'status' in trouble) {
      response.writeHead(trouble.status, trouble.headers).end();
      return;
    }
    if (trouble) await sleep(trouble.latencyMs);
    if (rest.includes('/autocomplete/')) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ dictionary_terms: { compound: DEMO_MOLECULES } }));
      return;
    }
    const url = `https://${connectorOf(source).hosts[0]}${rest}`;
    const isJson = request.headers['content-type']?.includes('json');
    const body: Json | string = isJson ? (JSON.parse(sent) as Json) : sent;
    const composed = compose(source, sent === '' ? { url } : { url, body }, DEMO_FACTS);
    response.writeHead(200, { 'content-type': composed.contentType }).end(composed.body);
  };

  const server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    disturb: (trouble) => {
      troubleOf = trouble;
      log = [];
    },
    log: () => log,
    open: () => open.size,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

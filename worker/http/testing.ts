/** For tests: ports in memory, and a source on loopback that answers as it is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange, ExchangeKey, SourceHttpPorts, Wait } from './ports';

export interface MemoryPorts extends SourceHttpPorts {
  recorded: { exchange: Exchange; final: boolean }[];
  waits: Wait[];
  reports: boolean[];
  postponedMs: number[];
  slots: number;
  isBreakerOpen: boolean;
}

export function memoryPorts(
  overrides: Partial<Omit<SourceHttpPorts, 'breaker' | 'record' | 'onWait' | 'postpone'>> & {
    requests?: number;
  } = {},
): MemoryPorts {
  let requestsLeft = overrides.requests ?? Number.POSITIVE_INFINITY;
  const ports: MemoryPorts = {
    recorded: [],
    waits: [],
    reports: [],
    postponedMs: [],
    slots: 0,
    isBreakerOpen: false,
    async takeSlot() {
      ports.slots += 1;
      return { waitMs: 0 };
    },
    async postpone(_source, ms) {
      ports.postponedMs.push(ms);
    },
    breaker: {
      async allow() {
        return !ports.isBreakerOpen;
      },
      async report(_source, ok) {
        ports.reports.push(ok);
      },
    },
    async record(exchange, { final }) {
      ports.recorded.push({ exchange, final });
    },
    async replay(key) {
      return { exchange: lastFinal(ports, key), pinned: false };
    },
    onWait(wait) {
      ports.waits.push(wait);
    },
    signal: new AbortController().signal,
    budget: {
      async takeRequest() {
        requestsLeft -= 1;
        return requestsLeft >= 0;
      },
      deadlineAt: null,
    },
    baseUrl: null,
    secrets: { ncbiApiKey: null, openfdaApiKey: null, contactEmail: null },
    ...overrides,
  };
  return ports;
}

/** The same ports as a bundle: what was recorded and nothing else. */
export function pinnedTo(recorded: MemoryPorts): MemoryPorts {
  return memoryPorts({
    async replay(key) {
      return { exchange: lastFinal(recorded, key), pinned: true };
    },
  });
}

function lastFinal(ports: MemoryPorts, key: ExchangeKey): Exchange | null {
  const found = ports.recorded.findLast(
    ({ exchange, final }) =>
      final &&
      exchange.source === key.source &&
      exchange.method === key.method &&
      exchange.url === key.url &&
      exchange.requestBodySha256 === key.requestBodySha256,
  );
  return found?.exchange ?? null;
}

export interface TestSource {
  baseUrl: string;
  /** Requests received, with their bodies. */
  received: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[];
  close(): Promise<void>;
}

/** Answers the n-th request with the n-th handler; the last one answers all further requests. */
export async function startTestSource(
  ...handlers: ((request: http.IncomingMessage, response: http.ServerResponse) => void)[]
): Promise<TestSource> {
  const received: TestSource['received'] = [];
  const server = http.createServer(async (request, response) => {
    const number = received.length;
    const entry = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: '',
    };
    received.push(entry);
    for await (const chunk of request) entry.body += String(chunk);
    (handlers[number] ?? handlers.at(-1))?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

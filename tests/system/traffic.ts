/**
 * What a browser sends: a proxy that passes on what goes to this machine, refuses the rest, and keeps
 * count. It sees each connection as the server does, whichever tab or worker of the browser opened it.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './wait';

const HERE = ['127.0.0.1', 'localhost'];
/** Chromium itself asks its maker there how to fill in forms, whatever the page. */
const BROWSERS_OWN = 'content-autofill.googleapis.com:443';

const QUIET_MS = 500;

export interface Traffic {
  /** For the browser's settings. */
  proxy: string;
  /** Addresses beyond this machine that were asked for. */
  outside(): string[];
  /** Addresses asked for whose path holds these characters, since the start or the last `forget`. */
  asked(path: string): string[];
  /** How many of such requests are being answered just now. */
  open(path: string): number;
  forget(): void;
  /** Returns once nothing but streams of events has been under way for half a second. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export async function startTraffic(): Promise<Traffic> {
  const outside: string[] = [];
  const asked: string[] = [];
  const open = new Set<{ path: string; isStream: boolean }>();
  let lastAt = 0;
  const server = http.createServer((request, response) => {
    const address = request.url ?? '';
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !HERE.includes(url.hostname)) {
      outside.push(address);
      response.writeHead(502).end();
      return;
    }
    const path = url.pathname + url.search;
    const exchange = { path, isStream: false };
    lastAt = Date.now();
    asked.push(path);
    open.add(exchange);
    const onward = http.request(
      url,
      // The agent's own header: a kept connection to a server that restarts would only mislead.
      {
        method: request.method,
        headers: { ...request.headers, connection: 'close' },
        agent: false,
      },
      (answer) => {
        exchange.isStream = answer.headers['content-type'] === 'text/event-stream';
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // The head of a stream of events must arrive before its first event does.
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => {
      open.delete(exchange);
      lastAt = Date.now();
      onward.destroy();
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    if (request.url !== BROWSERS_OWN) outside.push(request.url ?? '');
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    outside: () => [...outside],
    asked: (path) => asked.filter((each) => each.includes(path)),
    open: (path) => [...open].filter((each) => each.path.includes(path)).length,
    forget: () => void asked.splice(0),
    quiet: async () => {
      await until('the browser to fall silent', async () => {
        const isBusy = [...open].some(({ isStream }) => !isStream);
        return !isBusy && Date.now() - lastAt > QUIET_MS;
      });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

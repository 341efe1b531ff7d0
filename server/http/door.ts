/**
 * Stands before Next, which tells its handlers nothing of the connection and has no place of its own
 * through which every request comes before its body is read (its proxy keeps whole bodies in memory).
 */
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Problem } from '@/server/api/problem';
import { clientAddress, corsHeaders, isForeignWrite } from './cross-site';

export interface DoorSettings {
  publicOrigin: string;
  corsOrigins: readonly string[];
  trustedProxies: number;
}

/** Answers itself, and returns false, what must not or need not go further. */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  settings: DoorSettings,
): boolean {
  const { headers, method = 'GET', url = '/' } = request;
  const forwardedFor = [headers['x-forwarded-for'] ?? []].flat().join(',') || null;
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null;
  headers['x-forwarded-for'] =
    clientAddress(forwardedFor, peer, settings.trustedProxies) ?? 'unknown';

  const cors = corsHeaders(url, headers.origin ?? null, settings.corsOrigins);
  for (const [name, value] of Object.entries(cors ?? {})) response.setHeader(name, value);
  if (cors && method === 'OPTIONS') {
    response.writeHead(204).end();
    return false;
  }
  if (!isForeignWrite({ method, headers }, settings.publicOrigin)) return true;
  const problem: Problem = {
    error: 'CROSS_SITE',
    message: 'This request came from another site and was not carried out.',
    requestId: randomUUID(),
  };
  response.writeHead(403, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(problem));
  return false;
}

const marked = globalThis as { phialDoor?: boolean };

/** From now on, every request to this process comes through {@link admit}. */
export function guardServers(settings: DoorSettings): void {
  if (marked.phialDoor) return;
  marked.phialDoor = true;
  const { emit } = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    if (event === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      if (!admit(request, response, settings)) return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  } as typeof emit;
}

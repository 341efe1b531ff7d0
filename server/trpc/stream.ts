/**
 * Subscriptions on the wire, as tRPC's clients read them (server-sent events: `connected`, numbered
 * data, `ping`). tRPC's own writer passes each event through three streams in three pieces; with 200
 * watchers that took five times as long as everything else.
 */
import type { TrackedEnvelope } from '@trpc/server';
import superjson from 'superjson';
import type { Watched } from '@/server/live/tail';
import { type RequestContext, sse } from './init';
import { callRouter } from './root';

const encoder = new TextEncoder();
const frame = (text: string) => encoder.encode(`${text}\n\n`);
const connected = frame(`event: connected\ndata: ${JSON.stringify(sse.client)}`);
const ping = frame('event: ping\ndata: ');
const returned = frame('event: return\ndata: ');

/** All watchers of an event get the same text; it is made for the first. */
const written = new WeakMap<object, string>();

function dataOf(event: object): string {
  const known = written.get(event);
  if (known !== undefined) return known;
  const data = JSON.stringify(superjson.serialize(event));
  written.set(event, data);
  return data;
}

type Watch = ReturnType<typeof callRouter>['jobs']['watch'];

/** The stream that `request` asks for; null when it asks for none, or for one it does not get. */
export async function subscription(
  request: Request,
  context: RequestContext,
): Promise<Response | null> {
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.pathname.endsWith('/jobs.watch')) return null;
  try {
    return await subscribe(request, context, inputOf(url));
  } catch {
    // tRPC calls it again and says in its own form what is wrong.
    return null;
  }
}

/** A stream of what `input` names, from the event on that the request's Last-Event-ID names. */
export async function subscribe(
  request: Request,
  context: RequestContext,
  input: Parameters<Watch>[0],
): Promise<Response> {
  const ended = new AbortController();
  const signal = AbortSignal.any([request.signal, ended.signal]);
  const { searchParams } = new URL(request.url);
  const lastEventId = request.headers.get('last-event-id') ?? searchParams.get('lastEventId');
  const events = await callRouter(context, { signal }).jobs.watch(
    lastEventId ? { ...input, lastEventId } : input,
  );
  return new Response(
    streamOf(events, () => ended.abort()),
    {
      headers: {
        'Content-Type': 'text/event-stream',
        // Proxies must neither hold back nor repack a stream of events.
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      },
    },
  );
}

const inputOf = ({ searchParams }: URL) =>
  superjson.deserialize<Parameters<Watch>[0]>(JSON.parse(searchParams.get('input') ?? 'null'));

function streamOf(events: Awaited<ReturnType<Watch>>, end: () => void): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  let pinging: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(pinging);
    end();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(connected);
      pinging = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(ping);
      }, sse.ping.intervalMs);
    },
    // Asked for one at a time, so that a slow reader holds back its own stream and nothing else.
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (!done) {
          // Typed as a client sees it; on the server it is still the envelope of `tracked`.
          const [id, event] = value as unknown as TrackedEnvelope<Watched>;
          controller.enqueue(frame(`data: ${dataOf(event)}\nid: ${id}`));
          return;
        }
        controller.enqueue(returned);
        controller.close();
        stop();
      } catch (error) {
        // The connection breaks, and the reader comes back with the number of its last event.
        stop();
        throw error;
      }
    },
    cancel: stop,
  });
}

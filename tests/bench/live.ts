/**
 * How long an event takes from its append to 200 watchers, over the web server's stream, against a bare
 * LISTEN for the same bell. All watch the same job: every event has to reach every one.
 */
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import superjson from 'superjson';
import { openDatabase } from '@/db/client';
import { cancelJob, submitMolecule } from '@/server/jobs';
import { appendEvent, EVENT_CHANNEL } from '@/server/live/append';
import { type Benchmark, median, quantile, round } from './measure';
import { type Phial, withDataFolder, withPhial } from './phial';

const watchers = 200;
const warmUp = 10;
const events = 60;
const everyMs = 100;
const arrivesWithinMs = 10_000;

export const run: Benchmark = (say) =>
  withDataFolder((folder) =>
    withPhial(folder, async (phial) => {
      const { ctx, urls } = phial;
      const { jobId } = await submitMolecule({ ctx, input: { text: 'benchmark' } });
      await cancelJob({ ctx, jobId });
      const job = { id: jobId, workspaceId: ctx.actor.workspaceId };

      const arrivals = new Arrivals();
      const listener = postgres(urls.directUrl, { max: 1 });
      await listener.listen(EVENT_CHANNEL, (payload) =>
        arrivals.heard(Number(payload.split(':')[2])),
      );
      const streams = await openStreams(phial, jobId, (seq) => arrivals.received(seq));
      // As a worker appends.
      const db = openDatabase(urls.directUrl, {
        max: 1,
        isDirect: true,
        applicationName: 'phial-bench',
      });
      try {
        const samples: Sample[] = [];
        for (let i = -warmUp; i < events; i++) {
          const startedAt = performance.now();
          const seq = await db.tx(job.workspaceId, (tx) =>
            appendEvent(tx, job, 'step.progressed', {
              step: 'gather:pubmed',
              requests: i,
              records: i,
              doing: 'benchmark',
            }),
          );
          const { heardAt, receivedAt } = await arrivals.all(seq);
          if (i >= 0) {
            samples.push({
              listenMs: heardAt - startedAt,
              watcherMs: receivedAt.map((at) => at - startedAt),
            });
          }
          await sleep(everyMs);
        }
        const listen = samples.map((s) => s.listenMs);
        const all = samples.flatMap((s) => s.watcherMs);
        const last = samples.map((s) => Math.max(...s.watcherMs));
        say(`  ${events} events, ${watchers} watchers`);
        return [
          {
            name: `Event to ${watchers} watchers, median`,
            unit: 'ms',
            value: round(median(all)),
            baseline: { name: 'bare LISTEN', value: round(median(listen)) },
            goal: { of: 'difference', atMost: 20 },
            details: {
              p95: round(quantile(all, 0.95)),
              'p95 of LISTEN': round(quantile(listen, 0.95)),
              'last watcher, median': round(median(last)),
            },
          },
        ];
      } finally {
        for (const stream of streams) stream.destroy();
        await Promise.all([db.close(), listener.end()]);
      }
    }),
  );

interface Sample {
  listenMs: number;
  watcherMs: number[];
}

/** When the bell and the watchers' copies of each event arrived. */
class Arrivals {
  private readonly bells = new Map<number, number>();
  private readonly copies = new Map<number, number[]>();
  private changed = () => {};

  heard(seq: number): void {
    this.bells.set(seq, performance.now());
    this.changed();
  }

  received(seq: number): void {
    const copies = this.copies.get(seq) ?? [];
    this.copies.set(seq, copies);
    if (copies.push(performance.now()) === watchers) this.changed();
  }

  async all(seq: number): Promise<{ heardAt: number; receivedAt: number[] }> {
    const giveUpAt = performance.now() + arrivesWithinMs;
    for (;;) {
      const heardAt = this.bells.get(seq);
      const receivedAt = this.copies.get(seq) ?? [];
      if (heardAt !== undefined && receivedAt.length === watchers) return { heardAt, receivedAt };
      const leftMs = giveUpAt - performance.now();
      if (leftMs <= 0) {
        throw new Error(`Event ${seq} reached ${receivedAt.length} of ${watchers} watchers`);
      }
      const change = new Promise<void>((resolve) => {
        this.changed = resolve;
      });
      const timeout = new AbortController();
      await Promise.race([change, sleep(leftMs, null, { signal: timeout.signal }).catch(() => {})]);
      timeout.abort();
    }
  }
}

/** One connection a watcher, as browsers would hold them; resolves when all are open. */
async function openStreams(
  phial: Phial,
  jobId: string,
  receive: (seq: number) => void,
): Promise<ClientRequest[]> {
  const input = superjson.serialize({ jobs: [{ id: jobId, after: 0 }] });
  const url = `${phial.webUrl}/api/trpc/jobs.watch?input=${encodeURIComponent(JSON.stringify(input))}`;
  const agent = new Agent({ maxSockets: watchers });
  const headers = { accept: 'text/event-stream', cookie: phial.cookie };
  return Promise.all(
    Array.from({ length: watchers }, async () => {
      const stream = request(url, { agent, headers }).end();
      const [response] = (await once(stream, 'response')) as [IncomingMessage];
      if (response.statusCode !== 200) {
        throw new Error(`The stream of events answered ${response.statusCode}`);
      }
      // Ended by us, when the benchmark is over.
      stream.on('error', () => {});
      response.on('error', () => {});
      readSeqs(response, receive);
      return stream;
    }),
  );
}

/** Reads no more of the stream than it must, for all watchers share one processor with the server. */
function readSeqs(response: IncomingMessage, receive: (seq: number) => void): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const seq = /"seq":(\d+)/.exec(message)?.[1];
      if (seq) receive(Number(seq));
    }
  });
}

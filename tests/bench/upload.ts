/**
 * How long an upload takes from its last byte to the answer: 20 people, a 5 MB file each time, arrivals
 * spread over ten seconds. Once `addFile` behind a bare HTTP server, on PostgreSQL with durability and a
 * folder that is synced, and once the whole web server with a worker beside it that reads what came; against
 * a bare server that only writes and syncs the same bytes.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@/db/client';
import { addFile, openBatch } from '@/server/papers';
import { inNewWorkspace, withDatabase } from './database';
import { type Benchmark, type Figure, quantile, round } from './measure';
import { withDataFolder, withPhial } from './phial';

const people = 20;
const uploadsEach = 3;
const spreadMs = 10_000;
const fileBytes = 5_000_000;
/** As a browser on a good line sends. */
const partBytes = 64 * 1024;

const uploads = people * uploadsEach;

export const run: Benchmark = async (say) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'phial-bench-upload-'));
  try {
    const bare = await served((bytes, n) => writeSynced(path.join(folder, `bare-${n}`), bytes));
    say(`  bare server: ${inWords(bare)}`);
    const verb = await withDatabase(async (database) => {
      const db = openDatabase(database.appUrl, { max: 20, applicationName: 'phial-bench' });
      const ctx = await inNewWorkspace(database, db, `file:${path.join(folder, 'blobs')}`);
      const take = (bytes: AsyncIterable<Uint8Array>, n: number) =>
        addFile({ ctx, input: { bytes, fileName: `paper-${n}.pdf` } });
      return served(take).finally(() => db.close());
    });
    say(`  adding alone: ${inWords(verb)}`);
    const web = await throughWeb();
    say(`  web server: ${inWords(web)}`);
    return [figureOf('', verb, bare), figureOf(', web server and worker', web, bare)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const inWords = (took: number[]) =>
  `p50 ${round(quantile(took, 0.5), 0)} ms, p95 ${round(quantile(took, 0.95), 0)} ms`;

const figureOf = (what: string, ours: number[], bare: number[]): Figure => ({
  name: `last byte to answer, p95 of ${uploads} uploads of 5 MB by ${people} people${what}`,
  unit: 'ms',
  value: quantile(ours, 0.95),
  baseline: { name: 'write and sync alone', value: quantile(bare, 0.95) },
  goal: { of: 'value', atMost: 150 },
  details: { p50: round(quantile(ours, 0.5)), 'p50 bare': round(quantile(bare, 0.5)) },
});

/** Milliseconds from the last byte to the answer, of every upload to a bare server. */
async function served(
  take: (bytes: AsyncIterable<Uint8Array>, n: number) => Promise<unknown>,
): Promise<number[]> {
  let taken = 0;
  const server = createServer(async (incoming: IncomingMessage, response) => {
    await take(incoming, taken++);
    response.writeHead(201).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await measured((n) => ({ port, path: `/${n}` }));
  } finally {
    server.close();
  }
}

function throughWeb(): Promise<number[]> {
  return withDataFolder((data) =>
    withPhial(data, async ({ webUrl, cookie, ctx }) => {
      const { batchId } = await openBatch({ ctx, slots: uploads + 1 });
      const { port, origin } = new URL(webUrl);
      const to = (n: number): RequestOptions => ({
        port,
        path: `/api/papers/uploads/${batchId}/${n + 1}`,
        headers: { cookie, origin, 'content-type': 'application/pdf', 'X-File-Name': `${n}.pdf` },
      });
      // The first finds the route and its connections cold.
      await upload(to(uploads));
      return measured(to);
    }),
  );
}

function measured(to: (n: number) => RequestOptions): Promise<number[]> {
  return Promise.all(
    Array.from({ length: uploads }, async (_, n) => {
      await sleep((n * spreadMs) / uploads);
      return upload(to(n));
    }),
  );
}

const filling = randomBytes(fileBytes);

async function upload(to: RequestOptions): Promise<number> {
  const file = Buffer.from(filling);
  file.write(`%PDF-1.7\n%${randomUUID()}\n`);
  const sending = request({ ...to, host: '127.0.0.1', method: 'PUT' });
  const answered = once(sending, 'response');
  for (let at = 0; at < file.length; at += partBytes) {
    const isTaken = sending.write(file.subarray(at, at + partBytes));
    if (!isTaken) await once(sending, 'drain');
  }
  const lastByteAt = performance.now();
  sending.end();
  const [response] = (await answered) as [IncomingMessage];
  const tookMs = performance.now() - lastByteAt;
  response.resume();
  if (response.statusCode !== 201) throw new Error(`An upload was answered ${response.statusCode}`);
  return tookMs;
}

async function writeSynced(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for await (const part of bytes) await handle.write(part);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

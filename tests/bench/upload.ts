/**
 * How long an upload takes from its last byte to the answer: 20 people, a 5 MB file each time, arrivals
 * spread over ten seconds. `addFile` behind a bare HTTP server, on PostgreSQL with durability and a
 * folder that is synced, against a bare server that only writes and syncs the same bytes.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import type { Ctx } from '@/server/context';
import { addFile } from '@/server/papers';
import { openStorage } from '@/server/storage';
import { type BenchDatabase, withDatabase } from './database';
import { type Benchmark, quantile, round } from './measure';

const people = 20;
const uploadsEach = 3;
const spreadMs = 10_000;
const fileBytes = 5_000_000;
/** As a browser on a good line sends. */
const partBytes = 64 * 1024;

export const run: Benchmark = (say) =>
  withDatabase(async (database) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'phial-bench-upload-'));
    try {
      const bare = await measured((bytes, n) => writeSynced(path.join(folder, `bare-${n}`), bytes));
      say(`  bare server: p50 ${round(quantile(bare, 0.5), 0)} ms`);
      const { ctx, close } = await contextOf(database, `file:${path.join(folder, 'blobs')}`);
      try {
        const ours = await measured((bytes, n) =>
          addFile({ ctx, input: { bytes, fileName: `paper-${n}.pdf` } }),
        );
        return [
          {
            name: `last byte to answer, p95 of ${ours.length} uploads of 5 MB by ${people} people`,
            unit: 'ms',
            value: quantile(ours, 0.95),
            baseline: { name: 'write and sync alone', value: quantile(bare, 0.95) },
            goal: { of: 'value', atMost: 150 },
            details: { p50: round(quantile(ours, 0.5)), 'p50 bare': round(quantile(bare, 0.5)) },
          },
        ];
      } finally {
        await close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

/** Milliseconds from the last byte to the answer, of every upload. */
async function measured(
  take: (bytes: AsyncIterable<Uint8Array>, n: number) => Promise<unknown>,
): Promise<number[]> {
  const total = people * uploadsEach;
  let taken = 0;
  const server = createServer(async (incoming: IncomingMessage, response) => {
    await take(incoming, taken++);
    response.writeHead(201).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const uploads = Array.from({ length: total }, async (_, i) => {
      await sleep((i * spreadMs) / total);
      return upload(port);
    });
    return await Promise.all(uploads);
  } finally {
    server.close();
  }
}

async function upload(port: number): Promise<number> {
  const file = randomBytes(fileBytes);
  file.write('%PDF-1.7\n');
  const sending = request({ port, host: '127.0.0.1', method: 'PUT' });
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

async function contextOf(
  database: BenchDatabase,
  storageUrl: string,
): Promise<{ ctx: Ctx; close: () => Promise<void> }> {
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const [workspace] = await superuser`insert into workspaces (name) values ('Bench') returning id`;
  await superuser.end();
  const db = openDatabase(database.appUrl, { max: 20, applicationName: 'phial-bench' });
  return {
    ctx: {
      actor: { kind: 'task', workspaceId: workspace?.id, task: 'bench' },
      db,
      storage: openStorage(storageUrl),
      requestId: 'bench',
      now: () => new Date(),
    },
    close: () => db.close(),
  };
}

/**
 * Searching 5,000 and 50,000 chunks against `ts_rank` over a GIN index in the same database, and filling
 * an index of 5,000 against LangChain.js's splitter and in-memory store with the same vectors.
 */

import { FakeEmbeddings } from '@langchain/core/utils/testing';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { MemoryVectorStore } from 'langchain/vectorstores/memory';
import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import { withScratchWorkspace } from '@/db/scratch';
import type { Ctx } from '@/server/context';
import { addDocuments, type PlainDocument, searchPassages, trainEmbedding } from '@/server/search';
import type { Storage } from '@/server/storage';
import { documents, questions } from './collection';
import { withDatabase } from './database';
import { type Benchmark, type Figure, median, quantile, round, type Say } from './measure';

const ASKED = 200;
const WARM_UP = 40;
const BATCH = 250;

interface Size {
  chunks: number;
  /** Milliseconds for 95 of 100 questions. */
  atMostMs: number;
}

export const run: Benchmark = (say) =>
  searching(say, [
    { chunks: 5_000, atMostMs: 8 },
    { chunks: 50_000, atMostMs: 30 },
  ]);

export function searching(say: Say, sizes: readonly Size[]): Promise<Figure[]> {
  return withDatabase(async ({ appUrl, ownerUrl, superuserUrl }) => {
    const db = openDatabase(appUrl, { max: 2, applicationName: 'phial-bench' });
    const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} });
    try {
      const figures: Figure[] = [];
      for (const size of sizes) {
        await withScratchWorkspace(ownerUrl, 'Benchmark', async (workspaceId) => {
          const ctx: Ctx = {
            actor: { kind: 'task', workspaceId, task: 'bench' },
            db,
            // Nothing of a search lies in storage.
            storage: null as unknown as Storage,
            requestId: 'bench',
            now: () => new Date(),
          };
          figures.push(...(await measureSize(ctx, superuser, size, say)));
        });
      }
      return figures;
    } finally {
      await Promise.all([db.close(), superuser.end()]);
    }
  });
}

async function measureSize(
  ctx: Ctx,
  superuser: postgres.Sql,
  { chunks, atMostMs }: Size,
  say: Say,
): Promise<Figure[]> {
  const all = [...documents(chunks)];
  const filledMs = await timed(async () => {
    for (let at = 0; at < all.length; at += BATCH) {
      await addDocuments({ ctx, documents: all.slice(at, at + BATCH) });
    }
  });
  const trainedMs = await timed(() => trainEmbedding({ ctx }));
  say(
    `  ${chunks} chunks indexed in ${round(filledMs / 1000)} s, vectors in ${round(trainedMs / 1000)} s`,
  );
  const lexemes = await superuser.begin(async (tx) => {
    await tx`drop table if exists bench_text`;
    await tx`create table bench_text as select id, to_tsvector('english', text) as words from chunks
      where workspace_id = ${ctx.actor.workspaceId}`;
    await tx`create index on bench_text using gin (words)`;
    return tx`select count(*) from lex_posting where workspace_id = ${ctx.actor.workspaceId}`;
  });
  // A short benchmark does not wait for autovacuum, which an installation has all day.
  await superuser`vacuum analyze`;
  const asked = questions(all, ASKED + WARM_UP);
  const ours = await each(asked, (query) => searchPassages({ ctx, input: { query } }));
  const theirs = await each(asked, (query) => {
    const words = query.split(' ').join(' | ');
    return superuser`select id from bench_text, to_tsquery('english', ${words}) q
      where words @@ q order by ts_rank(words, q, 1) desc limit 10`;
  });
  const name = `Question to ${chunks.toLocaleString('en')} chunks`;
  const figures: Figure[] = [
    {
      name: `${name}, 95th of 100`,
      unit: 'ms',
      value: round(quantile(ours, 0.95)),
      baseline: { name: 'ts_rank over GIN', value: round(quantile(theirs, 0.95)) },
      goal: { of: 'value', atMost: atMostMs },
      details: {
        median: round(median(ours)),
        'median of ts_rank': round(median(theirs)),
        postings: Number(lexemes[0]!.count),
        'indexing, s': round(filledMs / 1000),
        'vectors, s': round(trainedMs / 1000),
        'memory of this process, MB': round(process.memoryUsage().rss / 2 ** 20, 0),
      },
    },
  ];
  if (chunks <= 5_000)
    figures.push(...(await againstLangChain(ctx, superuser, all, asked, ours, filledMs)));
  return figures;
}

/** What a TypeScript developer would assemble: it keeps everything in memory and has nothing to learn. */
async function againstLangChain(
  ctx: Ctx,
  superuser: postgres.Sql,
  all: readonly PlainDocument[],
  asked: readonly string[],
  ours: readonly number[],
  filledMs: number,
): Promise<Figure[]> {
  const rows = await superuser<{ vector: Buffer }[]>`
    select vector from chunk_vector where workspace_id = ${ctx.actor.workspaceId} order by chunk_id`;
  const vectors = rows.map(({ vector }) =>
    Array.from(new Float32Array(Uint8Array.from(vector).buffer)),
  );
  const store = new MemoryVectorStore(new FakeEmbeddings());
  const storedMs = await timed(async () => {
    const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 2_000, chunkOverlap: 0 });
    const pieces = await splitter.createDocuments(all.map(({ text }) => text));
    await store.addVectors(
      pieces.map((_, i) => vectors[i % vectors.length]!),
      pieces,
    );
  });
  const asVector = await each(asked, (_, i) =>
    store.similaritySearchVectorWithScore(vectors[(i * 37) % vectors.length]!, 10),
  );
  return [
    {
      name: 'Filling 5,000 chunks',
      unit: 's',
      value: round(filledMs / 1000),
      baseline: { name: 'LangChain.js, vectors given', value: round(storedMs / 1000) },
      goal: null,
    },
    {
      name: 'Question to 5,000 chunks, median',
      unit: 'ms',
      value: round(median(ours)),
      baseline: { name: 'LangChain.js, vector given', value: round(median(asVector)) },
      goal: null,
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** How long each took, the first ones left out. */
async function each(
  asked: readonly string[],
  ask: (query: string, i: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  for (const [i, query] of asked.entries()) took.push(await timed(() => ask(query, i)));
  return took.slice(WARM_UP);
}

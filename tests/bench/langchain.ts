/**
 * What a TypeScript developer would assemble: LangChain.js's splitter and in-memory store, given the very
 * vectors that Phial learned, on a labelled collection.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FakeEmbeddings } from '@langchain/core/utils/testing';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { MemoryVectorStore } from 'langchain/vectorstores/memory';
import type postgres from 'postgres';
import { type Ctx, inWorkspace } from '@/server/context';
import { addDocuments, searchPassages, trainEmbedding } from '@/server/search';
import { understand } from '@/server/search/search';
import { readCorpus, readQueries } from '@/worker/cli/eval/collection';
import { mean, ndcgAt10, parseJudgements } from '@/worker/cli/eval/ranking';
import { sharedDir } from '../shared';
import { type Figure, median, round, type Say, timed } from './measure';

const WARM_UP = 20;
const FOUND = 20;

export async function againstLangChain(
  ctx: Ctx,
  superuser: postgres.Sql,
  say: Say,
): Promise<Figure[]> {
  const shared = sharedDir();
  if (!shared) {
    say('  no comparison with LangChain.js: the labelled sets are not beside the checkout');
    return [];
  }
  const folder = path.join(shared, 'eval', 'cranfield');
  const judged = parseJudgements(await readFile(path.join(folder, 'qrels.tsv'), 'utf8'));
  const documents = await readCorpus(folder);
  const queries = await readQueries(path.join(folder, 'queries.jsonl'));
  const { workspaceId } = ctx.actor;

  let paperIds: string[] = [];
  const filledMs = await timed(async () => {
    paperIds = await addDocuments({ ctx, documents });
  });
  await trainEmbedding({ ctx });
  await superuser`vacuum analyze`;
  const documentOf = new Map(paperIds.map((paperId, i) => [paperId, documents[i]!.id]));

  const rows = await superuser<{ paperId: string; text: string; vector: Buffer }[]>`
    select c.paper_id as "paperId", c.text, v.vector
    from chunks c join chunk_vector v on v.chunk_id = c.id where c.workspace_id = ${workspaceId}`;
  const store = new MemoryVectorStore(new FakeEmbeddings());
  const storedMs = await timed(async () => {
    const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1_000_000, chunkOverlap: 0 });
    const pieces = await splitter.createDocuments(
      rows.map(({ text }) => text || '-'),
      rows.map(({ paperId }) => ({ id: documentOf.get(paperId) })),
    );
    await store.addVectors(
      rows.map(({ vector }) => Array.from(new Float32Array(Uint8Array.from(vector).buffer))),
      pieces,
    );
  });

  const ours = { scores: [] as number[], tookMs: [] as number[] };
  const theirs = { scores: [] as number[], tookMs: [] as number[] };
  for (const { id, text } of queries) {
    const relevant = judged.get(id) ?? new Map<string, number>();
    const keep = (to: typeof ours, ranked: string[], tookMs: number) => {
      to.scores.push(ndcgAt10([...new Set(ranked)], relevant) ?? 0);
      to.tookMs.push(tookMs);
    };
    let ranked: string[] = [];
    const ourMs = await timed(async () => {
      const found = await searchPassages({ ctx, input: { query: text, limit: FOUND } });
      ranked = found.map(({ paperId }) => documentOf.get(paperId)!);
    });
    keep(ours, ranked, ourMs);
    const { vector } = await inWorkspace(ctx, (tx) => understand(tx, workspaceId, text, null));
    ranked = [];
    const theirMs = await timed(async () => {
      const found = vector
        ? await store.similaritySearchVectorWithScore(Array.from(vector), FOUND)
        : [];
      ranked = found.map(([document]) => String(document.metadata.id));
    });
    keep(theirs, ranked, theirMs);
  }
  const name = 'Cranfield (1,400 abstracts)';
  const baseline = (value: number) => ({
    name: 'LangChain.js, vectors given',
    value: round(value, 3),
  });
  return [
    {
      name: `${name}, nDCG@10`,
      unit: '',
      value: round(mean(ours.scores), 3),
      baseline: baseline(mean(theirs.scores)),
      goal: null,
    },
    {
      name: `${name}, filling`,
      unit: 'ms',
      value: round(filledMs),
      baseline: baseline(storedMs),
      goal: null,
    },
    {
      name: `${name}, a question, median`,
      unit: 'ms',
      value: round(median(ours.tookMs.slice(WARM_UP))),
      baseline: baseline(median(theirs.tookMs.slice(WARM_UP))),
      goal: null,
    },
  ];
}

import path from 'node:path';
import { parseArgs } from 'node:util';
import { searchPassages } from '@/server/search';
import { CommandError } from '../command-error';
import {
  type LoadedCollection,
  type Query,
  readCorpus,
  readQueries,
  withCollection,
} from './collection';
import { readText, writeText } from './files';
import { mean, ndcgAt10, pairedInterval, parseJudgements } from './ranking';

const USAGE = 2;
const usage =
  'phial eval retrieval --corpus DIR [--queries FILE] --out FILE [--qrels FILE] [--data DIR]';

/** Documents of a run's line. */
const DOCUMENTS = 100;

/**
 * Loads a collection as papers, asks every query of it, and writes the documents of each, best first,
 * ranked by their best passage. With judgements it also tells how much better that is than words alone.
 */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const { corpus, queries: file, out, qrels } = parse(args);
  const judged = qrels ? parseJudgements(await readText(qrels)) : null;
  const documents = await readCorpus(corpus);
  const queries = await readQueries(file ?? path.join(corpus, 'queries.jsonl'));
  const startedAt = performance.now();
  await withCollection(documents, dataDir, async (collection) => {
    const loadedAt = performance.now();
    const lines: string[] = [];
    const tookMs: number[] = [];
    const compared: { all: number; words: number }[] = [];
    for (const query of queries) {
      collection.signal.throwIfAborted();
      const before = performance.now();
      const ranked = await rank(collection, query, 'everything');
      tookMs.push(performance.now() - before);
      lines.push(JSON.stringify({ query_id: query.id, doc_ids: ranked }));
      const relevant = judged?.get(query.id);
      const all = relevant ? ndcgAt10(ranked, relevant) : null;
      if (!relevant || all === null) continue;
      const words = ndcgAt10(await rank(collection, query, 'words'), relevant) ?? 0;
      compared.push({ all, words });
    }
    await writeText(out, `${lines.join('\n')}\n`);
    tookMs.sort((a, b) => a - b);
    const at = (q: number) => (tookMs[Math.floor((tookMs.length - 1) * q)] ?? 0).toFixed(1);
    process.stdout.write(
      `${documents.length} documents loaded in ${((loadedAt - startedAt) / 1000).toFixed(1)} s; ${queries.length} queries, ${at(0.5)} ms each (median), ${at(0.95)} ms (95th of 100). The run is ${out}.\n`,
    );
    if (judged) process.stdout.write(comparison(compared));
  });
  return 0;
}

function comparison(compared: readonly { all: number; words: number }[]): string {
  if (compared.length === 0) return 'No query has a relevant document in the judgements.\n';
  const { low, high } = pairedInterval(compared.map(({ all, words }) => all - words));
  const figure = (value: number) => value.toFixed(4);
  const all = mean(compared.map((c) => c.all));
  const words = mean(compared.map((c) => c.words));
  return `nDCG@10 ${figure(all)}; words alone (BM25) ${figure(words)}; difference ${figure(all - words)}, 95 % interval ${figure(low)} to ${figure(high)} (paired bootstrap, ${compared.length} queries).\n`;
}

/** A document with several passages stands where its best does. */
async function rank(
  { ctx, documentOf }: LoadedCollection,
  query: Query,
  by: 'everything' | 'words',
): Promise<string[]> {
  const text = query.text.trim().slice(0, 10_000);
  if (text === '') return [];
  const passages = await searchPassages({ ctx, input: { query: text, limit: 2 * DOCUMENTS }, by });
  return [...new Set(passages.map((p) => documentOf.get(p.paperId)!))].slice(0, DOCUMENTS);
}

function parse(args: string[]) {
  let values: { corpus?: string; queries?: string; out?: string; qrels?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        corpus: { type: 'string' },
        queries: { type: 'string' },
        out: { type: 'string' },
        qrels: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new CommandError(`${usage}: ${error instanceof Error ? error.message : error}`, USAGE);
  }
  const { corpus, queries, out, qrels } = values;
  if (!corpus) throw new CommandError(`${usage}: name the collection's folder.`, USAGE);
  if (!out) throw new CommandError(`${usage}: name the file to write with --out.`, USAGE);
  return { corpus, queries, out, qrels };
}

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
import { writeText } from './files';

const USAGE = 2;
const usage = 'phial eval retrieval --corpus DIR [--queries FILE] --out FILE [--data DIR]';

/** Documents of a run's line. */
const DOCUMENTS = 100;

/**
 * Loads a collection as papers, asks every query of it, and writes the documents of each, best first,
 * ranked by their best passage.
 */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const { corpus, queries: file, out } = parse(args);
  const documents = await readCorpus(corpus);
  const queries = await readQueries(file ?? path.join(corpus, 'queries.jsonl'));
  const startedAt = performance.now();
  await withCollection(documents, dataDir, async (collection) => {
    const loadedAt = performance.now();
    const lines: string[] = [];
    const tookMs: number[] = [];
    for (const query of queries) {
      collection.signal.throwIfAborted();
      const before = performance.now();
      lines.push(JSON.stringify({ query_id: query.id, doc_ids: await rank(collection, query) }));
      tookMs.push(performance.now() - before);
    }
    await writeText(out, `${lines.join('\n')}\n`);
    tookMs.sort((a, b) => a - b);
    const at = (q: number) => (tookMs[Math.floor((tookMs.length - 1) * q)] ?? 0).toFixed(1);
    process.stdout.write(
      `${documents.length} documents loaded in ${((loadedAt - startedAt) / 1000).toFixed(1)} s; ${queries.length} queries, ${at(0.5)} ms each (median), ${at(0.95)} ms (95th of 100). The run is ${out}.\n`,
    );
  });
  return 0;
}

/** A document with several passages stands where its best does. */
async function rank({ ctx, documentOf }: LoadedCollection, query: Query): Promise<string[]> {
  const text = query.text.trim().slice(0, 10_000);
  if (text === '') return [];
  const passages = await searchPassages({ ctx, input: { query: text, limit: 2 * DOCUMENTS } });
  return [...new Set(passages.map((p) => documentOf.get(p.paperId)!))].slice(0, DOCUMENTS);
}

function parse(args: string[]): { corpus: string; queries: string | undefined; out: string } {
  let values: { corpus?: string; queries?: string; out?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        corpus: { type: 'string' },
        queries: { type: 'string' },
        out: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new CommandError(`${usage}: ${error instanceof Error ? error.message : error}`, USAGE);
  }
  const { corpus, queries, out } = values;
  if (!corpus) throw new CommandError(`${usage}: name the collection's folder.`, USAGE);
  if (!out) throw new CommandError(`${usage}: name the file to write with --out.`, USAGE);
  return { corpus, queries, out };
}

/** The floors of retrieval, on collections that load in seconds; the whole of them is `phial eval retrieval`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { addDocuments, searchPassages, trainEmbedding } from '@/server/search';
import { type Query, readCorpus, readQueries } from '@/worker/cli/eval/collection';
import { mean, ndcgAt10, parseJudgements } from '@/worker/cli/eval/ranking';
import { sharedDir } from '../shared';
import { createWorld, type World } from '../world';

const shared = sharedDir();

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A collection made of the documents that `keep` lets in; gives nDCG@10 of either ranking. */
async function load(
  set: string,
  {
    keep,
    ask,
  }: { keep: (id: string, i: number) => boolean; ask: (query: Query, i: number) => boolean },
) {
  const folder = path.join(shared!, 'eval', set);
  const judged = parseJudgements(readFileSync(path.join(folder, 'qrels.tsv'), 'utf8'));
  const queries = (await readQueries(path.join(folder, 'queries.jsonl'))).filter(ask);
  const needed = new Set(queries.flatMap(({ id }) => [...(judged.get(id)?.keys() ?? [])]));
  const documents = (await readCorpus(folder)).filter(({ id }, i) => needed.has(id) || keep(id, i));
  const ctx: Ctx = await world.member();
  const papers = await addDocuments({ ctx, documents });
  const documentOf = new Map(papers.map((paper, i) => [paper, documents[i]!.id]));
  await trainEmbedding({ ctx });
  const score = async (by: 'everything' | 'words') => {
    const scores: number[] = [];
    for (const { id, text } of queries) {
      const found = await searchPassages({ ctx, input: { query: text, limit: 20 }, by });
      const ranked = [...new Set(found.map(({ paperId }) => documentOf.get(paperId)!))];
      scores.push(ndcgAt10(ranked, judged.get(id) ?? new Map()) ?? 0);
    }
    return mean(scores);
  };
  return score;
}

const withoutSets = shared ? null : 'the labelled sets are not beside the checkout';

// Each loads a collection and trains on it: seconds of work, several times as long on a loaded machine.
describe('retrieval', { timeout: 240_000 }, () => {
  beforeEach(({ skip }) => skip(withoutSets !== null, withoutSets ?? ''));

  it('of Cranfield stays above .55', async () => {
    const score = await load('cranfield', { keep: () => true, ask: () => true });
    expect(await score('everything')).toBeGreaterThan(0.55);
  });

  it('of a sixth of SciFact stays above its floor, and is better than by words alone', async () => {
    const score = await load('scifact', {
      keep: (_, i) => i % 6 === 0,
      ask: (_, i) => i % 5 === 0,
    });
    const everything = await score('everything');
    const words = await score('words');
    expect(words).toBeGreaterThan(0.74);
    expect(everything).toBeGreaterThan(words);
  });
});

/**
 * Searching 5,000 and 50,000 chunks against `ts_rank` over a GIN index in the same database, asking the
 * same as a person does, and a labelled collection against LangChain.js's in-memory store with the same
 * vectors.
 */

import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import { answerQuestion, ask, beginAnswer, draftFromSearch } from '@/server/asking';
import type { Ctx } from '@/server/context';
import { addDocuments, type PlainDocument, searchPassages, trainEmbedding } from '@/server/search';
import { documents, questions } from './collection';
import { inNewWorkspace, withDatabase } from './database';
import { againstLangChain } from './langchain';
import { type Benchmark, type Figure, median, quantile, round, type Say, timed } from './measure';

const ASKED = 200;
const WARM_UP = 40;
/** `ts_rank` takes seconds at 300,000 chunks, and nothing but the database warms up. */
const BASELINE = { asked: 40, warmUp: 5 };
const BATCH = 1_000;
/** Documents that questions are taken from, evenly over all. */
const ASKED_ABOUT = 5_000;

interface Size {
  chunks: number;
  /** Milliseconds for 95 of 100 questions. */
  atMostMs: number;
}

export const run: Benchmark = (say) =>
  searching(
    say,
    [
      { chunks: 5_000, atMostMs: 8 },
      { chunks: 50_000, atMostMs: 30 },
    ],
    { isCompared: true },
  );

export function searching(
  say: Say,
  sizes: readonly Size[],
  { isCompared }: { isCompared: boolean },
): Promise<Figure[]> {
  return withDatabase(async ({ appUrl, superuserUrl }) => {
    const db = openDatabase(appUrl, { max: 2, isDirect: true, applicationName: 'phial-bench' });
    const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} });
    try {
      const figures: Figure[] = [];
      // Not cleaned up: the whole database goes.
      const newWorkspace = () => inNewWorkspace({ superuserUrl }, db);
      for (const size of sizes) {
        figures.push(...(await measureSize(await newWorkspace(), superuser, size, say)));
      }
      if (isCompared)
        figures.push(...(await againstLangChain(await newWorkspace(), superuser, say)));
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
  const about: PlainDocument[] = [];
  const filledMs = await timed(async () => {
    let batch: PlainDocument[] = [];
    let at = 0;
    for (const document of documents(chunks)) {
      if (at++ % (chunks / ASKED_ABOUT) === 0) about.push(document);
      batch.push(document);
      if (batch.length < BATCH && at < chunks) continue;
      await addDocuments({ ctx, documents: batch });
      batch = [];
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
  const all = questions(about, 2 * ASKED + WARM_UP);
  const asked = all.slice(0, WARM_UP + ASKED);
  const [first, ours] = await each(asked, (query) => searchPassages({ ctx, input: { query } }));
  const ranked = (query: string) => {
    const words = query.split(' ').join(' | ');
    return superuser`select id from bench_text, to_tsquery('english', ${words}) q
      where words @@ q order by ts_rank(words, q, 1) desc limit 10`;
  };
  const { asked: some, warmUp } = BASELINE;
  const [, theirs] = await each(asked.slice(0, warmUp + some), ranked, warmUp);
  const [, answers] = await each(all.slice(ASKED), (question) => answer(ctx, question));
  const name = `Question to ${chunks.toLocaleString('en')} chunks`;
  return [
    {
      name: `${name}, 95th of 100`,
      unit: 'ms',
      value: round(quantile(ours, 0.95)),
      baseline: { name: 'ts_rank over GIN', value: round(quantile(theirs, 0.95)) },
      goal: { of: 'value', atMost: atMostMs },
      details: {
        median: round(median(ours)),
        'median of ts_rank': round(median(theirs)),
        'first of all': round(first),
        postings: Number(lexemes[0]!.count),
        'indexing, s': round(filledMs / 1000),
        'vectors, s': round(trainedMs / 1000),
        'memory of this process, MB': round(process.memoryUsage().rss / 2 ** 20, 0),
      },
    },
    {
      name: `Answer from ${chunks.toLocaleString('en')} chunks, verified and stored, 95th of 100`,
      unit: 'ms',
      value: round(quantile(answers, 0.95)),
      baseline: { name: 'its passages alone', value: round(quantile(ours, 0.95)) },
      goal: { of: 'value', atMost: 1_000 },
      details: { median: round(median(answers)) },
    },
  ];
}

/** All that happens between a question and its answer, but for the worker's hearing of it. */
async function answer(ctx: Ctx, text: string): Promise<void> {
  const { answerId } = await ask({ ctx, input: { text } });
  const answering = await beginAnswer({ ctx, answerId });
  if (!answering) throw new Error('The answer had begun before its question was asked');
  await answerQuestion({
    ctx,
    answering,
    answerer: { draft: draftFromSearch, cache: { remember: (_, make) => make() }, model: null },
    signal: new AbortController().signal,
  });
}

/** How long the very first took, and each after the first ones. */
async function each(
  asked: readonly string[],
  ask: (query: string) => Promise<unknown>,
  warmUp = WARM_UP,
): Promise<[first: number, rest: number[]]> {
  const took: number[] = [];
  for (const query of asked) took.push(await timed(() => ask(query)));
  return [took[0]!, took.slice(warmUp)];
}

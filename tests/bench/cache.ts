import { type Database, openDatabase } from '@/db/client';
import { openCache } from '@/server/cache';
import { LibraryVersions } from '@/server/papers/live-version';
import { addDocuments, searchPassages } from '@/server/search';
import { rememberedPassages } from '@/server/search/remembered';
import { inNewWorkspace, withDatabase } from './database';
import { type Benchmark, type Figure, median, quantile, round } from './measure';
import { withRedis } from './redis';

const DOCUMENTS = 3_000;
const QUESTIONS = 25;
const READS = 2_500;

export const run: Benchmark = (say) =>
  withDatabase((database) =>
    withRedis(async (link) => {
      const timed = timing(
        openDatabase(database.appUrl, { max: 2, applicationName: 'phial-bench' }),
      );
      const cache = openCache(link, 'bench');
      const direct = openDatabase(database.directUrl, {
        max: 1,
        isDirect: true,
        applicationName: 'phial-listener',
      });
      const versions = await LibraryVersions.open(timed.db, direct);
      try {
        const ctx = await inNewWorkspace(database, timed.db);
        const random = seeded(7);
        for (let from = 0; from < DOCUMENTS; from += 500) {
          await addDocuments({ ctx, documents: documents(500, from, random) });
        }
        say(`  ${DOCUMENTS} papers, ${READS} reads of ${QUESTIONS} questions`);
        const questions = Array.from({ length: QUESTIONS }, () => words(random, 6));
        const asked = Array.from(
          { length: READS },
          () => questions[Math.floor(QUESTIONS * random() ** 3)]!,
        );

        const uncached = await measure(asked.slice(0, READS / 10), timed, (query) =>
          searchPassages({ ctx, input: { query } }),
        );
        const cached = await measure(asked, timed, (query) =>
          rememberedPassages({ ctx, cache, versions, input: { query } }),
        );
        const version = '1.x';
        const entry = (query: string) =>
          ({ namespace: 'retrieval', workspaceId: 'bench', version, key: query }) as const;
        const passages = await searchPassages({ ctx, input: { query: questions[0]! } });
        for (const query of questions) await cache.remember(entry(query), async () => passages);
        const hits = await measure(asked, timed, (query) =>
          cache.remember(entry(query), () => Promise.reject(new Error('not remembered'))),
        );
        const figures: Figure[] = [
          {
            name: 'Database time of a search, through the cache',
            unit: 'ms/read',
            value: round(cached.databaseMs, 4),
            baseline: { name: 'without', value: round(uncached.databaseMs, 4) },
            goal: { of: 'ratio', atMost: 1 / 50 },
            details: {
              'whole read, p50': round(median(cached.readMs), 3),
              'whole read without, p50': round(median(uncached.readMs), 3),
            },
          },
          {
            name: 'Hit of the cache, p50',
            unit: 'ms',
            value: round(median(hits.readMs), 4),
            baseline: { name: 'search', value: round(median(uncached.readMs), 4) },
            goal: { of: 'value', atMost: 1 },
            details: {
              p95: round(quantile(hits.readMs, 0.95), 4),
              'database time': hits.databaseMs,
              bytes: JSON.stringify(passages).length,
            },
          },
        ];
        return figures;
      } finally {
        await cache.close();
        await Promise.all([timed.db.close(), direct.close()]);
      }
    }),
  );

/** Sums the time that transactions take, from being asked for to their end. */
function timing(db: Database) {
  const spent = { ms: 0 };
  const timed: Database = {
    ...db,
    async tx(workspaceId, work) {
      const startedAt = performance.now();
      try {
        return await db.tx(workspaceId, work);
      } finally {
        spent.ms += performance.now() - startedAt;
      }
    },
  };
  return { db: timed, spent };
}

async function measure(
  asked: readonly string[],
  { spent }: ReturnType<typeof timing>,
  read: (query: string) => Promise<unknown>,
): Promise<{ databaseMs: number; readMs: number[] }> {
  const before = spent.ms;
  const readMs: number[] = [];
  for (const query of asked) {
    const startedAt = performance.now();
    await read(query);
    readMs.push(performance.now() - startedAt);
  }
  return { databaseMs: (spent.ms - before) / asked.length, readMs };
}

/** The same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Of a made-up vocabulary in which, as in any text, few words are frequent. */
function words(random: () => number, n: number): string {
  const word = () => `term${Math.floor(4_000 * random() ** 4).toString(36)}x`;
  return Array.from({ length: n }, word).join(' ');
}

const documents = (n: number, from: number, random: () => number) =>
  Array.from({ length: n }, (_, i) => ({
    id: String(from + i),
    title: `${words(random, 8)}`,
    text: `${Array.from({ length: 10 }, () => words(random, 18)).join('. ')}.`,
  }));

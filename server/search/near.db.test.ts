/** One suite over both ways to near vectors: the exact one on Postgres, pgvector's index in PGlite. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Tx } from '@/db/client';
import type { Ctx } from '@/server/context';
import { createWorld } from '@/tests/world';
import { readSize } from './candidates';
import { addDocuments } from './collection';
import { currentModel, type Model } from './model';
import { byIndex, byShelf, type Neighbourhood, openNeighbourhood } from './neighbourhood';
import { searchPassages } from './search';
import { openShelf } from './shelf';
import { trainEmbedding } from './train';
import { dot } from './vector';
import { offersVectorIndex } from './vector-index';
import { readVectors } from './vectors';

const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url));

interface Side {
  ctx: Ctx;
  open(tx: Tx, model: Model): Promise<Neighbourhood>;
  removeAll(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Three subjects with words of their own, and enough of each to learn from. */
const subjects = [
  ['sildenafil', 'pulmonary', 'pressure', 'artery', 'exercise', 'capacity'],
  ['aspirin', 'platelet', 'infarction', 'bleeding', 'mortality', 'stroke'],
  ['imatinib', 'kinase', 'leukaemia', 'remission', 'mutation', 'relapse'],
];
const documents = Array.from({ length: 120 }, (_, i) => {
  const words = subjects[i % 3]!;
  const pick = (k: number) => words[(i * 7 + k * 3 + (i >> 2)) % words.length]!;
  return {
    id: String(i),
    title: `${pick(0)} and ${pick(1)} in cohort ${i}`,
    text: `We studied ${pick(2)} with ${pick(3)}. Patients showed ${pick(4)} and ${pick(5)}.`,
  };
});

async function exactSide(): Promise<Side> {
  const world = await createWorld();
  const ctx = await world.member();
  return {
    ctx,
    async open(tx, model) {
      const { version } = await readSize(tx, ctx.actor.workspaceId);
      return byShelf(model, (await openShelf(tx, ctx.actor.workspaceId, model, version))!);
    },
    removeAll: (statement) => world.superuser.unsafe(statement),
    close: () => world.close(),
  };
}

async function indexSide(): Promise<Side> {
  const pglite = await PGlite.create({ extensions: { vector, pg_trgm, pgcrypto, unaccent } });
  await pglite.exec(
    'create extension pg_trgm; create extension pgcrypto; create extension unaccent; create role phial_app; create role phial_queue;',
  );
  for (const file of readdirSync(migrations).filter((name) => name.endsWith('.sql'))) {
    await pglite.exec(readFileSync(path.join(migrations, file), 'utf8'));
  }
  const workspaceId = '00000000-0000-4000-8000-000000000001';
  await pglite.query("insert into workspaces (id, name) values ($1, 'Test')", [workspaceId]);
  const orm = drizzle(pglite);
  const tx: Database['tx'] = (_, work) =>
    orm.transaction((inner) => {
      // Rows alone, as the client of a server gives them.
      const rows = (query: Parameters<typeof inner.execute>[0]) =>
        inner.execute(query).then((result) => result.rows);
      return work(
        new Proxy(inner, {
          get: (target, name) => (name === 'execute' ? rows : Reflect.get(target, name)),
        }) as unknown as Tx,
      );
    });
  const ctx = {
    actor: { kind: 'task', workspaceId, task: 'test' },
    db: { tx } as Database,
    now: () => new Date(),
  } as Ctx;
  return {
    ctx,
    async open(inner, model) {
      expect(await offersVectorIndex(inner)).toBe(true);
      return byIndex(inner, model);
    },
    removeAll: (statement) => pglite.exec(statement),
    close: () => pglite.close(),
  };
}

describe.each([
  ['the exact way', exactSide],
  ['the index of pgvector', indexSide],
])('near vectors by %s', (_, make) => {
  let side: Side;
  let ids: string[];

  beforeAll(async () => {
    side = await make();
    ids = await addDocuments({ ctx: side.ctx, documents });
    await trainEmbedding({ ctx: side.ctx });
  });
  afterAll(() => side.close());

  const within = <T>(work: (tx: Tx, model: Model, near: Neighbourhood) => Promise<T>) =>
    side.ctx.db.tx(side.ctx.actor.workspaceId, async (tx) => {
      const model = (await currentModel(tx, side.ctx.actor.workspaceId))!;
      return work(tx, model, await side.open(tx, model));
    });
  const allIds = (tx: Tx) =>
    tx
      .execute<{ id: string }>('select chunk_id as id from lex_chunk order by chunk_id' as never)
      .then((rows) => rows.map(({ id }) => Number(id)));

  it('finds every vector to be its own nearest, and the nearest in order', async () => {
    await within(async (tx, model, near) => {
      const chunkIds = await allIds(tx);
      const vectors = await readVectors(tx, model, chunkIds);
      expect(vectors.size).toBe(documents.length);
      for (const id of chunkIds.slice(0, 12)) {
        const query = vectors.get(id)!;
        const found = await near.nearest(query, 5);
        expect(found).toHaveLength(5);
        expect(found[0]!.cosine).toBeCloseTo(1, 2);
        const exact = [...vectors.values()].map((v) => dot(v, query)).sort((a, b) => b - a);
        for (const [i, { cosine, chunkId }] of found.entries()) {
          expect(cosine).toBeCloseTo(exact[i]!, 2);
          expect(cosine).toBeCloseTo(dot(vectors.get(chunkId)!, query), 2);
        }
      }
    });
  });

  it('gives vectors by id, and nothing for an id without one', async () => {
    await within(async (tx, model, near) => {
      const [id] = await allIds(tx);
      const vectors = await near.vectors([id!, 999_999_999]);
      const stored = (await readVectors(tx, model, [id!])).get(id!)!;
      expect(dot(vectors.at(0)!, stored)).toBeCloseTo(1, 2);
      expect(vectors.at(1)).toBeNull();
      expect(vectors.cosines(stored)).toEqual([expect.closeTo(1, 2), null]);
    });
  });

  it('does not look at each of very many vectors, and still has those of candidates', async () => {
    await within(async (tx, model) => {
      const many = { n: 60_000, version: 0 };
      const near = await openNeighbourhood(tx, side.ctx.actor.workspaceId, model, many);
      const [id] = await allIds(tx);
      const vector = (await near.vectors([id!])).at(0);
      expect(vector).not.toBeNull();
      expect(await near.nearest(vector!, 5)).toHaveLength((await offersVectorIndex(tx)) ? 5 : 0);
    });
  });

  it('ranks meaning beside words', async () => {
    const found = await searchPassages({ ctx: side.ctx, input: { query: 'sildenafil artery' } });
    const places = found.map(({ paperId }) => ids.indexOf(paperId) % 3);
    expect(places).toEqual(places.map(() => 0));
  });

  it('gives a new chunk its vector without a new model, and forgets those of a deleted paper', async () => {
    const model = await within(async (_, m) => m);
    const extra = {
      id: 'extra',
      title: 'Aspirin and platelet counts',
      text: 'Aspirin lowered stroke.',
    };
    const [paper] = await addDocuments({ ctx: side.ctx, documents: [extra] });
    expect(await trainEmbedding({ ctx: side.ctx })).toEqual({ trained: false, added: 1 });
    const [newest, itsVector] = await within(async (tx, m, near) => {
      expect(m.id).toBe(model.id);
      const id = (await allIds(tx)).at(-1)!;
      const own = (await near.vectors([id])).at(0);
      expect((await near.nearest(own!, 3)).map((n) => n.chunkId)).toContain(id);
      return [id, own!] as const;
    });
    await side.removeAll(`delete from papers where id = '${paper}'`);
    await within(async (tx, m, near) => {
      expect((await readVectors(tx, m, [newest])).size).toBe(0);
      const found = await near.nearest(itsVector, 3);
      expect(found).toHaveLength(3);
      expect(found.map(({ chunkId }) => chunkId)).not.toContain(newest);
    });
    const found = await searchPassages({
      ctx: side.ctx,
      input: { query: 'aspirin platelet counts' },
    });
    expect(found.map((p) => p.paperId)).not.toContain(paper);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/db/client';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { addDocuments } from './collection';
import { recountIndex } from './recount';
import { searchPassages } from './search';
import { trainEmbedding } from './train';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const documents = Array.from({ length: 200 }, (_, i) => ({
  id: `${i}`,
  title: `Paper ${i}`,
  text: `${Array.from({ length: 20 }, (_, j) => `word${(i + j * j) % 150}`).join(' ')}.`,
}));

/** Index entries of tables that the statements of `work` have read, in a session that ends. */
async function entriesRead(
  ctx: Ctx,
  tables: string[],
  work: (ctx: Ctx) => Promise<unknown>,
): Promise<number> {
  const read = async () => {
    const [row] = await world.superuser<{ n: number }[]>`
      select sum(idx_tup_read)::int as n from pg_stat_user_indexes
      where relname = any(${tables})`;
    return row!.n;
  };
  const before = await read();
  const db = openDatabase(world.database.appUrl, { max: 1, applicationName: 'test-statistics' });
  await work({ ...ctx, db });
  await db.close();
  await expect.poll(read).toBeGreaterThan(before);
  return (await read()) - before;
}

describe('though statistics know only another workspace', () => {
  let ctx: Ctx;
  beforeAll(async () => {
    const tables = ['lex_posting', 'lex_term', 'lex_chunk', 'chunk_vector', 'chunks', 'papers'];
    for (const table of tables)
      await world.superuser`alter table ${world.superuser(table)} set (autovacuum_enabled = false)`;
    const other = await world.member();
    await addDocuments({ ctx: other, documents });
    await trainEmbedding({ ctx: other });
    await world.superuser`analyze`;
    ctx = await world.member();
    await addDocuments({ ctx, documents });
  });

  it('counting anew reads a workspace’s postings a few times at most', async () => {
    const [postings] = await world.superuser<{ n: number }[]>`
      select count(*)::int as n from lex_posting where workspace_id = ${ctx.actor.workspaceId}`;
    const read = await entriesRead(ctx, ['lex_posting'], (as) => recountIndex({ ctx: as }));
    expect(read).toBeLessThan(5 * postings!.n);
  });

  it('what lacks a vector is found by looking each chunk up once', async () => {
    expect(await trainEmbedding({ ctx })).toMatchObject({ trained: true, added: documents.length });
    const tables = ['chunk_vector', 'lex_chunk'];
    const read = await entriesRead(ctx, tables, (as) => trainEmbedding({ ctx: as }));
    expect(read).toBeLessThan(5 * documents.length);
  });

  it('a question reads no more than what it found, and the papers once at most', async () => {
    const ask = (as: Ctx) => searchPassages({ ctx: as, input: { query: 'word7 word11' } });
    await ask(ctx);
    const tables = ['lex_term', 'lex_chunk', 'chunk_vector', 'chunks', 'papers'];
    const read = await entriesRead(ctx, tables, ask);
    expect(read).toBeLessThan(2 * documents.length);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@/db/client';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { addDocuments } from './collection';
import { recountIndex } from './recount';

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

/** Index entries of postings that the statements of `work` have read, each in a session that ends. */
async function entriesRead(ctx: Ctx, work: (ctx: Ctx) => Promise<unknown>): Promise<number> {
  const read = async () => {
    const [row] = await world.superuser<{ n: number }[]>`
      select sum(idx_tup_read)::int as n from pg_stat_user_indexes where relname = 'lex_posting'`;
    return row!.n;
  };
  const before = await read();
  const db = openDatabase(world.database.appUrl, { max: 1, applicationName: 'test-recount' });
  await work({ ...ctx, db });
  await db.close();
  await expect.poll(read).toBeGreaterThan(before);
  return (await read()) - before;
}

it('reads a workspace’s postings a few times at most, though statistics know only another workspace', async () => {
  for (const table of ['lex_posting', 'lex_term', 'lex_chunk'])
    await world.superuser`alter table ${world.superuser(table)} set (autovacuum_enabled = false)`;
  await addDocuments({ ctx: await world.member(), documents });
  await world.superuser`analyze`;
  const ctx = await world.member();
  await addDocuments({ ctx, documents });
  const [postings] = await world.superuser<{ n: number }[]>`
    select count(*)::int as n from lex_posting where workspace_id = ${ctx.actor.workspaceId}`;
  const read = await entriesRead(ctx, (as) => recountIndex({ ctx: as }));
  expect(read).toBeLessThan(5 * postings!.n);
});

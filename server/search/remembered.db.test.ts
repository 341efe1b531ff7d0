import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { papers } from '@/db/schema';
import { type Cache, openCache } from '@/server/cache';
import { type Ctx, inWorkspace } from '@/server/context';
import { removePapers } from '@/server/papers';
import { LibraryVersions } from '@/server/papers/live-version';
import { createWorld, type World } from '@/tests/world';
import { addDocuments } from './collection';
import { rememberedPassages } from './remembered';

let world: World;
let versions: LibraryVersions;
const cache: Cache = openCache(undefined, 'test');
beforeAll(async () => {
  world = await createWorld();
  versions = await LibraryVersions.open(world.web, world.worker);
});
afterAll(() => Promise.all([world.close(), cache.close()]));

const found = async (ctx: Ctx) => {
  const input = { query: 'sildenafil' };
  return (await rememberedPassages({ ctx, input, cache, versions })).map((one) => one.paperId);
};
const documents = [{ id: 'a', title: 'Sildenafil', text: 'Sildenafil lowered pressure.' }];

describe('remembered searches', () => {
  it('are of their workspace, and forget a paper once it lies in the bin', async () => {
    const [ctx, stranger] = [await world.member(), await world.member()];
    const [paperId] = await addDocuments({ ctx, documents });
    expect(await found(ctx)).toEqual([paperId]);
    expect(await found(stranger)).toEqual([]);
    // Behind the library's back: what is remembered shows that it was.
    await inWorkspace(ctx, (tx) =>
      tx.update(papers).set({ deletedAt: new Date() }).where(eq(papers.id, paperId!)),
    );
    expect(await found(ctx)).toEqual([paperId]);
    await inWorkspace(ctx, (tx) =>
      tx.update(papers).set({ deletedAt: null }).where(eq(papers.id, paperId!)),
    );
    await removePapers({ ctx, paperIds: [paperId!] });
    await expect.poll(() => found(ctx)).toEqual([]);
  });
});

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { papers } from '@/db/schema';
import { type Ctx, inWorkspace } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { answerDraft } from './answer';
import { bestByWords } from './candidates';
import { addDocuments } from './collection';
import { readListed } from './filter';
import { removePaper } from './index-chunks';
import { recountIndex } from './recount';
import { searchPassages, understand } from './search';
import { similarPassages } from './similar';

const documents = [
  {
    id: 'sildenafil',
    title: 'Sildenafil in pulmonary hypertension',
    text: 'Sildenafil improved exercise capacity. Pulmonary pressure fell in treated patients.',
  },
  {
    id: 'raynaud',
    title: 'Raynaud phenomenon',
    text: 'Attacks were less frequent on sildenafil than on placebo. Sildenafil was well tolerated.',
  },
  {
    id: 'aspirin',
    title: 'Aspirin after infarction',
    text: 'Aspirin lowered mortality after infarction. Bleeding was more frequent.',
  },
  { id: 'untitled', title: 'Letter to the editor', text: '' },
];

let world: World;
let ctx: Ctx;
let ids: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  ctx = await world.member();
  const added = await addDocuments({ ctx, documents });
  ids = Object.fromEntries(documents.map(({ id }, i) => [id, added[i]!]));
});

afterAll(() => world.close());

const found = async (query: string, filter = {}, as = ctx) =>
  (await searchPassages({ ctx: as, input: { query, filter } })).map((p) => p.paperId);

describe('searching passages', () => {
  it('scores as BM25 does', async () => {
    const scores = await inWorkspace(ctx, async (tx) => {
      const { workspaceId } = ctx.actor;
      const { asked, postings } = await understand(tx, workspaceId, 'sildenafil mortality', null);
      return bestByWords(asked, postings, await readListed(tx, workspaceId, {}), 10);
    });
    // Stems of each document, stop words gone; those of the title count three times.
    const [n, average] = [4, (18 + 14 + 12 + 6) / 4];
    const idf = (df: number) => Math.log(1 + (n - df + 0.5) / (df + 0.5));
    const part = (df: number, tf: number, dl: number) =>
      (idf(df) * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * dl) / average));
    const expected = [part(1, 1, 12), part(2, 2, 14), part(2, 4, 18)];
    expect(scores.map((s) => s.score)).toEqual(
      expected.sort((a, b) => b - a).map((score) => expect.closeTo(score, 6)),
    );
  });

  it('finds words by their stem, and papers without text by their title', async () => {
    expect(await found('improving exercises')).toEqual([ids.sildenafil]);
    expect(await found('editor')).toEqual([ids.untitled]);
    expect(await found('the of and')).toEqual([]);
    expect(await found('\u0000 \ud800 (" ')).toEqual([]);
  });

  it('keeps filters inside the query', async () => {
    await world.superuser`update papers set year = 2015, tags = '{lung}',
      authors = '[{"name": "Ada Lovelace", "family": "Lovelace"}]' where id = ${ids.sildenafil!}`;
    expect(await found('sildenafil', { years: { from: 2010, to: 2020 } })).toEqual([
      ids.sildenafil,
    ]);
    expect(await found('sildenafil', { tags: ['heart', 'lung'] })).toEqual([ids.sildenafil]);
    expect(await found('sildenafil', { authors: ['lovelace'] })).toEqual([ids.sildenafil]);
    expect(await found('sildenafil', { paperIds: [ids.raynaud!] })).toEqual([ids.raynaud]);
    expect(await found('sildenafil', { sections: ['methods'] })).toEqual([]);
    expect(await found('sildenafil', { years: { to: 2000 } })).toEqual([]);
  });

  it('finds what has come and not what has gone, though it was asked for before', async () => {
    const before = await found('sildenafil placebo');
    const extra = { id: 'later', title: 'Sildenafil again', text: 'Placebo did nothing.' };
    const [id] = await addDocuments({ ctx, documents: [extra] });
    expect((await found('sildenafil placebo')).toSorted()).toEqual([...before, id].toSorted());
    await world.superuser`delete from papers where id = ${id!}`;
    expect(await found('sildenafil placebo')).toEqual(before);
  });

  it('shows another workspace nothing', async () => {
    const stranger = await world.member();
    expect(await found('sildenafil', {}, stranger)).toEqual([]);
    expect(await found('sildenafil', { paperIds: [ids.raynaud!] }, stranger)).toEqual([]);
  });

  it('never finds a paper in the bin', async () => {
    const bin = (deletedAt: Date | null) =>
      inWorkspace(ctx, (tx) =>
        tx.update(papers).set({ deletedAt }).where(eq(papers.id, ids.raynaud!)),
      );
    await bin(new Date());
    expect(await found('sildenafil')).toEqual([ids.sildenafil]);
    expect(await found('sildenafil', { paperIds: [ids.raynaud!] })).toEqual([]);
    await bin(null);
    expect(await found('sildenafil')).toHaveLength(2);
  });
});

describe('passages like one', () => {
  it('are of other papers, best first', async () => {
    const [own] = await searchPassages({ ctx, input: { query: 'pulmonary hypertension' } });
    const alike = await similarPassages({ ctx, input: { chunkId: own!.chunkId } });
    expect(alike[0]!.paperId).toBe(ids.raynaud);
    expect(alike.map((p) => p.paperId)).not.toContain(own!.paperId);
    const stranger = await world.member();
    await expect(
      similarPassages({ ctx: stranger, input: { chunkId: own!.chunkId } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('drafts of answers', () => {
  const draft = (question: string, filter = {}) =>
    answerDraft({ ctx, input: { question, filter } });

  it('quote sentences as they stand on their page', async () => {
    const { picked, support, threshold } = await draft('Does aspirin lower mortality?');
    expect(support).toBeGreaterThan(threshold);
    const [first] = picked[0]!.citations;
    expect(first).toMatchObject({
      page: 1,
      start: 0,
      end: 43,
      quote: 'Aspirin lowered mortality after infarction.',
    });
    expect(documents[2]!.text.slice(first!.start, first!.end)).toBe(first!.quote);
  });

  it('are none where the papers say nothing of it, and the nearest are told', async () => {
    const none = await draft('Are turbines in power stations cooled by placebo?');
    expect(none.picked).toEqual([]);
    expect(none.support).toBeLessThan(none.threshold);
    expect(none.nearest.length).toBeGreaterThan(0);
    expect(await draft('xylophone')).toMatchObject({ support: null, picked: [], nearest: [] });
  });

  it('stay within the filter', async () => {
    const { nearest } = await draft('sildenafil', { paperIds: [ids.raynaud!] });
    expect(new Set(nearest.map((s) => s.paperId))).toEqual(new Set([ids.raynaud]));
  });
});

describe('the index', () => {
  const state = () => world.superuser`
    select (select sum(df) from lex_term where workspace_id = ${ctx.actor.workspaceId}) as df,
      (select count(*) from lex_posting where workspace_id = ${ctx.actor.workspaceId}) as postings,
      (select n from lex_stat where workspace_id = ${ctx.actor.workspaceId}) as n,
      (select total_dl from lex_stat where workspace_id = ${ctx.actor.workspaceId}) as words`;

  it('is as before once a paper has come and gone, by whatever way', async () => {
    const [before] = await state();
    const extra = { id: 'extra', title: 'New words', text: 'Sildenafil and entirely new words.' };
    for (const remove of [
      (id: string) => inWorkspace(ctx, (tx) => removePaper(tx, id)),
      (id: string) => world.superuser`delete from papers where id = ${id}`,
      (id: string) =>
        inWorkspace(ctx, (tx) => tx.delete(papers).where(eq(papers.id, id)).execute()),
    ]) {
      const [id] = await addDocuments({ ctx, documents: [extra] });
      expect((await state())[0]).not.toEqual(before);
      await remove(id!);
      expect((await state())[0]).toEqual(before);
    }
  });

  it('is set right when its counts or postings are wrong', async () => {
    const [before] = await state();
    expect(await recountIndex({ ctx })).toBe(0);
    const { workspaceId } = ctx.actor;
    await world.superuser`update lex_term set df = df + 3
      where workspace_id = ${workspaceId} and term in ('sildenafil', 'aspirin')`;
    await world.superuser`update lex_stat set n = n + 1 where workspace_id = ${workspaceId}`;
    await world.superuser`insert into lex_posting (workspace_id, chunk_id, term_id, tf, dl)
      select ${workspaceId}, 999999, id, 1, 1 from lex_term
      where workspace_id = ${workspaceId} and term = 'placebo'`;
    expect(await recountIndex({ ctx })).toBe(4);
    expect((await state())[0]).toEqual(before);
  });

  it('counts the same whether papers come one by one or all at once', async () => {
    const one = await world.member();
    const other = await world.member();
    const many = Array.from({ length: 12 }, (_, i) => ({
      id: `${i}`,
      title: `Paper ${i}`,
      text: `Common words and word${i % 5}. A second sentence of paper ${i}.`,
    }));
    await addDocuments({ ctx: one, documents: many });
    await Promise.all(many.map((document) => addDocuments({ ctx: other, documents: [document] })));
    const counts = (of: Ctx) => world.superuser`
      select term, df from lex_term where workspace_id = ${of.actor.workspaceId} order by term`;
    expect([...(await counts(other))]).toEqual([...(await counts(one))]);
    await expect(found('common', {}, one)).resolves.toHaveLength(10);
  });
});

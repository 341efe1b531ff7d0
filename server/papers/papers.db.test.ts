import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '@/server/context';
import { cancelJob } from '@/server/jobs';
import { addDocuments, searchPassages } from '@/server/search';
import { openStorage, sha256Hex } from '@/server/storage';
import { createWorld, type World } from '@/tests/world';
import {
  addFile,
  countOrphans,
  editPaper,
  emptyBin,
  getPaper,
  libraryVersion,
  listPapers,
  openBatch,
  openPaperFile,
  purgePapers,
  readAgain,
  reindexOutdated,
  removePapers,
  removeUnneededFile,
  restorePapers,
  tagPapers,
} from './index';
import { asUpload, makePdf } from './testing';

/** A disk that is really full needs one of its own, which only root on Linux can lay out. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const add = (
  ctx: Parameters<typeof addFile>[0]['ctx'],
  bytes: Buffer,
  rest: { fileName?: string; slot?: { batchId: string; number: number } } = {},
) => addFile({ ctx, input: { bytes: asUpload(bytes), fileName: 'a.pdf', ...rest } });
const newPdf = (text = randomUUID()) => makePdf([text]);
const staged = () => world.storage.sweep(new Date(Date.now() + 60_000));
const queued = (task: string) => world.superuser`
  select j.payload from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${task}`;

describe('adding files', () => {
  it('answers with a waiting paper, whose file can be read at once', async () => {
    const ctx = await world.member();
    const bytes = await newPdf();
    const added = await add(ctx, bytes, { fileName: 'C:\\papers\\Deep learning.pdf' });
    expect(added).toMatchObject({ title: 'Deep learning', isNew: true, duplicate: null });
    const paper = await getPaper({ ctx, paperId: added.paperId });
    expect(paper).toMatchObject({
      processingStatus: 'pending',
      fileHash: sha256Hex(bytes),
      fileBytes: bytes.length,
      addedBy: 'Ada',
      seq: 1,
    });
    const file = await openPaperFile({ ctx, paperId: added.paperId });
    expect(Buffer.concat(await file.stream.toArray()).equals(bytes)).toBe(true);
    expect((await queued('admit-jobs')).map((r) => r.payload.workspaceId)).toContain(
      ctx.actor.workspaceId,
    );
    expect(await staged()).toBe(0);
  });

  it('is one paper however often and at the same moment the bytes are sent', async () => {
    const ctx = await world.member();
    const bytes = await newPdf();
    const all = await Promise.all(Array.from({ length: 5 }, () => add(ctx, bytes)));
    expect(new Set(all.map((a) => a.paperId)).size).toBe(1);
    expect(all.filter((a) => a.isNew)).toHaveLength(1);
    const again = await add(ctx, bytes);
    expect(again.duplicate).toMatchObject({ kind: 'same-file', inBin: false });
    expect((await listPapers({ ctx })).total).toBe(1);
    expect(await staged()).toBe(0);
    // The same bytes in another workspace are its own paper.
    expect((await add(await world.member(), bytes)).isNew).toBe(true);
  });

  it('refuses by content what is no PDF, and keeps nothing of it', async () => {
    const ctx = await world.member();
    const reasonOf = (bytes: Buffer) =>
      add(ctx, bytes).then(
        () => null,
        (e) => e.reason,
      );
    expect(await reasonOf(Buffer.alloc(0))).toBe('FILE_EMPTY');
    expect(await reasonOf(Buffer.from('PK\x03\x04 word'))).toBe('NOT_A_PDF');
    expect(await reasonOf(Buffer.from('<html>sign in</html>'))).toBe('NOT_A_PDF');
    expect((await listPapers({ ctx })).total).toBe(0);
    expect(await staged()).toBe(0);
  });

  it('refuses a file that is too large before it has come whole', async () => {
    const ctx = await world.member();
    let sent = 0;
    const part = Buffer.alloc(4_000_000, 'x');
    const bytes = (async function* () {
      yield Buffer.from('%PDF-1.7');
      for (; sent < 100; sent += 1) yield part;
    })();
    const adding = addFile({ ctx, input: { bytes, fileName: 'large.pdf' } });
    await expect(adding).rejects.toMatchObject({ reason: 'FILE_TOO_LARGE' });
    expect(sent).toBeLessThan(30);
    expect(await staged()).toBe(0);
  });

  it('leaves nothing half when the sender goes away', async () => {
    const ctx = await world.member();
    const whole = await newPdf();
    const bytes = (async function* () {
      yield whole.subarray(0, 500);
      throw new Error('connection lost');
    })();
    await expect(addFile({ ctx, input: { bytes, fileName: 'a.pdf' } })).rejects.toThrow('lost');
    expect((await listPapers({ ctx })).total).toBe(0);
    expect(await staged()).toBe(0);
  });

  it('says that the disk is full, and leaves no paper and nothing half', async ({ skip }) => {
    skip(!canMount, 'only root on Linux can mount a small disk');
    const root = mkdtempSync(path.join(tmpdir(), 'phial-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', root]);
    try {
      const ctx = { ...(await world.member()), storage: openStorage(`file:${root}`) };
      const large = Buffer.concat([await newPdf(), randomBytes(400_000)]);
      await expect(add(ctx, large)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        reason: 'STORAGE_FULL',
      });
      expect((await listPapers({ ctx })).total).toBe(0);
      expect(readdirSync(path.join(root, 'staging'))).toEqual([]);
    } finally {
      execFileSync('umount', [root]);
      rmdirSync(root);
    }
  });

  it('says that storage is away, and leaves no paper', async () => {
    const ctx = { ...(await world.member()), storage: openStorage('file:/dev/null/away') };
    await expect(add(ctx, await newPdf())).rejects.toMatchObject({ reason: 'STORAGE_AWAY' });
    expect((await listPapers({ ctx })).total).toBe(0);
  });

  it('is for those who may write', async () => {
    const ctx = await world.member('viewer');
    await expect(add(ctx, await newPdf())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a batch', () => {
  it('opens slots that are filled once each, safe to repeat', async () => {
    const ctx = await world.member();
    const { batchId } = await openBatch({ ctx, slots: 2 });
    const [one, two] = [await newPdf(), await newPdf()];
    const first = await add(ctx, one, { slot: { batchId, number: 1 } });
    const repeated = await add(ctx, one, { slot: { batchId, number: 1 } });
    expect(repeated.paperId).toBe(first.paperId);
    await expect(add(ctx, two, { slot: { batchId, number: 1 } })).rejects.toMatchObject({
      reason: 'SLOT_USED',
    });
    await expect(add(ctx, two, { slot: { batchId, number: 3 } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await staged()).toBe(0);
    // What was refused left no paper and no file.
    const stranger = await world.member();
    await expect(add(stranger, two, { slot: { batchId, number: 2 } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await listPapers({ ctx })).total).toBe(1);
    const key = `papers/${sha256Hex(two)}`;
    expect(await world.storage.open(ctx.actor.workspaceId, key)).toBeNull();
    await expect(openBatch({ ctx, slots: 501 })).rejects.toMatchObject({ reason: 'BATCH_SIZE' });
  });
});

describe('the bin', () => {
  it('gives papers back, explains a copy of what lies in it, and purges without a trace', async () => {
    const ctx = await world.member();
    const bytes = await newPdf();
    const { paperId } = await add(ctx, bytes);
    const version = () =>
      ctx.db.tx(ctx.actor.workspaceId, (tx) => libraryVersion(tx, ctx.actor.workspaceId));
    const before = await version();
    expect(await purgePapers({ ctx, paperIds: [paperId] })).toBe(0);
    expect(await removePapers({ ctx, paperIds: [paperId] })).toEqual([paperId]);
    expect(await removePapers({ ctx, paperIds: [paperId] })).toEqual([]);
    expect(await version()).toBeGreaterThan(before);
    expect(await listPapers({ ctx })).toMatchObject({ total: 0, inBin: 1 });
    expect((await listPapers({ ctx, filter: { bin: true } })).total).toBe(1);
    expect((await add(ctx, bytes)).duplicate).toMatchObject({ kind: 'same-file', inBin: true });
    // Its reading was stopped; out of the bin it goes on.
    expect(await restorePapers({ ctx, paperIds: [paperId] })).toEqual([paperId]);
    expect((await getPaper({ ctx, paperId })).processingStatus).toBe('pending');

    await world.superuser`insert into paper_pages (paper_id, workspace_id, number, width, height, text,
      text_sha256, words, blocks, hidden) values (${paperId}, ${ctx.actor.workspaceId}, 1, 1, 1, '', '',
      '[]', '[]', '[]')`;
    await removePapers({ ctx, paperIds: [paperId] });
    expect(await emptyBin({ ctx })).toBe(1);
    await expect(getPaper({ ctx, paperId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const table of ['papers', 'jobs', 'steps', 'events', 'paper_pages']) {
      const rows = await world.superuser`select count(*)::int as n from ${world.superuser(table)}
        where workspace_id = ${ctx.actor.workspaceId}`;
      expect(rows[0]?.n, table).toBe(0);
    }
    expect(await countOrphans(world.web)).toBe(0);
    await world.superuser`insert into lex_posting (workspace_id, chunk_id, term_id, tf, dl)
      values (${ctx.actor.workspaceId}, -1, 1, 1, 1)`;
    expect(await countOrphans(world.web)).toBe(1);
    await world.superuser`delete from lex_posting where chunk_id = -1`;
    const sha256 = sha256Hex(bytes);
    expect((await queued('remove-file')).map((r) => r.payload.sha256)).toContain(sha256);
    await removeUnneededFile({ ctx, sha256 });
    expect(await world.storage.open(ctx.actor.workspaceId, `papers/${sha256}`)).toBeNull();
  });

  it('keeps the file of a paper that came back before the file was removed', async () => {
    const ctx = await world.member();
    const bytes = await newPdf();
    const { paperId } = await add(ctx, bytes);
    await removePapers({ ctx, paperIds: [paperId] });
    await purgePapers({ ctx, paperIds: [paperId] });
    const [back] = await Promise.all([
      add(ctx, bytes),
      removeUnneededFile({ ctx, sha256: sha256Hex(bytes) }),
    ]);
    expect(back).toMatchObject({ isNew: true });
    const file = await openPaperFile({ ctx, paperId: back.paperId });
    expect(Buffer.concat(await file.stream.toArray()).equals(bytes)).toBe(true);
  });
});

describe('the library', () => {
  it('is found by words, tags and years, with counts', async () => {
    const ctx = await world.member();
    const one = await add(ctx, await newPdf(), { fileName: 'Attention 100%.pdf' });
    const two = await add(ctx, await newPdf(), { fileName: 'Residual networks.pdf' });
    const author = { name: 'Grace Hopper', family: 'Hopper', given: 'Grace' };
    await editPaper({ ctx, paperId: one.paperId, edit: { authors: [author], year: 2017 } });
    await tagPapers({ ctx, paperIds: [one.paperId, two.paperId], add: ['ml', 'read me'] });
    await tagPapers({ ctx, paperIds: [two.paperId], remove: ['read me'] });
    const found = async (filter: Parameters<typeof listPapers>[0]['filter']) =>
      (await listPapers({ ctx, filter })).papers.map((p) => p.title).sort();
    expect(await found({ search: 'hopper attent' })).toEqual(['Attention 100%']);
    expect(await found({ search: '100%' })).toEqual(['Attention 100%']);
    expect(await found({ search: '%' })).toEqual(['Attention 100%']);
    expect(await found({ tags: ['ml'] })).toHaveLength(2);
    expect(await found({ tags: ['ml', 'read me'] })).toEqual(['Attention 100%']);
    expect(await found({ yearFrom: 2010, yearTo: 2020 })).toEqual(['Attention 100%']);
    expect(await found({ author: 'grace' })).toEqual(['Attention 100%']);
    expect(await found({ status: ['ready'] })).toEqual([]);
    expect((await listPapers({ ctx })).facets).toEqual({
      status: [{ value: 'pending', n: 2 }],
      tags: [
        { value: 'ml', n: 2 },
        { value: 'read me', n: 1 },
      ],
      years: [{ value: 2017, n: 1 }],
    });
    expect((await listPapers({ ctx: await world.member() })).total).toBe(0);
  });

  it('keeps what a person said, and who', async () => {
    const ctx = await world.member();
    const { paperId } = await add(ctx, await newPdf());
    await editPaper({ ctx, paperId, edit: { doi: 'https://doi.org/10.1000/ABC', abstract: ' ' } });
    const paper = await getPaper({ ctx, paperId });
    expect(paper).toMatchObject({ doi: '10.1000/abc', abstract: null });
    expect(paper.fieldOrigins.doi).toMatchObject({ from: 'person', by: 'Ada' });
    const other = await add(ctx, await newPdf());
    await editPaper({ ctx, paperId: other.paperId, edit: { articleDoi: '10.1000/abc' } });
    expect((await getPaper({ ctx, paperId: other.paperId })).duplicates).toEqual([
      expect.objectContaining({ kind: 'preprint-of', paperId }),
    ]);
    expect((await getPaper({ ctx, paperId })).duplicates).toEqual([
      expect.objectContaining({ kind: 'article-of', paperId: other.paperId }),
    ]);
  });

  it('indexes anew what an earlier Phial indexed, and what a person calls otherwise', async () => {
    const ctx = await world.member();
    const text = 'They were counted in blood.';
    const add = (title: string) =>
      addDocuments({ ctx, documents: [{ id: title, title, text }] }).then(([id]) => id!);
    const [old, other] = [await add('Letter'), await add('Letters')];
    // As if the index had not known the title's words.
    await world.superuser`update papers set title = 'mRNAs of mice', analysis = 1 where id = ${old}`;
    const found = async (query: string) =>
      (await searchPassages({ ctx, input: { query } })).map((p) => p.paperId);
    expect(await found('mRNA')).toEqual([]);
    const before = await inWorkspace(ctx, (tx) => libraryVersion(tx, ctx.actor.workspaceId));
    expect(await reindexOutdated(ctx.db, 10)).toBe(1);
    expect(await reindexOutdated(ctx.db, 10)).toBe(0);
    expect(await found('mRNA')).toEqual([old]);
    expect(await found('counted in blood')).toHaveLength(2);
    expect(await inWorkspace(ctx, (tx) => libraryVersion(tx, ctx.actor.workspaceId))).toBe(
      before + 1,
    );
    await editPaper({ ctx, paperId: other, edit: { title: 'Zebrafish' } });
    expect(await found('zebrafish')).toEqual([other]);
    expect(await found('letter')).toEqual([]);
  });

  it('reads a paper again whose reading was stopped', async () => {
    const ctx = await world.member();
    const { paperId } = await add(ctx, await newPdf());
    expect(await readAgain({ ctx, paperIds: [paperId] })).toEqual([]);
    await cancelJob({ ctx, jobId: paperId });
    expect(await getPaper({ ctx, paperId })).toMatchObject({
      processingStatus: 'failed',
      errorCode: 'CANCELLED',
    });
    expect(await readAgain({ ctx, paperIds: [paperId] })).toEqual([paperId]);
    expect((await getPaper({ ctx, paperId })).processingStatus).toBe('pending');
  });
});

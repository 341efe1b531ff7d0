/** Papers through real workers: from the bytes to a passage that is found, whatever happens between. */
import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULE, demoBundle } from '@/server/demo';
import { submitMolecule } from '@/server/jobs';
import {
  addFile,
  addIdentifiers,
  countOrphans,
  editPaper,
  getPaper,
  givePassword,
  listPapers,
  openPaperFile,
  type PaperView,
  pageTextHashes,
  paperPagesOf,
  removePapers,
} from '@/server/papers';
import { isUnfinished } from '@/server/papers/schema';
import { asUpload, makePdf, prose } from '@/server/papers/testing';
import { importBundle } from '@/server/reports/store';
import { searchPassages } from '@/server/search';
import { createWorld, type World } from '@/tests/world';
import { bombOf, pdfOf } from '@/worker/reading/testing';
import { jobEnd } from './job-end';
import {
  KNOWN_ARXIV,
  KNOWN_DOI,
  KNOWN_TITLE,
  OPEN_DOI,
  OPEN_TITLE,
  type PaperSources,
  PREPRINT_TITLE,
  startPaperSources,
} from './paper-sources';
import { killAtWriting, peakMemoryMb, readersOf } from './reading-processes';
import { until } from './wait';
import { startWorker, type WorkerProcess } from './worker-process';

let world: World;
let sources: PaperSources;
const workers: WorkerProcess[] = [];
beforeAll(async () => {
  [world, sources] = await Promise.all([createWorld(), startPaperSources()]);
});
const stopWorkers = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));
afterAll(async () => {
  await stopWorkers();
  await sources.close();
  await world.close();
});

const settings = () => ({ SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
function start(): WorkerProcess {
  const worker = startWorker(world, settings());
  workers.push(worker);
  return worker;
}
const add = async (ctx: Ctx, bytes: Uint8Array, fileName = 'paper.pdf') =>
  (await addFile({ ctx, input: { bytes: asUpload(bytes), fileName } })).paperId;
const readPaper = (ctx: Ctx, paperId: string): Promise<PaperView> =>
  until('the paper to be read', async () => {
    const paper = await getPaper({ ctx, paperId });
    return isUnfinished(paper.processingStatus) ? null : paper;
  });
const found = async (ctx: Ctx, query: string) =>
  (await searchPassages({ ctx, input: { query, limit: 5 } })).map((p) => p.paperId);

const pages = (thing: string, n = 3) => Array.from({ length: n }, (_, i) => prose(thing, i + 1));

describe('a paper', () => {
  beforeAll(() => void start());
  afterAll(async () => void (await stopWorkers()));

  it('is read page by page, found, and gone at once when deleted', async () => {
    const ctx = await world.member();
    const paperId = await add(ctx, await makePdf(pages('zirconium')), 'zirconium.pdf');
    const paper = await readPaper(ctx, paperId);
    expect(paper).toMatchObject({ processingStatus: 'ready', pageCount: 3, errorCode: null });
    expect(paper.chunkCount).toBeGreaterThan(0);
    expect(paper.parseReport?.unreadable).toEqual([]);
    const read = await paperPagesOf({ ctx, paperId, from: 1, to: 3 });
    expect(read.map((page) => page.text.includes('zirconium'))).toEqual([true, true, true]);
    const hashes = await pageTextHashes({ ctx, paperId });
    expect([...hashes.values()].sort()).toEqual(read.map((page) => page.textSha256).sort());
    expect(await found(ctx, 'zirconium in adults')).toContain(paperId);
    expect(await found(await world.member(), 'zirconium in adults')).toEqual([]);
    await jobEnd(ctx, paperId);
    const events = await world.superuser`
      select type, data ->> 'step' as step from events where job_id = ${paperId} order by seq`;
    const told = events.map((e) => [e.type, e.step].filter(Boolean).join(' '));
    expect([...new Set(told)]).toEqual([
      'job.submitted',
      'job.started',
      'step.started parse',
      'step.progressed parse',
      'step.finished parse',
      'step.started index',
      'step.finished index',
      'step.started correct',
      'step.finished correct',
      'job.ended',
    ]);
    await removePapers({ ctx, paperIds: [paperId] });
    expect(await found(ctx, 'zirconium in adults')).toEqual([]);
  });

  it('says why it cannot be read', async () => {
    const ctx = await world.member();
    const whole = await makePdf(pages('x'));
    const corrupt = await add(
      ctx,
      Buffer.concat([Buffer.from('%PDF-1.7\n'), whole.subarray(40, 90)]),
    );
    expect(await readPaper(ctx, corrupt)).toMatchObject({
      processingStatus: 'failed',
      errorCode: 'CORRUPT',
    });
  });

  it('gives up a file that inflates without end, and goes on with the next', async () => {
    const ctx = await world.member();
    const bomb = pdfOf([{ bytes: deflateSync(bombOf(900)), isDeflated: true, times: 2 }]);
    expect(bomb.length).toBeLessThan(100_000);
    const paper = await readPaper(ctx, await add(ctx, bomb));
    expect(paper.processingStatus).toBe('failed');
    // A busy machine may come to the end of a page's time before that of its memory.
    expect(paper.errorMessage).toMatch(
      /^Reading this PDF (needs more memory than one file may have|took too long and was stopped)\.$/,
    );
    const next = await add(ctx, await makePdf(pages('hafnium')));
    expect((await readPaper(ctx, next)).processingStatus).toBe('ready');
    expect(peakMemoryMb(workers[0]!.pid)).toBeLessThan(600);
  });

  it('asks for the password of an encrypted file, and forgets it', async () => {
    const ctx = await world.member();
    const password = `open-${randomUUID()}`;
    const paperId = await add(ctx, await makePdf(pages('secret'), { password }));
    expect((await readPaper(ctx, paperId)).errorCode).toBe('PASSWORD_NEEDED');
    await givePassword({ ctx, paperId, password: 'wrong' });
    expect((await readPaper(ctx, paperId)).errorCode).toBe('PASSWORD_WRONG');
    await givePassword({ ctx, paperId, password });
    expect((await readPaper(ctx, paperId)).processingStatus).toBe('ready');
    // Nowhere in the database, sealed or open, is there anything left of it.
    const [row] = await world.superuser`
      select sealed_password, (select string_agg(j.payload::text, ' ') from graphile_worker._private_jobs j)
        as queued from papers where id = ${paperId}`;
    expect(row?.sealed_password).toBeNull();
    expect(row?.queued ?? '').not.toContain(password);
    await expect(givePassword({ ctx, paperId, password })).rejects.toMatchObject({
      reason: 'NO_PASSWORD_NEEDED',
    });
  });
});

describe('what sources say of a paper', () => {
  beforeAll(() => void start());
  afterAll(async () => void (await stopWorkers()));

  it('corrects what was read, with where it is from, and never a person', async () => {
    const ctx = await world.member();
    const heading = `${KNOWN_TITLE}\n\n`;
    const paperId = await add(ctx, await makePdf([heading + prose('iron', 1), prose('iron', 2)]));
    await editPaper({ ctx, paperId, edit: { year: 2001, doi: KNOWN_DOI } });
    await jobEnd(ctx, paperId);
    const paper = await getPaper({ ctx, paperId });
    expect(paper).toMatchObject({ year: 2001, venue: 'Journal of Iron & Sleep', doi: KNOWN_DOI });
    expect(paper.fieldOrigins).toMatchObject({
      year: { from: 'person', by: 'Ada' },
      venue: { from: 'crossref', url: `https://doi.org/${KNOWN_DOI}` },
    });
    expect(paper.correction?.outcome).toBe('ok');
  });

  it('makes a paper of a DOI and of an arXiv id, with its file where it is open', async () => {
    const ctx = await world.member();
    const text = `https://doi.org/${KNOWN_DOI}, arXiv:${KNOWN_ARXIV}v2 ${OPEN_DOI} 10.1000/unknown nonsense`;
    const results = await addIdentifiers({ ctx, text });
    expect(results.map(({ added }) => added?.isNew ?? null)).toEqual([
      true,
      true,
      true,
      true,
      null,
    ]);
    const [byDoi, byArxiv, open, unknown] = results.map(({ added }) => added?.paperId ?? '');
    expect(await readPaper(ctx, byDoi!)).toMatchObject({
      processingStatus: 'partial',
      errorCode: 'RECORD_ONLY',
      errorMessage: 'No open PDF is known for this DOI. Add the PDF to have it read.',
      title: KNOWN_TITLE,
      abstract: 'Iron was measured.',
      year: 2019,
    });
    expect(await readPaper(ctx, byArxiv!)).toMatchObject({
      processingStatus: 'ready',
      title: PREPRINT_TITLE,
      articleDoi: '10.1000/sleep.2022',
      pageCount: 2,
    });
    expect(await found(ctx, 'movement of adults')).toContain(byArxiv);
    expect(await readPaper(ctx, open!)).toMatchObject({
      processingStatus: 'ready',
      title: OPEN_TITLE,
      pageCount: 2,
    });
    expect(await found(ctx, 'cobalt of adults')).toContain(open);
    // The file is kept once, where a purge removes it.
    const { fileHash } = await getPaper({ ctx, paperId: byArxiv! });
    expect(await world.storage.get(ctx.actor.workspaceId, fileHash!)).toBeNull();
    expect(await openPaperFile({ ctx, paperId: byArxiv! })).toMatchObject({ sha256: fileHash });
    expect(await readPaper(ctx, unknown!)).toMatchObject({
      processingStatus: 'failed',
      errorCode: 'IDENTIFIER_UNKNOWN',
    });
    const [again] = await addIdentifiers({ ctx, text: KNOWN_DOI });
    expect(again?.added?.duplicate).toMatchObject({ kind: 'same-doi', paperId: byDoi });
  });
});

describe('a worker that is killed over a paper', () => {
  /** Of every paper: what was stored of it, without what may differ between readings. */
  const stored = async (paperId: string) => {
    const [paper] = await world.superuser`
      select p.processing_status, p.chunk_count, p.page_count,
        (select count(*)::int from paper_pages x where x.paper_id = p.id) as pages,
        (select json_agg(c.text order by c.position) from chunks c where c.paper_id = p.id) as chunks,
        (select count(*)::int from lex_chunk l join chunks c on c.id = l.chunk_id
          where c.paper_id = p.id) as indexed,
        (select count(*)::int from lex_posting l join chunks c on c.id = l.chunk_id
          where c.paper_id = p.id) as postings
      from papers p where p.id = ${paperId}`;
    return { ...paper };
  };

  it('while parsing and while indexing leaves it to another, once', async () => {
    const bytes = await makePdf(pages('ytterbium', 6));
    const calm = await world.member();
    const undisturbed = await add(calm, bytes);
    start();
    await readPaper(calm, undisturbed);
    await stopWorkers();

    const ctx = await world.member();
    const disturbed = await add(ctx, bytes);
    for (const table of ['paper_pages', 'lex_chunk']) await killAtWriting(table, world, settings());
    start();
    await readPaper(ctx, disturbed);
    expect(await stored(disturbed)).toEqual(await stored(undisturbed));
    expect(await countOrphans(world.web)).toBe(0);
    await stopWorkers();
  });
});

describe('500 papers at once', () => {
  it('keep neither the papers nor the molecules of others waiting', async () => {
    const [many, few] = [await world.member(), await world.member()];
    const bytes = await Promise.all(
      Array.from({ length: 500 }, (_, i) => makePdf([prose('ferritin', i, 6)])),
    );
    for (let at = 0; at < bytes.length; at += 20) {
      await Promise.all(bytes.slice(at, at + 20).map((pdf) => add(many, pdf)));
    }
    const worker = start();
    const readOf = async (ctx: Ctx) => {
      const { facets } = await listPapers({ ctx, filter: { limit: 1 } });
      return facets.status.find(({ value }) => value === 'ready')?.n ?? 0;
    };
    await until('the first to be read', async () => (await readOf(many)) > 0);
    const before = await readOf(many);
    const { sha256 } = await importBundle({ ctx: few, bytes: await demoBundle() });
    const { jobId } = await submitMolecule({
      ctx: few,
      input: { text: DEMO_MOLECULE, bundleSha256: sha256 },
    });
    const ids = await Promise.all([
      makePdf(pages('one')).then((pdf) => add(few, pdf)),
      makePdf(pages('two')).then((pdf) => add(few, pdf)),
    ]);
    let readers = 0;
    const looking = setInterval(() => {
      readers = Math.max(readers, readersOf(worker.pid));
    }, 200);
    for (const id of ids) expect((await readPaper(few, id)).processingStatus).toBe('ready');
    const meanwhile = (await readOf(many)) - before;
    // Of the other workspace at most its share and what was under way went first, not its 500.
    expect(meanwhile).toBeLessThan(40);
    expect((await jobEnd(few, jobId)).status).toBe('completed');
    clearInterval(looking);
    expect(await readOf(many)).toBeLessThan(500);
    expect(peakMemoryMb(worker.pid)).toBeLessThan(600);
    expect(readers).toBeGreaterThan(0);
    expect(readers).toBeLessThanOrEqual(2);
  });
});

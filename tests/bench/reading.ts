/**
 * Papers through the whole pipeline (a process of its own reads places, sections, metadata, references and
 * chunks; then all of it is stored and indexed in PostgreSQL, durability included) against bare text
 * extraction by the same PDFium in this process, over the same files in the same run. One paper after the
 * other, and as many at once as the worker takes.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { openDatabase } from '@/db/client';
import { type Ctx, inWorkspace } from '@/server/context';
import { createPaper } from '@/server/papers/create';
import { indexPaper, saveReading } from '@/server/papers/record';
import { endIdleReaders, readPaper } from '@/worker/reading';
import { makePdf, paragraph } from '@/worker/reading/testing';
import { sharedDir } from '../shared';
import { inNewWorkspace, withDatabase } from './database';
import { type Benchmark, type Figure, median, round } from './measure';

const rounds = 5;
/** PAPER_READERS, as shipped. */
const atOnce = 2;

export const run: Benchmark = (say) =>
  withDatabase(async (database) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'phial-bench-reading-'));
    const db = openDatabase(database.directUrl, {
      max: 2,
      isDirect: true,
      applicationName: 'phial-bench',
    });
    const ctx = await inNewWorkspace(database, db);
    const library = await PDFiumLibrary.init();
    try {
      const files = await readable(await papers(folder));
      const oneByOne = await measured(files, library, ctx, say);
      const together = await takenTogether(files, ctx);
      return figures(oneByOne, together);
    } finally {
      library.destroy();
      endIdleReaders();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

interface File {
  path: string;
  bytes: Uint8Array;
}

/** Milliseconds of all files, round by round. */
interface Measured {
  files: number;
  pages: number;
  bare: number[];
  read: number[];
  stored: number[];
  indexed: number[];
  peakMemoryBytes: number;
}

async function measured(
  files: readonly File[],
  library: PDFiumLibrary,
  ctx: Ctx,
  say: (line: string) => void,
): Promise<Measured> {
  const all: Measured = {
    files: files.length,
    pages: 0,
    bare: [],
    read: [],
    stored: [],
    indexed: [],
    peakMemoryBytes: 0,
  };
  for (let at = -1; at < rounds; at++) {
    const took = { bare: 0, read: 0, stored: 0, indexed: 0 };
    all.pages = 0;
    for (const file of files) {
      const waiting = await waitingPaper(ctx);
      const times = [performance.now()];
      const lap = () => times.push(performance.now());
      all.pages += await bareText(library, file.bytes);
      lap();
      const read = await readPaper(file.path);
      lap();
      await inWorkspace(ctx, (tx) => saveReading(tx, waiting, read, ctx.now()));
      lap();
      await inWorkspace(ctx, (tx) => indexPaper(tx, waiting, null));
      lap();
      for (const [i, what] of (['bare', 'read', 'stored', 'indexed'] as const).entries()) {
        took[what] += times[i + 1]! - times[i]!;
      }
      all.peakMemoryBytes = Math.max(all.peakMemoryBytes, read.report.peakMemoryBytes);
    }
    // The first round warms both up.
    if (at < 0) continue;
    for (const what of ['bare', 'read', 'stored', 'indexed'] as const) all[what].push(took[what]);
    const speeds = Object.entries(took).map(
      ([what, ms]) => `${what} ${round((1000 * all.pages) / ms, 0)}`,
    );
    say(`round ${at + 1}: ${all.pages} pages; pages/s: ${speeds.join(', ')}`);
  }
  return all;
}

/** Milliseconds of all files together, in as many rounds and with nothing between them. */
async function takenTogether(files: readonly File[], ctx: Ctx): Promise<number> {
  // A round that warms the other readers up, as the first one of `measured` does.
  await takeAll(files, ctx);
  const startedAt = performance.now();
  await takeAll(Array.from({ length: rounds }, () => files).flat(), ctx);
  return (performance.now() - startedAt) / rounds;
}

async function takeAll(files: readonly File[], ctx: Ctx): Promise<void> {
  const waiting = [...files];
  const take = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const paper = await waitingPaper(ctx);
      const read = await readPaper(file.path);
      await inWorkspace(ctx, (tx) => saveReading(tx, paper, read, ctx.now()));
      await inWorkspace(ctx, (tx) => indexPaper(tx, paper, null));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
}

function figures({ files, pages, peakMemoryBytes, ...took }: Measured, together: number): Figure[] {
  const { bare, read, stored, indexed } = took;
  const whole = read.map((ms, at) => ms + stored[at]! + indexed[at]!);
  const each = (ms: number[]) => median(ms) / pages;
  const baseline = { name: 'text alone', value: each(bare) };
  return [
    {
      name: `a page of ${files} papers read, stored and indexed, ${atOnce} papers at once`,
      unit: 'ms',
      value: together / pages,
      baseline,
      goal: { of: 'ratio', atMost: 2.5 },
      details: { pages, pagesPerSecond: round((1000 * pages) / together) },
    },
    {
      name: `a page read, stored and indexed, one paper after the other`,
      unit: 'ms',
      value: each(whole),
      baseline,
      goal: { of: 'ratio', atMost: 2.5 },
      details: {
        pages,
        pagesPerSecond: round((1000 * pages) / median(whole)),
        barePagesPerSecond: round((1000 * pages) / median(bare)),
        storedMs: round(each(stored)),
        indexedMs: round(each(indexed)),
      },
    },
    {
      name: 'a page read alone',
      unit: 'ms',
      value: each(read),
      baseline,
      goal: null,
      details: { peakMemoryMb: round(peakMemoryBytes / 1e6, 0) },
    },
  ];
}

async function waitingPaper(ctx: Ctx): Promise<{ id: string; workspaceId: string }> {
  const paper = { source: 'upload', title: 'bench' } as const;
  const made = { input: 'bench', plan: ['parse', 'index'], paper } as const;
  const id = await inWorkspace(ctx, (tx) => createPaper(tx, ctx, made));
  return { id, workspaceId: ctx.actor.workspaceId };
}

async function bareText(library: PDFiumLibrary, file: Uint8Array): Promise<number> {
  const document = await library.loadDocument(file);
  let pages = 0;
  for (const page of document.pages()) {
    page.getText();
    pages++;
  }
  document.destroy();
  return pages;
}

/** The shared papers, else some of our own, which `folder` then holds. */
async function papers(folder: string): Promise<File[]> {
  const shared = sharedDir();
  const dir = shared ? path.join(shared, 'fixtures', 'pdf') : folder;
  if (shared === null) {
    for (let n = 1; n <= 8; n++) await writeFile(path.join(dir, `${n}.pdf`), await ownPaper(12));
  }
  const names = (await readdir(dir)).filter((name) => name.endsWith('.pdf')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(dir, name);
      return { path: file, bytes: await readFile(file) };
    }),
  );
}

const ownPaper = (pages: number) =>
  makePdf((pdf) => {
    for (let page = 1; page <= pages; page++) {
      if (page > 1) pdf.addPage();
      pdf.font('Helvetica-Bold').fontSize(13).text(`${page} Part`);
      pdf
        .font('Times-Roman')
        .fontSize(10)
        .text(paragraph('Cells were kept warm for two days.', 60), { columns: 2 });
    }
  });

/** Files that both can read: encrypted ones and pictures are left out. */
async function readable(files: readonly File[]): Promise<File[]> {
  const read: File[] = [];
  for (const file of files) {
    const isRead = await readPaper(file.path).then(
      () => true,
      () => false,
    );
    if (isRead) read.push(file);
  }
  return read;
}

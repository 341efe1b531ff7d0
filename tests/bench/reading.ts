/**
 * Reading papers as Phial does (a process of its own, places, sections, metadata, references, chunks)
 * against bare text extraction by the same PDFium in this process, over the same files in the same run.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { endIdleReaders, readPaper } from '@/worker/reading';
import { makePdf, paragraph } from '@/worker/reading/testing';
import { sharedDir } from '../shared';
import { type Benchmark, median, round } from './measure';

const rounds = 5;

export const run: Benchmark = async (say) => {
  const files = await readable(await papers());
  const library = await PDFiumLibrary.init();
  const bare: number[] = [];
  const whole: number[] = [];
  let pages = 0;
  let peak = 0;
  try {
    for (let at = -1; at < rounds; at++) {
      const times = { bare: 0, whole: 0 };
      pages = 0;
      for (const file of files) {
        const startedAt = performance.now();
        pages += await bareText(library, file);
        const bareAt = performance.now();
        const { report } = await readPaper(file);
        times.bare += bareAt - startedAt;
        times.whole += performance.now() - bareAt;
        peak = Math.max(peak, report.peakMemoryBytes);
      }
      // The first round warms both up.
      if (at < 0) continue;
      bare.push(times.bare);
      whole.push(times.whole);
      say(
        `round ${at + 1}: ${pages} pages, bare ${perSecond(pages, times.bare)}, read ${perSecond(pages, times.whole)}`,
      );
    }
  } finally {
    library.destroy();
    endIdleReaders();
  }
  return [
    {
      name: `a page read, of ${files.length} papers`,
      unit: 'ms',
      value: median(whole) / pages,
      baseline: { name: 'text alone', value: median(bare) / pages },
      goal: { of: 'ratio', atMost: 2.5 },
      details: {
        pages,
        pagesPerSecond: round((1000 * pages) / median(whole)),
        barePagesPerSecond: round((1000 * pages) / median(bare)),
        peakMemoryMb: round(peak / 1e6, 0),
      },
    },
  ];
};

const perSecond = (pages: number, ms: number) => `${round((1000 * pages) / ms, 0)} pages/s`;

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

/** The shared papers, else some of our own. */
async function papers(): Promise<Uint8Array[]> {
  const shared = sharedDir();
  if (shared === null) return Promise.all(Array.from({ length: 8 }, () => ownPaper(12)));
  const dir = path.join(shared, 'fixtures', 'pdf');
  const names = (await readdir(dir)).filter((name) => name.endsWith('.pdf')).sort();
  return Promise.all(names.map((name) => readFile(path.join(dir, name))));
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
async function readable(files: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const read: Uint8Array[] = [];
  for (const file of files) {
    const isRead = await readPaper(file).then(
      () => true,
      () => false,
    );
    if (isRead) read.push(file);
  }
  return read;
}

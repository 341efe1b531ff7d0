/** The process that opens PDFs: no network, no settings, bounded memory; ends with its parent. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { ReadingFailure } from '@/server/papers/reading';
import { type Document, type UnreadPage, understand } from './document';
import { failureOfAll, MOST_BYTES, MOST_PAGES, PAGE_ERRORS } from './failure';
import type { PageGlyphs } from './glyphs';
import { type PageWords, pageWords } from './layout';
import { closeNetwork } from './no-network';
import { PageSource } from './page-source';
import { compilePdfium, openPdfium, type Pdfium } from './pdfium';
import { type Answer, type Order, OUT_OF_MEMORY } from './protocol';

const MOST_MEMORY_BYTES = 1_000_000_000;
/** With fewer on all pages together there is no text: a number or a stamp is none. */
const LEAST_LETTERS = 25;

/** Looks on from a thread of its own, because PDFium works without a pause. */
const WATCH = `
const { parent, most, words } = require('node:worker_threads').workerData;
setInterval(() => {
  const isOver = process.memoryUsage.rss() > most;
  if (isOver) require('node:fs').writeSync(2, words);
  if (isOver || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 200);
`;

class Failure extends Error {
  constructor(readonly failure: ReadingFailure) {
    super(failure);
  }
}

const say = (answer: Answer) => void process.send?.(answer);

async function carryOut(order: Order): Promise<void> {
  const bytes = typeof order.file === 'string' ? await readFile(order.file) : order.file;
  refuseUnfit(bytes);
  const file = new OpenFile(bytes, order.password);
  await file.open();
  say({ type: 'opened', pages: file.pages });
  const read: PageWords[] = [];
  const unread: UnreadPage[] = [];
  for (let number = 1; number <= file.pages; number++) {
    const known = order.skip.find((page) => page.number === number);
    const result = known?.error ?? (await file.page(number));
    if (typeof result === 'string') unread.push({ number, error: result });
    else read.push(pageWords(result, number));
    say({ type: 'read', page: number, error: typeof result === 'string' ? result : null });
  }
  file.close();
  if (read.length === 0) throw new Failure(failureOfAll(unread.map(({ error }) => error)));
  const paper = understand(read, unread);
  if (!hasLetters(paper, LEAST_LETTERS)) throw new Failure('NO_TEXT');
  say({
    type: 'paper',
    json: JSON.stringify(paper),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    memoryBytes: process.memoryUsage.rss(),
  });
}

function hasLetters({ pages }: Document, least: number): boolean {
  let letters = 0;
  for (const { text } of pages) {
    for (const _ of text.matchAll(/\p{L}/gu)) if (++letters >= least) return true;
  }
  return false;
}

function refuseUnfit(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Failure('EMPTY');
  if (bytes.length > MOST_BYTES) throw new Failure('TOO_LARGE');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(1024, bytes.length));
  if (!head.includes('%PDF-')) throw new Failure('NOT_A_PDF');
}

const PASSWORD_ERROR = 4;

let opened: Promise<Pdfium> | null = null;

/** Opens what the next file will be read with, while nobody waits. */
function prepare(): void {
  opened ??= openPdfium();
}

function freshPdfium(): Promise<Pdfium> {
  const fresh = opened ?? openPdfium();
  opened = null;
  return fresh;
}

class OpenFile {
  pages = 0;
  private pdfium: Pdfium | null = null;
  private source: PageSource | null = null;
  private document = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly password: string | null,
  ) {}

  async open(): Promise<void> {
    const pdfium = await freshPdfium();
    const { f } = pdfium;
    const data = f.wasmExports.malloc(this.bytes.length);
    if (data === 0) throw new Failure('TOO_MUCH_MEMORY');
    f.HEAPU8.set(this.bytes, data);
    const password = this.password === null ? 0 : cString(pdfium, this.password);
    try {
      this.document = f._FPDF_LoadMemDocument(data, this.bytes.length, password);
    } catch {
      throw new Failure(pdfium.wasRefusedMemory() ? 'TOO_MUCH_MEMORY' : 'CORRUPT');
    }
    if (this.document === 0) {
      if (f._FPDF_GetLastError() !== PASSWORD_ERROR) throw new Failure('CORRUPT');
      throw new Failure(this.password === null ? 'PASSWORD_NEEDED' : 'PASSWORD_WRONG');
    }
    this.pages = f._FPDF_GetPageCount(this.document);
    if (this.pages === 0) throw new Failure('EMPTY');
    if (this.pages > MOST_PAGES) throw new Failure('TOO_MANY_PAGES');
    this.pdfium = pdfium;
    this.source = new PageSource(pdfium, this.document);
  }

  /** A page's characters, or in words why it cannot be read. */
  async page(number: number): Promise<PageGlyphs | string> {
    try {
      return this.source!.read(number - 1);
    } catch (error) {
      const isRefused = this.pdfium?.wasRefusedMemory() ?? false;
      // A program that stopped amid its work cannot be trusted with the next page.
      if (error instanceof WebAssembly.RuntimeError || isRefused) await this.open();
      if (isRefused) return PAGE_ERRORS.TOO_MUCH_MEMORY;
      return PAGE_ERRORS.CORRUPT;
    }
  }

  close(): void {
    this.pdfium?.f._FPDF_CloseDocument(this.document);
  }
}

function cString({ f }: Pdfium, text: string): number {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  const at = f.wasmExports.malloc(bytes.length);
  f.HEAPU8.set(bytes, at);
  return at;
}

async function serve(): Promise<void> {
  new Worker(WATCH, {
    eval: true,
    workerData: { parent: process.ppid, most: MOST_MEMORY_BYTES, words: OUT_OF_MEMORY },
  }).unref();
  await compilePdfium();
  prepare();
  closeNetwork();
  process.on('disconnect', () => process.exit(0));
  process.on('message', (order: Order) => {
    carryOut(order).then(prepare, (error: unknown) => {
      if (error instanceof Failure) say({ type: 'failed', failure: error.failure });
      else
        say({
          type: 'broken',
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
    });
  });
  say({ type: 'ready' });
}

await serve();

/** Reads PDFs in processes of their own. */
import type { PageRead, PaperRead } from '@/server/papers/reading';
import type { Document, UnreadPage } from './document';
import { PAGE_ERRORS, type PageFailure, UnreadablePaper } from './failure';
import { type Answer, type Order, OUT_OF_MEMORY } from './protocol';
import { endReader, giveBack, type Reader, takeReader } from './readers';

export { UnreadablePaper } from './failure';
export { endIdleReaders } from './readers';

export interface ReadOptions {
  password?: string | null;
  signal?: AbortSignal;
  /** After each page, in order; from the first again when a page has ended the reader. */
  onPage?: (page: { number: number; of: number; error: string | null }) => void;
  /** For one page. */
  pageLimitMs?: number;
  /** For the whole file, attempts included. */
  limitMs?: number;
}

const PAGE_LIMIT_MS = 20_000;
const LIMIT_MS = 10 * 60_000;
/** For each page of bringing all together, on a busy machine; a tenth of it is usual. */
const GATHER_MS = 60;
/** So often the reader may be ended by a page, or by chance, before the file is given up. */
const MOST_ATTEMPTS = 5;

/**
 * Reads a whole paper from a file or its bytes. Pages that cannot be read are named in the report and
 * the rest is used. Throws `UnreadablePaper` when there is no paper to be had, and the signal's reason
 * when that is aborted. The password travels over the private channel to the reader and is kept nowhere.
 */
export async function readPaper(
  file: string | Uint8Array,
  options: ReadOptions = {},
): Promise<PaperRead> {
  const startedAt = performance.now();
  const { json, peakMemoryBytes } = await attempt(file, options);
  const paper = JSON.parse(json) as Document;
  const tookMs = Math.round(performance.now() - startedAt);
  return { ...paper, report: { ...paper.report, tookMs, peakMemoryBytes } };
}

/**
 * Pages again, for checking quotes against the file itself. The whole paper is read for it: headers and
 * broken words are recognised by comparing pages, and the texts must be those of the first reading.
 * Throws as `readPaper` does.
 */
export async function readPages(
  file: string | Uint8Array,
  numbers: readonly number[],
  options: ReadOptions = {},
): Promise<PageRead[]> {
  const { pages } = await readPaper(file, options);
  return pages.filter(({ number }) => numbers.includes(number));
}

type Result = Extract<Answer, { type: 'paper' }>;

async function attempt(file: string | Uint8Array, options: ReadOptions): Promise<Result> {
  const skip: UnreadPage[] = [];
  const deadline = performance.now() + (options.limitMs ?? LIMIT_MS);
  let fellAt: number | null | undefined;
  for (let attempts = 1; ; attempts++) {
    options.signal?.throwIfAborted();
    const reader = await takeReader();
    const order: Order = { file, password: options.password ?? null, skip };
    const end = await outcome(reader, order, options, deadline);
    if (end.type === 'paper') {
      release(reader, order, end.memoryBytes);
      return end;
    }
    if (end.type === 'failed') {
      release(reader, order, 0);
      throw new UnreadablePaper(end.failure);
    }
    endReader(reader);
    if (end.type === 'aborted') throw end.reason;
    if (attempts >= MOST_ATTEMPTS || performance.now() >= deadline) {
      throw new UnreadablePaper(end.failure);
    }
    // A process may be ended from outside; only falling twice at one place tells of the file.
    const isChance = end.failure === 'CRASHED' && fellAt !== end.page;
    fellAt = end.page;
    if (isChance) continue;
    if (end.page === null) throw new UnreadablePaper(end.failure);
    skip.push({ number: end.page, error: PAGE_ERRORS[end.failure] });
  }
}

/** A reader that was told a password does not live to remember it. */
function release(reader: Reader, order: Order, memoryBytes: number): void {
  if (order.password === null) giveBack(reader, memoryBytes);
  else endReader(reader);
}

type End =
  | Result
  | Extract<Answer, { type: 'failed' }>
  | { type: 'aborted'; reason: unknown }
  /** `page`: what it was reading, null before and after the pages. */
  | { type: 'ended'; failure: PageFailure; page: number | null };

/** One order carried out by one reader, or how that ended. */
function outcome(
  reader: Reader,
  order: Order,
  options: ReadOptions,
  deadline: number,
): Promise<End> {
  const { child } = reader;
  const { signal, onPage, pageLimitMs = PAGE_LIMIT_MS } = options;
  return new Promise((resolve) => {
    let page: number | null = null;
    let of = 0;
    let timer: NodeJS.Timeout | undefined;
    const done = (end: End) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      child.channel?.unref();
      resolve(end);
    };
    const onAbort = () => done({ type: 'aborted', reason: signal?.reason });
    const onExit = () => {
      const isMemory =
        /out of memory/.test(reader.stderr()) || reader.stderr().includes(OUT_OF_MEMORY);
      done({ type: 'ended', failure: isMemory ? 'TOO_MUCH_MEMORY' : 'CRASHED', page });
    };
    const wait = () => {
      clearTimeout(timer);
      // After the last page all of them are brought together.
      const own = page === null ? Math.max(pageLimitMs, of * GATHER_MS) : pageLimitMs;
      const left = Math.min(own, deadline - performance.now());
      timer = setTimeout(
        () => done({ type: 'ended', failure: 'TOO_SLOW', page }),
        Math.max(1, left),
      );
    };
    const onMessage = (answer: Answer) => {
      if (answer.type === 'opened') [page, of] = [1, answer.pages];
      else if (answer.type === 'read') {
        page = answer.page < of ? answer.page + 1 : null;
        onPage?.({ number: answer.page, of, error: answer.error });
      } else if (answer.type === 'broken') done({ type: 'ended', failure: 'CRASHED', page });
      else if (answer.type !== 'ready') done(answer);
      if (answer.type === 'opened' || answer.type === 'read') wait();
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.channel?.ref();
    wait();
    child.send(order, (error) => {
      if (error !== null) onExit();
    });
  });
}

/** `phial papers add …`: files, DOIs and arXiv ids into the library of the local workspace. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '@/db/client';
import type { Ctx } from '@/server/context';
import { DomainError } from '@/server/errors';
import { cancelJob } from '@/server/jobs';
import { watchJobs } from '@/server/jobs/watch';
import { EventFeeds } from '@/server/live/tail';
import { addFile, addIdentifiers, getPaper, type PaperView } from '@/server/papers';
import { isUnfinished, readIdentifier } from '@/server/papers/schema';
import { CommandError } from './command-error';
import { withLocalContext } from './local-context';
import { withSystem } from './system';

const USAGE = `Usage: npm run phial -- papers add FILE… | FOLDER… | DOI… | arXiv… [--data DIR] [--json]`;

const EXIT = { allRead: 0, partly: 3, none: 1, badInput: 2, cancelled: 5 };

/** What was named on the command line, and the paper it became or why it did not. */
interface Line {
  name: string;
  paperId: string | null;
  isNew: boolean;
  problem: string | null;
}

/**
 * Adds papers and waits until each has been read. Exit code 0: all can be searched in full; 3: some
 * only in part or not at all; 1: none; 2: nothing of it could be added; 5: stopped.
 */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const { names, json } = parse(args);
  const wanted = (await Promise.all(names.map(expanded))).flat();
  return withSystem(dataDir, (system) =>
    withLocalContext(system, async (ctx, direct) => {
      const lines: Line[] = [];
      for (const one of wanted) {
        const line = await add(ctx, one);
        lines.push(line);
        tell(json, { type: 'paper.added', ...line }, sentenceOf(line));
      }
      const ids = [...new Set(lines.flatMap(({ paperId }) => paperId ?? []))];
      await untilRead(ctx, direct, ids, json, system.signal);
      const papers = await Promise.all(ids.map((paperId) => getPaper({ ctx, paperId })));
      return conclude(lines, papers, json);
    }),
  );
}

type Wanted = { name: string; file: string } | { name: string; file: null };

/** A folder stands for the PDFs in it; what is no file must be a DOI or an arXiv id. */
async function expanded(name: string): Promise<Wanted[]> {
  const known = await stat(name).catch(() => null);
  if (known?.isDirectory()) {
    const inside = (await readdir(name)).filter((file) => /\.pdf$/i.test(file)).sort();
    if (inside.length === 0) {
      throw new CommandError(`The folder ${name} holds no PDF.`, EXIT.badInput);
    }
    return inside.map((file) => ({ name: file, file: path.join(name, file) }));
  }
  if (known) return [{ name, file: name }];
  if (readIdentifier(name)) return [{ name, file: null }];
  throw new CommandError(
    `“${name}” is no file that is here, and neither a DOI nor an arXiv id.`,
    EXIT.badInput,
  );
}

async function add(ctx: Ctx, { name, file }: Wanted): Promise<Line> {
  try {
    if (file === null) {
      const [result] = await addIdentifiers({ ctx, text: name });
      const added = result?.added ?? null;
      return {
        name,
        paperId: added?.paperId ?? null,
        isNew: added?.isNew ?? false,
        problem: result?.problem ?? null,
      };
    }
    const input = { bytes: createReadStream(file), fileName: path.basename(file) };
    const { paperId, isNew } = await addFile({ ctx, input });
    return { name, paperId, isNew, problem: null };
  } catch (error) {
    const why = error instanceof DomainError ? error.userMessage : fileProblem(error);
    if (why === null) throw error;
    return { name, paperId: null, isNew: false, problem: why };
  }
}

/** A file that cannot be opened is the caller's to mend. */
function fileProblem(error: unknown): string | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'open' || syscall === 'read' ? `It cannot be read (${code}).` : null;
}

function sentenceOf({ name, isNew, problem }: Line): string {
  if (problem) return `${name}: not added. ${problem}`;
  return `${name}: ${isNew ? 'added' : 'here already'}`;
}

/** Tells each paper's events until all have been read; Ctrl-C stops those under way. */
async function untilRead(
  ctx: Ctx,
  direct: Database,
  ids: string[],
  json: boolean,
  signal: AbortSignal,
): Promise<void> {
  const views = await Promise.all(ids.map((paperId) => getPaper({ ctx, paperId })));
  const unfinished = views.filter(({ processingStatus }) => isUnfinished(processingStatus));
  const waiting = new Map(unfinished.map(({ id, title }) => [id, title]));
  if (waiting.size === 0) return;
  const stop = () => {
    for (const jobId of waiting.keys()) void cancelJob({ ctx, jobId });
  };
  signal.addEventListener('abort', stop, { once: true });
  const done = new AbortController();
  try {
    const feeds = await EventFeeds.open(ctx.db, direct);
    const jobs = unfinished.map(({ id, seq }) => ({ id, after: seq }));
    for await (const { event } of await watchJobs({ ctx, feeds, jobs, signal: done.signal })) {
      if (event.type === 'resync') continue;
      const title = waiting.get(event.jobId);
      tell(json, event, title ? progressOf(title, event) : null);
      if (event.type === 'job.ended') waiting.delete(event.jobId);
      if (waiting.size === 0) done.abort();
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function progressOf(title: string, event: { type: string; data: object }): string | null {
  const { doing } = event.data as { doing?: string | null };
  if (event.type === 'step.progressed' && doing) return `${title}: ${doing}`;
  const { reason } = event.data as { reason?: string };
  return event.type === 'step.waiting' ? `${title}: ${reason}` : null;
}

const isStopped = ({ errorCode }: PaperView) => errorCode === 'CANCELLED';

function conclude(lines: Line[], papers: PaperView[], json: boolean): number {
  const refused = lines.filter(({ problem }) => problem !== null);
  const byState = (status: string) => papers.filter((p) => p.processingStatus === status);
  const [ready, partial] = [byState('ready'), byState('partial')];
  const exitCode =
    papers.length === 0
      ? EXIT.badInput
      : papers.some(isStopped)
        ? EXIT.cancelled
        : ready.length === papers.length && refused.length === 0
          ? EXIT.allRead
          : ready.length + partial.length > 0
            ? EXIT.partly
            : EXIT.none;
  const result = {
    type: 'result',
    exitCode,
    papers: papers.map((paper) => ({
      id: paper.id,
      title: paper.title,
      status: paper.processingStatus,
      pages: paper.pageCount,
      chunks: paper.chunkCount,
      reason: paper.errorCode,
      message: paper.errorMessage,
    })),
    refused: refused.map(({ name, problem }) => ({ name, message: problem })),
  };
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return exitCode;
  }
  for (const { id, title, processingStatus, pageCount, errorMessage } of papers) {
    const pages = pageCount === null ? '' : `, ${pageCount} ${pageCount === 1 ? 'page' : 'pages'}`;
    const why = errorMessage ? `: ${errorMessage}` : '';
    process.stdout.write(`${processingStatus}${pages}  ${title}  ${id}${why}\n`);
  }
  const counts = `${ready.length} ready, ${partial.length} in part, ${byState('failed').length} not read, ${refused.length} not added`;
  process.stdout.write(`${counts}\n`);
  return exitCode;
}

/** With `--json` one event a line on standard output; else a sentence, if there is one, beside it. */
function tell(json: boolean, event: object, sentence: string | null): void {
  if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
  else if (sentence) process.stderr.write(`${sentence}\n`);
}

function parse(args: string[]): { names: string[]; json: boolean } {
  const { values, positionals } = parsed(args);
  const [verb, ...names] = positionals;
  if (verb !== 'add' || names.length === 0) throw new CommandError(USAGE, EXIT.badInput);
  return { names, json: values.json ?? false };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  } catch (cause) {
    throw new CommandError(`${(cause as Error).message}\n${USAGE}`, EXIT.badInput, { cause });
  }
}

/** `phial ask "QUESTION"`: one question to the papers of the local workspace. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '@/db/client';
import {
  ANSWER_FILES,
  answerFile,
  ask,
  conversationEventSource,
  exportAnswer,
  stopAnswer,
} from '@/server/asking';
import { citedText } from '@/server/asking/cited-text';
import { type AnswerView, getAnswer } from '@/server/asking/queries';
import { type AnswerStatus, isUnderWay } from '@/server/asking/schema';
import type { Ctx } from '@/server/context';
import { DomainError, invalid } from '@/server/errors';
import { Feeds } from '@/server/live/tail';
import { listPapers } from '@/server/papers';
import { CommandError } from './command-error';
import { withLocalContext } from './local-context';
import { withSystem } from './system';

const USAGE = `Usage: npm run phial -- ask "QUESTION" [--papers ID,DOI,TITLE…] [--out DIR] [--data DIR] [--json]`;

const BAD_INPUT = 2;

/** As a job's: done, not fully answered, stopped, failed. */
const EXIT: Record<AnswerStatus, number> = {
  answered: 0,
  abstained: 3,
  stopped: 5,
  failed: 1,
  pending: 1,
  answering: 1,
};

interface Wanted {
  question: string;
  /** Null: all papers. */
  papers: string[] | null;
  out: string | null;
  json: boolean;
}

/** One question without a browser. Exit codes as CONTRACTS fixes them. */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const wanted = parse(args);
  return withSystem(dataDir, (system) =>
    withLocalContext(system, async (ctx, direct) => {
      try {
        return await answer(ctx, wanted, direct, system.signal);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (!wanted.json) process.stderr.write(`${error.userMessage}\n`);
        print(wanted, { status: 'refused', reason: error.reason, message: error.userMessage });
        return error.code === 'INVALID' ? BAD_INPUT : 1;
      }
    }),
  );
}

async function answer(
  ctx: Ctx,
  wanted: Wanted,
  direct: Database,
  signal: AbortSignal,
): Promise<number> {
  const paperIds = wanted.papers && (await papersNamed(ctx, wanted.papers));
  const asked = await ask({ ctx, input: { text: wanted.question, paperIds } });
  await follow(ctx, asked, wanted, direct, signal);
  const { question, answer: end } = await getAnswer({ ctx, answerId: asked.answerId });
  if (isUnderWay(end.status)) throw new Error(`The answer ${end.id} stopped telling its progress`);
  const files = wanted.out ? await writeOut(ctx, end, wanted.out) : [];
  print(wanted, { ...asked, ...end, files });
  if (!wanted.json) process.stdout.write(asText(question, end, files));
  return EXIT[end.status];
}

/** Papers by id, or by words that one paper alone has in title, authors, DOI, arXiv id or file name. */
async function papersNamed(ctx: Ctx, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
      ids.push(name);
      continue;
    }
    const { papers, total } = await listPapers({ ctx, filter: { search: name, limit: 3 } });
    const [only] = papers;
    if (total === 1 && only) {
      ids.push(only.id);
      continue;
    }
    const found = papers.map(({ id, title }) => `\n  ${id}  ${title}`).join('');
    throw invalid(
      'PAPERS_UNKNOWN',
      total === 0 ? `No paper has the words “${name}”.` : `${total} papers have “${name}”:${found}`,
    );
  }
  return ids;
}

/** Prints events until the answer ends. Ctrl-C stops it. */
async function follow(
  ctx: Ctx,
  { conversationId, answerId }: { conversationId: string; answerId: string },
  wanted: Wanted,
  direct: Database,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const onAbort = () => void stopAnswer({ ctx, answerId });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const feeds = await Feeds.over(conversationEventSource, ctx.db, direct);
    const place = { workspaceId: ctx.actor.workspaceId, id: conversationId };
    for await (const event of feeds.follow(place, 0, done.signal)) {
      print(wanted, event);
      if (event.type === 'answer.ended' && event.data.answerId === answerId) done.abort();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function writeOut(ctx: Ctx, { id, status }: AnswerView, out: string): Promise<string[]> {
  if (status !== 'answered' && status !== 'abstained') return [];
  const exported = await exportAnswer({ ctx, answerId: id });
  try {
    await mkdir(out, { recursive: true });
    const written = ANSWER_FILES.map((name) => path.join(out, name));
    for (const name of ANSWER_FILES) {
      await writeFile(path.join(out, name), answerFile(exported, name));
    }
    return written;
  } catch (cause) {
    throw new CommandError(`${out} cannot be written: ${(cause as Error).message}`, 1, { cause });
  }
}

function asText(question: string, answer: AnswerView, files: string[]): string {
  const { sentences, nearest, message, dropped } = answer;
  const lines = [
    ...(sentences.length > 0 ? [citedText(question, sentences)] : []),
    ...(message ? [message] : []),
    ...(nearest.length > 0 ? [citedText('What came nearest:', nearest)] : []),
    ...(dropped > 0
      ? [`${dropped} sentences were dropped: not found where they should stand.`]
      : []),
    ...files.map((file) => `  ${file}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** With `--json` each event is a line, and the result is the last. */
function print(wanted: Wanted, value: object): void {
  if (!wanted.json) return;
  const line = 'type' in value ? value : { type: 'result', ...value };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function parse(args: string[]): Wanted {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        papers: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const [question, ...more] = positionals;
    if (question === undefined || more.length > 0) {
      throw new Error('put the question in quotation marks');
    }
    const papers = values.papers?.split(',').map((name) => name.trim());
    return {
      question,
      papers: papers?.filter((name) => name !== '') ?? null,
      out: values.out ?? null,
      json: values.json,
    };
  } catch (cause) {
    throw new CommandError(`${(cause as Error).message}\n${USAGE}`, BAD_INPUT, { cause });
  }
}

/** `phial eval pdf --dir DIR`: reads every PDF of a folder and compares with what lies beside it. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { PaperRead } from '@/server/papers/reading';
import { endIdleReaders, readPaper, UnreadablePaper } from '@/worker/reading';
import { CommandError } from '../command-error';
import {
  authorsF1,
  headingsF1,
  headingsRecall,
  isSameTitle,
  runRecall,
  tokenF1,
} from './pdf-scores';
import { type Truth, truthOf } from './pdf-truth';

const USAGE = 'phial eval pdf --dir DIR';

export interface Scores {
  title?: number;
  authors?: number;
  abstract?: number;
  year?: number;
  doi?: number;
  headings?: number;
  mainHeadings?: number;
  text?: number;
}

export interface Measured {
  file: string;
  /** What a person is told. */
  ending: string;
  crashed: boolean;
  truth: Truth | null;
  scores: Scores;
  paper: PaperRead | null;
}

const LABELS: Record<keyof Scores, string> = {
  title: 'title',
  authors: 'authors F1',
  abstract: 'abstract F1',
  year: 'year',
  doi: 'DOI',
  headings: 'headings F1',
  mainHeadings: 'main headings',
  text: 'text recall',
};
const GOALS: Partial<Record<keyof Scores, number>> = { title: 0.9, authors: 0.9, abstract: 0.9 };
const MOST_MEMORY_BYTES = 1e9;

/** Exit code 0: measured; 1: the folder cannot be used, or the reader broke down over a file. */
export async function run(args: string[]): Promise<number> {
  const dir = dirOf(args);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const measured: Measured[] = [];
  try {
    for await (const one of measureFolder(dir)) {
      measured.push(one);
      for (const line of linesOf(one)) say(line);
    }
  } finally {
    endIdleReaders();
  }
  if (measured.length === 0) throw new CommandError(`${dir} holds no PDF.`, 1);
  say('');
  for (const line of summary(measured)) say(line);
  return measured.some(({ crashed }) => crashed) ? 1 : 0;
}

export async function* measureFolder(dir: string): AsyncGenerator<Measured> {
  const names = await readdir(dir).catch((error: Error) => {
    throw new CommandError(`${dir} cannot be read: ${error.message}`, 1, { cause: error });
  });
  for (const name of names.filter((one) => /\.pdf$/i.test(one)).sort()) {
    yield await measureFile(dir, name);
  }
}

async function measureFile(dir: string, name: string): Promise<Measured> {
  const truth = await truthOf(dir, name.replace(/\.pdf$/i, ''));
  const bare = { file: name, truth, scores: {}, paper: null };
  try {
    const paper = await readPaper(path.join(dir, name));
    return {
      ...bare,
      ending: paper.report.sentence,
      crashed: false,
      scores: truth === null ? {} : scoresOf(paper, truth),
      paper,
    };
  } catch (error) {
    if (!(error instanceof UnreadablePaper)) throw error;
    return { ...bare, ending: error.userMessage, crashed: error.failure === 'CRASHED' };
  }
}

/** Only what the truth speaks of is scored; what was not found scores 0. */
export function scoresOf(paper: PaperRead, truth: Truth): Scores {
  const { metadata } = paper;
  const headings = paper.sections
    .filter(({ kind }) => kind !== 'references' && kind !== 'abstract')
    .map(({ heading }) => heading);
  const is = (value: boolean) => (value ? 1 : 0);
  return {
    ...(truth.title === undefined
      ? {}
      : { title: is(isSameTitle(metadata.title?.value ?? '', truth.title)) }),
    ...(truth.authors === undefined
      ? {}
      : {
          authors: authorsF1(metadata.authors?.value.map(({ name }) => name) ?? [], truth.authors),
        }),
    ...(truth.abstract === undefined
      ? {}
      : { abstract: tokenF1(metadata.abstract?.value ?? '', truth.abstract) }),
    ...(truth.year === undefined ? {} : { year: is(metadata.year?.value === truth.year) }),
    ...(truth.doi === undefined ? {} : { doi: is(metadata.doi?.value === truth.doi) }),
    ...(truth.headings === undefined
      ? {}
      : {
          headings: headingsF1(
            headings,
            truth.headings.map(({ text }) => text),
          ),
          mainHeadings: headingsRecall(
            headings,
            truth.headings.filter(({ depth }) => depth === 1).map(({ text }) => text),
          ),
        }),
    ...(truth.text === undefined
      ? {}
      : { text: runRecall(paper.pages.map(({ text }) => text).join('\n'), truth.text, 5) }),
  };
}

function linesOf({ file, ending, truth, scores, paper }: Measured): string[] {
  const figures = (Object.keys(scores) as (keyof Scores)[]).map(
    (name) => `${LABELS[name]} ${scores[name]!.toFixed(2)}`,
  );
  const kind =
    truth === null || paper === null ? '' : truth.counts ? '' : ' (a tool’s output, only shown)';
  const memory = paper === null ? '' : `, ${Math.round(paper.report.peakMemoryBytes / 1e6)} MB`;
  const time = paper === null ? '' : ` ${paper.report.tookMs} ms${memory}.`;
  return [
    `${file}: ${ending}${time}`,
    ...(figures.length === 0 ? [] : [`    ${figures.join(', ')}${kind}`]),
    ...misses(truth, scores, paper).map((line) => `    ${line}`),
  ];
}

function misses(truth: Truth | null, scores: Scores, paper: PaperRead | null): string[] {
  if (truth === null || paper === null) return [];
  const { title, authors } = paper.metadata;
  return [
    ...(scores.title === 0
      ? [`title read: ${title?.value ?? '–'}`, `      should be: ${truth.title}`]
      : []),
    ...(scores.authors !== undefined && scores.authors < 1
      ? [
          `authors read: ${authors?.value.map(({ name }) => name).join('; ') ?? '–'}`,
          `   should be: ${truth.authors?.join('; ')}`,
        ]
      : []),
  ];
}

/** Means over the files whose truth counts. */
export function overall(
  measured: readonly Measured[],
): { name: keyof Scores; mean: number; files: number }[] {
  const counting = measured.filter(({ truth }) => truth?.counts);
  return (Object.keys(LABELS) as (keyof Scores)[]).flatMap((name) => {
    const values = counting
      .map(({ scores }) => scores[name])
      .filter((value) => value !== undefined);
    if (values.length === 0) return [];
    return [
      { name, mean: values.reduce((a, b) => a + b, 0) / values.length, files: values.length },
    ];
  });
}

function summary(measured: readonly Measured[]): string[] {
  const peak = Math.max(0, ...measured.map(({ paper }) => paper?.report.peakMemoryBytes ?? 0));
  const crashed = measured.filter((one) => one.crashed).length;
  const goal = (met: boolean, words: string) => ` (goal ${words}: ${met ? 'met' : 'NOT met'})`;
  return [
    `${measured.length} files, ${measured.filter(({ paper }) => paper !== null).length} read.`,
    ...overall(measured).map(({ name, mean, files }) => {
      const least = GOALS[name];
      const words = least === undefined ? '' : goal(mean >= least, `at least ${least}`);
      return `${LABELS[name]}: ${mean.toFixed(3)} over ${files} files${words}`;
    }),
    `broken down: ${crashed}${goal(crashed === 0, 'none')}`,
    `most memory: ${Math.round(peak / 1e6)} MB${goal(peak < MOST_MEMORY_BYTES, 'under 1 GB')}`,
  ];
}

function dirOf(args: string[]): string {
  try {
    const { values } = parseArgs({ args, options: { dir: { type: 'string' } } });
    if (values.dir) return values.dir;
  } catch (error) {
    throw new CommandError(`${USAGE}: ${error instanceof Error ? error.message : error}`, 2);
  }
  throw new CommandError(`${USAGE}: name the folder of PDFs with --dir.`, 2);
}

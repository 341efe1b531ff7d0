/** Checks an exported answer offline: everything in it against the pages it carries. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { firstIssue } from '@/server/reports/bundle-lines';
import { lineOf } from '@/server/reports/report-json';
import type { PaperCitation } from '../schema';
import { passageProblems } from '../verify';
import { answerHash } from './hash';
import { ANSWER_FILES, answerFile } from './make';
import { type AnswerExport, answerExportSchema } from './schema';

/** A file of the export that cannot be read. The message names file and line. */
export class AnswerUnreadable extends Error {
  override name = 'AnswerUnreadable';
}

export interface AnswerCheck {
  ok: boolean;
  answer: AnswerExport;
  /** In words, with the sentence it concerns where it concerns one. */
  problems: { what: string; sentence: number | null }[];
  files: { name: string; state: 'holds' | 'differs' | 'absent' }[];
  /** Files whose pages were read again from the PDF. */
  extracted: string[];
}

/** Pages of a file as they are read now; null when it is none of the given PDFs. */
export type Extract = (fileSha256: string, pages: number[]) => Promise<ReadPage[] | null>;
export interface ReadPage {
  page: number;
  textSha256: string;
}

/** Throws AnswerUnreadable when answer.json cannot be read. */
export async function checkAnswer(
  dir: string,
  { expectedHash = null, extract }: { expectedHash?: string | null; extract?: Extract } = {},
): Promise<AnswerCheck> {
  const answer = await read(path.join(dir, 'answer.json'));
  const problems: AnswerCheck['problems'] = sentenceProblems(answer);
  const add = (what: string) => problems.push({ what, sentence: null });
  const hash = answerHash(answer);
  if (hash !== answer.answerHash) add(`the answer's hash is ${hash}, not ${answer.answerHash}`);
  if (expectedHash !== null && answer.answerHash !== expectedHash.toLowerCase()) {
    add(`the answer's hash is ${answer.answerHash}, not ${expectedHash}`);
  }
  if (answer.status === 'answered' && answer.sentences.length === 0) {
    add('it says that it answers, and holds no sentence');
  }
  if (answer.status === 'abstained' && answer.sentences.length > 0) {
    add('it says that these papers do not answer, and holds an answer');
  }
  const files: AnswerCheck['files'] = [];
  for (const name of ANSWER_FILES) {
    const text = await readFile(path.join(dir, name), 'utf8').catch(() => null);
    const isSame = name === 'answer.json' || text === answerFile(answer, name);
    files.push({ name, state: text === null ? 'absent' : isSame ? 'holds' : 'differs' });
    if (text !== null && !isSame) add(`${name} does not say what answer.json says`);
  }
  const extracted = extract ? await comparePdfs(answer, extract, add) : [];
  return { ok: problems.length === 0, answer, problems, files, extracted };
}

async function read(file: string): Promise<AnswerExport> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8' : 'there is no such file';
    throw new AnswerUnreadable(`${file}: ${why}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const line = lineOf(message, text);
    throw new AnswerUnreadable(
      `${file}${line === null ? '' : `, line ${line}`}: it is not JSON (${message})`,
    );
  }
  const result = answerExportSchema.safeParse(json);
  if (!result.success) {
    throw new AnswerUnreadable(`${file}: ${firstIssue(result.error)}`);
  }
  return result.data;
}

function sentenceProblems(answer: AnswerExport): AnswerCheck['problems'] {
  const pageOf = ({ fileSha256, page }: PaperCitation) =>
    answer.pages.find((known) => known.fileSha256 === fileSha256 && known.page === page);
  return [...answer.sentences, ...answer.nearest].flatMap((sentence, index) =>
    passageProblems({ ...sentence, phrased: sentence.phrased ?? null }, pageOf).map((what) => ({
      what,
      sentence: index + 1,
    })),
  );
}

async function comparePdfs(
  answer: AnswerExport,
  extract: Extract,
  add: (what: string) => void,
): Promise<string[]> {
  const extracted: string[] = [];
  for (const fileSha256 of new Set(answer.pages.map((page) => page.fileSha256))) {
    const carried = answer.pages.filter((page) => page.fileSha256 === fileSha256);
    const pages = await extract(
      fileSha256,
      carried.map(({ page }) => page),
    );
    if (!pages) continue;
    extracted.push(fileSha256);
    for (const { page, textSha256 } of carried) {
      const now = pages.find((one) => one.page === page);
      if (now?.textSha256 === textSha256) continue;
      add(
        now
          ? `page ${page} of file ${fileSha256} reads otherwise in the PDF: ${now.textSha256}`
          : `page ${page} is not in the PDF ${fileSha256}`,
      );
    }
  }
  return extracted;
}

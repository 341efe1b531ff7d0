/** The part of `phial verify` that checks an exported answer, against its PDFs too where they are given. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type AnswerCheck, checkAnswer } from '@/server/asking/export/check';
import { CommandError } from './command-error';

interface Wanted {
  dir: string;
  hash: string | null;
  /** PDFs whose pages are read again. */
  pdfs: string[];
}

/** Throws AnswerUnreadable when the export, and CommandError when a PDF cannot be read. */
export async function verifyAnswer({ dir, hash, pdfs }: Wanted): Promise<AnswerCheck> {
  const byHash = new Map<string, string>();
  for (const file of pdfs) byHash.set(await sha256OfFile(file), file);
  const check = await checkAnswer(dir, {
    expectedHash: hash,
    extract: async (fileSha256, numbers) => {
      const file = byHash.get(fileSha256);
      return file ? read(file, numbers) : null;
    },
  });
  for (const [sha256, file] of byHash) {
    if (check.extracted.includes(sha256)) continue;
    check.problems.push({ what: `${file} is none of the files that are cited`, sentence: null });
  }
  return { ...check, ok: check.problems.length === 0 };
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${(cause as Error).message}`, 2, { cause });
  }
  return hash.digest('hex');
}

async function read(file: string, numbers: number[]) {
  // Loaded only where a PDF is given: it brings a reader of PDFs along.
  const { endIdleReaders, readPages } = await import('../reading');
  try {
    const pages = await readPages(path.resolve(file), numbers);
    return pages.map(({ number, textSha256 }) => ({ page: number, textSha256 }));
  } catch (cause) {
    throw new CommandError(`${file} cannot be read again: ${(cause as Error).message}`, 2, {
      cause,
    });
  } finally {
    endIdleReaders();
  }
}

export function answerAsJson({ answer, ...check }: AnswerCheck) {
  return {
    ...check,
    answerHash: answer.answerHash,
    sentences: answer.sentences.length,
    citations: [...answer.sentences, ...answer.nearest].flatMap(({ citations }) => citations)
      .length,
    pages: answer.pages.length,
  };
}

export function answerAsText(check: AnswerCheck, dir: string): string {
  const { answer, files, problems, extracted } = check;
  const { sentences, citations, pages } = answerAsJson(check);
  const absent = files.filter(({ state }) => state === 'absent').map(({ name }) => name);
  const others = new Set(answer.pages.map(({ fileSha256 }) => fileSha256)).size - extracted.length;
  const lines = [
    `${dir}: answer ${answer.answerHash}`,
    `“${answer.question.slice(0, 200)}”: ${answer.status === 'answered' ? `${sentences} sentences` : 'not answered by these papers'}`,
    `${citations} citations of ${pages} pages.`,
    ...(absent.length > 0 ? [`Not there, so not checked: ${absent.join(', ')}.`] : []),
    ...extracted.map((sha256) => `Read again from the PDF: file ${sha256}.`),
    ...(others > 0
      ? [
          `${others} ${others === 1 ? 'file was' : 'files were'} checked against the carried text alone; add --pdf FILE to read them again.`,
        ]
      : []),
    ...problems.map(
      ({ what, sentence }) =>
        `Does not hold: ${sentence === null ? '' : `sentence ${sentence}: `}${what}`,
    ),
    check.ok ? 'Everything holds.' : 'This export does not hold.',
  ];
  return `${lines.join('\n')}\n`;
}

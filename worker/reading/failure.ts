import { DomainError } from '@/server/errors';
import type { ReadingFailure } from '@/server/papers/reading';

export const MOST_PAGES = 2_000;
export const MOST_BYTES = 100 * 1024 * 1024;

/** Why a page cannot be read, in words; what stands first tells the most about the file. */
export const PAGE_ERRORS = {
  CORRUPT: 'This page is damaged.',
  TOO_SLOW: 'Reading this page took too long.',
  TOO_MUCH_MEMORY: 'This page needs more memory than one file may have.',
  CRASHED: 'The reader of PDFs broke down over this page.',
} as const satisfies Partial<Record<ReadingFailure, string>>;

export type PageFailure = keyof typeof PAGE_ERRORS;

/** Why a paper is none of which no page could be read. */
export function failureOfAll(errors: readonly string[]): PageFailure {
  const kinds = Object.keys(PAGE_ERRORS) as PageFailure[];
  return kinds.find((kind) => errors.includes(PAGE_ERRORS[kind])) ?? 'CORRUPT';
}

const SENTENCES: Record<ReadingFailure, string> = {
  NOT_A_PDF: 'This file is not a PDF, whatever its name says.',
  EMPTY: 'This file is empty.',
  CORRUPT:
    'This PDF is damaged and cannot be opened. Download it again, or save it anew elsewhere.',
  PASSWORD_NEEDED:
    'This PDF is encrypted. Give its password to have it read; it is forgotten after.',
  PASSWORD_WRONG: 'The password does not open this PDF.',
  TOO_MANY_PAGES: `This PDF has more than ${MOST_PAGES.toLocaleString('en')} pages. Split it and add the parts you need.`,
  TOO_LARGE: 'This file is larger than 100 MB.',
  NO_TEXT:
    'This PDF holds pictures of pages without text. Phial does not recognise text in pictures; add a copy with a text layer.',
  TOO_SLOW: 'Reading this PDF took too long and was stopped.',
  TOO_MUCH_MEMORY: 'Reading this PDF needs more memory than one file may have.',
  CRASHED: 'The reader of PDFs broke down over this file.',
};

/** The file gives no paper; `failure` says why to programs, `userMessage` to people. */
export class UnreadablePaper extends DomainError {
  constructor(readonly failure: ReadingFailure) {
    super('INVALID', failure, SENTENCES[failure]);
    this.name = 'UnreadablePaper';
  }
}

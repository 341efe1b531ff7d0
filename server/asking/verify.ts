/**
 * Whether quoted sentences stand where they say they do. The page's text is hashed again, the quote
 * cut out of it again, and the sentence joined from its quotes again. Pure: answers are checked by it
 * before anyone sees them, and exports long after.
 */
import { createHash } from 'node:crypto';
import { joinPlaces } from '@/server/papers/reading';
import { checkPhrasing } from '@/server/reports/phrasing';
import type { PaperCitation, Passage } from './schema';

/** A page that citations name. */
export interface CitedPage {
  fileSha256: string;
  page: number;
  textSha256: string;
  text: string;
}

export type PageLookup = (citation: PaperCitation) => CitedPage | undefined;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What is wrong with a citation, in words; null when it holds. */
export function citationProblem(citation: PaperCitation, pageOf: PageLookup): string | null {
  const page = pageOf(citation);
  const where = `page ${citation.page}`;
  if (!page) return `${where} of file ${citation.fileSha256} is not there`;
  if (page.textSha256 !== citation.pageTextSha256) {
    return `${where} has the text ${page.textSha256}, not ${citation.pageTextSha256}`;
  }
  if (sha256(page.text) !== citation.pageTextSha256) return `the text of ${where} was changed`;
  const { start, end, quote } = citation;
  if (start >= end || end > page.text.length) return `${where} has no text from ${start} to ${end}`;
  if (page.text.slice(start, end) !== quote) return `the quote does not stand on ${where}`;
  return null;
}

/** All that is wrong with a sentence, in words; empty when it holds. */
export function passageProblems(
  passage: Pick<Passage, 'text' | 'phrased' | 'citations'>,
  pageOf: PageLookup,
): string[] {
  const { text, phrased, citations } = passage;
  if (citations.length === 0) return ['it cites nothing'];
  const problems = citations.flatMap((citation) => citationProblem(citation, pageOf) ?? []);
  const quotes = citations.map(({ quote }) => quote);
  if (joinPlaces(quotes) !== text) problems.push('the sentence is not what its quotes say');
  if (phrased) {
    const verdict = checkPhrasing(phrased.text, { text, quotes });
    if (!verdict.ok) problems.push(`its wording says something else: ${verdict.reason}`);
    if (sha256(phrased.text) !== phrased.sha256) problems.push('its wording was changed');
  }
  return problems;
}

/** How papers, and files on their way in, are put into words. Pure. */
import { PAPER_LOOK } from '@/components/papers/words';
import { formatCount, formatCountOf } from '@/components/ui/format';
import type { State } from '@/components/ui/status';
import type { PaperSummary } from '@/server/papers';
import type { Duplicate } from '@/server/papers/schema';

type Standing = Pick<
  PaperSummary,
  'processingStatus' | 'errorCode' | 'pageCount' | 'pagesRead' | 'fileHash'
>;

export const needsPassword = ({ errorCode }: Pick<PaperSummary, 'errorCode'>): boolean =>
  errorCode === 'PASSWORD_NEEDED' || errorCode === 'PASSWORD_WRONG';

export function paperLook(paper: Standing): { state: State; word: string } {
  const { processingStatus: status, errorCode, fileHash } = paper;
  if (needsPassword(paper)) return { state: 'attention', word: 'Needs its password' };
  if (errorCode === 'CANCELLED') return { state: 'stopped', word: 'Stopped' };
  if (status === 'partial' && !fileHash) return { state: 'partial', word: 'Record only' };
  return PAPER_LOOK[status];
}

/** "page 12 of 40" while it is being read. */
export function readingPlace({ processingStatus, pagesRead, pageCount }: Standing): string | null {
  if (processingStatus !== 'parsing' || !pageCount) return null;
  return `page ${formatCount(Math.min(pagesRead, pageCount))} of ${formatCount(pageCount)}`;
}

/** "Lovelace, Hopper and 3 others" */
export function authorLine(authors: PaperSummary['authors']): string | null {
  const names = authors.map(({ family, name }) => family || name);
  if (names.length === 0) return null;
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${formatCountOf(names.length - 2, 'other')}`;
}

const BECAUSE: Record<Duplicate['kind'], string> = {
  'same-file': 'the very same file',
  'same-doi': 'the same DOI',
  'same-arxiv': 'the same arXiv id',
  'preprint-of': 'the article of this preprint',
  'article-of': 'a preprint of this article',
};

/** Why it was not added again: "Here already, in the bin: the very same file". */
export const duplicateSentence = ({ kind, inBin }: Duplicate): string =>
  `Here already${inBin ? ', in the bin' : ''}: ${BECAUSE[kind]}`;

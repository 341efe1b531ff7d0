/** Words for what papers are and where their details come from. */
import type { State } from '@/components/ui/status';
import type { Origin, PaperField, ProcessingStatus } from '@/server/papers/schema';

export const PAPER_LOOK: Record<ProcessingStatus, { state: State; word: string }> = {
  pending: { state: 'waiting', word: 'Waiting to be read' },
  parsing: { state: 'active', word: 'Being read' },
  indexing: { state: 'active', word: 'Being indexed' },
  ready: { state: 'done', word: 'Ready' },
  partial: { state: 'partial', word: 'Read in part' },
  failed: { state: 'failed', word: 'Not read' },
};

export const FIELD_WORDS: Record<PaperField, string> = {
  title: 'Title',
  authors: 'Authors',
  abstract: 'Abstract',
  year: 'Year',
  venue: 'Published in',
  doi: 'DOI',
  arxivId: 'arXiv id',
  articleDoi: 'DOI of the article',
};

export const ORIGIN_WORDS: Record<Origin, string> = {
  page: 'read from the pages',
  file: 'said by the file itself',
  crossref: 'from Crossref',
  arxiv: 'from arXiv',
  semanticscholar: 'from Semantic Scholar',
  submission: 'as it was submitted',
  person: 'edited',
};

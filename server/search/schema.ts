/** What can be asked of the search, and what it answers; safe in the browser. */
import { z } from 'zod';

/** Within a field any value fits, between fields all must. */
export const searchFilter = z.object({
  paperIds: z.array(z.uuid()).min(1).max(10_000).optional(),
  exceptPaperIds: z.array(z.uuid()).max(10_000).optional(),
  sections: z.array(z.string().max(100)).min(1).max(50).optional(),
  years: z.object({ from: z.number().int().nullish(), to: z.number().int().nullish() }).optional(),
  /** Full or family names, in any case. */
  authors: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
  tags: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
});
export type SearchFilter = z.infer<typeof searchFilter>;

export const searchPassagesInput = z.object({
  query: z.string().min(1).max(10_000),
  filter: searchFilter.default({}),
  limit: z.number().int().min(1).max(200).default(10),
});
export type SearchPassagesInput = z.input<typeof searchPassagesInput>;

export const similarPassagesInput = z.object({
  chunkId: z.number().int().positive(),
  filter: searchFilter.default({}),
  limit: z.number().int().min(1).max(200).default(10),
});
export type SimilarPassagesInput = z.input<typeof similarPassagesInput>;

/** Where text stands: page from 1, offsets in UTF-16 units of the page's text. */
export interface PagePlace {
  page: number;
  start: number;
  end: number;
}

export const answerDraftInput = z.object({
  question: z.string().min(1).max(40_000),
  filter: searchFilter.default({}),
  /** Sentences of the answer. */
  limit: z.number().int().min(1).max(50).default(6),
});
export type AnswerDraftInput = z.input<typeof answerDraftInput>;

/** A place on a page as an answer cites it, with the very words that stand there. */
export interface QuoteCitation {
  fileSha256: string;
  page: number;
  pageTextSha256: string;
  start: number;
  end: number;
  quote: string;
}

/** A whole sentence; one that runs over a page's end has several citations. */
export interface PickedSentence {
  chunkId: number;
  paperId: string;
  section: string;
  heading: string | null;
  citations: QuoteCitation[];
  /** How much it says beside the best sentence of the same question, from 0 to 1. */
  support: number;
}

export interface AnswerDraft {
  /** How likely the best sentences answer, from 0 to 1; null when nothing shares a word with the question. */
  support: number | null;
  /** Support below which nothing is answered. */
  threshold: number;
  /** Best first; empty below the threshold. */
  picked: PickedSentence[];
  /** The sentences that came nearest, whatever the support. */
  nearest: PickedSentence[];
}

export interface Passage {
  chunkId: number;
  paperId: string;
  title: string;
  year: number | null;
  section: string;
  heading: string | null;
  text: string;
  places: PagePlace[];
  sentences: PagePlace[];
  /** Comparable within one answer only: standard deviations above this question's candidates. */
  score: number;
}

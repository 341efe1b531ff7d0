/** What the search hands over: sentences that may answer a question, and how well they do. */
import type { Ctx } from '@/server/context';
import type { PaperCitation } from './schema';

/** A sentence; one that runs over a page's end has several citations. */
export interface DraftSentence {
  paperId: string;
  section: string;
  heading: string | null;
  citations: PaperCitation[];
  support: number;
}

export interface Draft {
  /** How well the best sentence answers, on the scale of `threshold`; null when there was nothing. */
  support: number | null;
  /** Support below which nothing is answered. */
  threshold: number;
  /** Best first; empty when the papers do not answer. */
  picked: DraftSentence[];
  /** The sentences that came nearest, best first. */
  nearest: DraftSentence[];
}

/** Picks sentences from the given papers, or from all when null. */
export type Drafter = (
  ctx: Ctx,
  request: { question: string; paperIds: string[] | null; limit: number },
) => Promise<Draft>;

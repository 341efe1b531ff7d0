/** Words for what the screens of asking show. */
import type { State } from '@/components/ui/status';
import type { AnswerStatus, PaperBrief, PaperCitation, PassageView } from '@/server/asking/schema';

export const ANSWER_LOOK: Record<AnswerStatus, { state: State; word: string }> = {
  pending: { state: 'waiting', word: 'Waiting' },
  answering: { state: 'active', word: 'Looking through the papers' },
  answered: { state: 'done', word: 'Answered' },
  abstained: { state: 'skipped', word: 'Not answered by these papers' },
  stopped: { state: 'stopped', word: 'Stopped' },
  failed: { state: 'failed', word: 'Failed' },
};

/** `Smith et al., 2020`; what is not known is left out. */
export function byline({ authors, year }: Pick<PaperBrief, 'authors' | 'year'>): string {
  const [first, second, ...more] = authors.map(({ family, name }) => family || name);
  const who = more.length > 0 ? `${first} et al.` : [first, second].filter(Boolean).join(' and ');
  return [who, year].filter(Boolean).join(', ');
}

/** A citation with the number it has in its answer, and the sentence it belongs to. */
export interface NumberedCitation {
  /** From 1. */
  number: number;
  citation: PaperCitation;
  passage: PassageView;
}

/** Every citation of the given sentences, in the order in which they are read. */
export function numberedCitations(passages: readonly PassageView[]): NumberedCitation[] {
  return passages
    .flatMap((passage) => passage.citations.map((citation) => ({ citation, passage })))
    .map((cited, index) => ({ number: index + 1, ...cited }));
}

/** Sentences of the same paper that follow each other. */
export function byPaper(passages: readonly PassageView[]): PassageView[][] {
  const groups: PassageView[][] = [];
  for (const passage of passages) {
    const last = groups.at(-1);
    if (last?.[0]?.paperId === passage.paperId) last.push(passage);
    else groups.push([passage]);
  }
  return groups;
}

import { answerDraft } from '@/server/search';
import type { Drafter } from './draft';

/** What came nearest is shown to judge by, not to be read through. */
const NEAREST = 3;
/** A further sentence has to say nearly as much as the best one. */
const OF_BEST = 0.75;

/** Drafts from the search. */
export const draftFromSearch: Drafter = async (ctx, { question, paperIds, limit }) => {
  const filter = paperIds ? { paperIds } : {};
  const draft = await answerDraft({ ctx, input: { question, filter, limit } });
  const best = draft.picked[0]?.support ?? 0;
  return {
    support: draft.support,
    threshold: draft.threshold,
    picked: draft.picked.filter(({ support }) => support >= OF_BEST * best),
    nearest: draft.picked.length > 0 ? [] : draft.nearest.slice(0, NEAREST),
  };
};

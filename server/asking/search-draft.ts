import { answerDraft } from '@/server/search';
import type { Drafter } from './draft';

/** What came nearest is shown to judge by, not to be read through. */
const NEAREST = 3;

/** Drafts from the search. */
export const draftFromSearch: Drafter = async (ctx, { question, paperIds, limit }) => {
  const filter = paperIds ? { paperIds } : {};
  const draft = await answerDraft({ ctx, input: { question, filter, limit } });
  return {
    support: draft.support,
    threshold: draft.threshold,
    picked: draft.picked,
    nearest: draft.picked.length > 0 ? [] : draft.nearest.slice(0, NEAREST),
  };
};

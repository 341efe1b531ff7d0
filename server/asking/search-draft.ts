/** Drafts from the search: the sentences that may answer, or the nearest where none do. */
import { answerDraft } from '@/server/search';
import type { Drafter } from './draft';

/** Passages that are shown where there is no answer. */
const NEAREST = 3;

export const draftFromSearch: Drafter = async (ctx, { question, paperIds, limit }) => {
  const filter = paperIds ? { paperIds } : {};
  const draft = await answerDraft({ ctx, input: { question, filter, limit } });
  const nearest = draft.picked.length > 0 ? [] : draft.nearest.slice(0, NEAREST);
  return { ...draft, nearest };
};

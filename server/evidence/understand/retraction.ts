/** What notices say of an article. Retraction, concern and correction are different things. */
import { fold } from './text';

export const RETRACTION_STATES = ['retracted', 'concern', 'corrected', 'none', 'unknown'] as const;
export type RetractionState = (typeof RETRACTION_STATES)[number];

/** Said of the article itself; `…From` and `…Of` stand on what replaces it and on the notice. */
const RETRACTED =
  /^(?:(?:partial)?retractionin|retractedpublication|retractedandrepublishedin|withdrawalin|withdrawn(?:publication|in)?)$/;

/**
 * `notices` are the types of the notices about the article; null means that the source does not say,
 * which is `unknown` and not `none`. Notices that the article itself gives about another ("Retraction
 * of") do not count.
 */
export function retractionState(
  publicationTypes: readonly string[],
  notices: readonly string[] | null,
): RetractionState {
  const types = publicationTypes.map(fold);
  const about = (notices ?? []).map((notice) => fold(notice).replace(/[^a-z]/g, ''));
  const says = (pattern: RegExp) => about.some((notice) => pattern.test(notice));
  if (types.includes('retracted publication') || says(RETRACTED)) return 'retracted';
  if (says(/^expressionofconcernin$/)) return 'concern';
  if (says(/^(?:erratumin|correctedandrepublishedin)$/)) return 'corrected';
  return notices === null ? 'unknown' : 'none';
}

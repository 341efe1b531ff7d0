/** The address of a comparison. */
import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const loadQuery = createLoader({
  jobs: parseAsArrayOf(parseAsString).withDefault([]),
  /** From the form: one more molecule. */
  add: parseAsString,
  show: parseAsStringLiteral(['all']),
});

export function compareHref(jobs: readonly string[], path = '/compare'): string {
  return jobs.length > 0 ? `${path}?jobs=${jobs.join(',')}` : path;
}

/** Which of a subject's names a source is asked for. */
import type { Subject } from '@/server/evidence/schema';

/** Most names in one search: more make the address too long and add trade names of little use. */
const MAX_NAMES = 12;
/** Longest name; systematic names are longer, and no source indexes records by them. */
const MAX_NAME_LENGTH = 80;
/** Servers commonly refuse addresses over 8 kB; a name stands in a search up to four times. */
const MAX_TOTAL_LENGTH = 600;

/**
 * Names to put between quotation marks in a search, best first: without characters that have a
 * meaning in the sources' query languages, without repetitions, few enough for one address.
 */
export function searchNames(subject: Subject): string[] {
  const names = new Map<string, string>();
  let total = 0;
  for (const given of subject.names) {
    const name = given
      .replace(/[\p{Cc}"“”\\[\]{}]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const key = name.toLowerCase();
    if (!/[\p{L}\p{N}]/u.test(name) || name.length > MAX_NAME_LENGTH || names.has(key)) continue;
    if (names.size >= MAX_NAMES || total + name.length > MAX_TOTAL_LENGTH) break;
    names.set(key, name);
    total += name.length;
  }
  return [...names.values()];
}

/** Why a source that is searched by name cannot be asked, or null. */
export function refusesWithoutName(subject: Subject): string | null {
  return searchNames(subject).length === 0 ? 'the compound has no name to search with' : null;
}

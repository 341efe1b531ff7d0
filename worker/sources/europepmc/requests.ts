/** Questions to the Europe PMC REST service (europepmc.org/RestfulWebService, read 2026-11-22). */
import type { Subject } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { searchNames } from '../names';

export const PAGE_SIZE = 100;
/** Best matches first: what stands beyond mentions the molecule in passing. */
export const MAX_ARTICLES = 300;
export const MAX_PATENTS = 200;

/** The mark that asks for the first page. */
export const FIRST_MARK = '*';

/** Articles (PubMed's and preprints) with a name in title, abstract or list of substances. */
export function articlesRequest(subject: Subject, cursorMark: string): SourceRequest {
  const named = searchNames(subject).map((name) => `TITLE_ABS:"${name}" OR CHEM:"${name}"`);
  return searchRequest(`(SRC:MED OR SRC:PPR) AND (${named.join(' OR ')})`, cursorMark);
}

/** Patents with a name in title or abstract. */
export function patentsRequest(subject: Subject, cursorMark: string): SourceRequest {
  const named = searchNames(subject).map((name) => `TITLE_ABS:"${name}"`);
  return searchRequest(`SRC:PAT AND (${named.join(' OR ')})`, cursorMark);
}

function searchRequest(query: string, cursorMark: string): SourceRequest {
  return {
    url:
      'https://www.ebi.ac.uk/europepmc/webservices/rest/search' +
      `?query=${encodeURIComponent(query)}&format=json&resultType=core` +
      `&pageSize=${PAGE_SIZE}&cursorMark=${encodeURIComponent(cursorMark)}`,
    accept: 'application/json',
  };
}

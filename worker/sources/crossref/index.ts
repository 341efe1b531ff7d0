/** Crossref: details of papers by DOI or by title (api.crossref.org/swagger-ui, read 2026-11-25). */
import type { WorkRecord } from '../bibliography';
import type { Bibliography, SourceHttp } from '../contract';
import { parseList, parseWork } from './parse';
import { searchRequest, workRequest } from './requests';

export const crossref: Bibliography = {
  id: 'crossref',
  name: 'Crossref',
  homepage: 'https://www.crossref.org',
  licence: 'Metadata free to use without restriction; abstracts belong to their publishers',
  requestsPerSecond: 5,
  bodiesMayBeShared: false,
  version: '1',
  hosts: ['api.crossref.org'],
};

/** The work of a DOI; null when Crossref does not know it. Throws SourceFault. */
export async function crossrefWork(http: SourceHttp, doi: string): Promise<WorkRecord | null> {
  const snapshot = await http.ask(workRequest(doi));
  return snapshot.status === 404 ? null : parseWork(snapshot);
}

/** Works whose titles are like this one, best first. Throws SourceFault. */
export async function crossrefSearch(
  http: SourceHttp,
  title: string,
  author: string | null,
): Promise<WorkRecord[]> {
  return parseList(await http.ask(searchRequest(title, author)));
}

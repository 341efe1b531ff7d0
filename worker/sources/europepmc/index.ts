/** Europe PMC: articles of PubMed and preprints, and patents. */
import type { Connector, SourceHttp, SourceRequest, Yielded } from '../contract';
import { refusesWithoutName } from '../names';
import { LICENCE, parseResults } from './parse';
import {
  articlesRequest,
  FIRST_MARK,
  MAX_ARTICLES,
  MAX_PATENTS,
  PAGE_SIZE,
  patentsRequest,
} from './requests';

export const europepmc: Connector = {
  id: 'europepmc',
  name: 'Europe PMC',
  homepage: 'https://europepmc.org',
  licence: LICENCE,
  requestsPerSecond: 2,
  bodiesMayBeShared: false,
  version: '1',
  hosts: ['www.ebi.ac.uk', 'europepmc.org'],
  refuses: refusesWithoutName,
  questions: (subject) => [
    {
      key: 'articles',
      title: 'articles and preprints',
      ask: (http) =>
        askPages(http, (mark) => articlesRequest(subject, mark), MAX_ARTICLES, 'articles'),
    },
    {
      key: 'patents',
      title: 'patents',
      ask: (http) =>
        askPages(http, (mark) => patentsRequest(subject, mark), MAX_PATENTS, 'patents'),
    },
  ],
};

/** Follows the cursor marks until all is read, one repeats, none is given or the cap is reached. */
async function* askPages(
  http: SourceHttp,
  request: (cursorMark: string) => SourceRequest,
  cap: number,
  what: string,
): AsyncIterable<Yielded> {
  let mark = FIRST_MARK;
  for (let read = 0; read < cap; read += PAGE_SIZE) {
    const page = parseResults(await http.ask(request(mark)));
    yield { records: page.records };
    if (page.leftOut > 0) yield { capped: 'results without an id were left out' };
    if (page.total !== null && page.total <= read + PAGE_SIZE) return;
    if (page.nextCursorMark === null || page.nextCursorMark === mark) return;
    mark = page.nextCursorMark;
  }
  yield { capped: `only the first ${cap} ${what} of the search were read` };
}

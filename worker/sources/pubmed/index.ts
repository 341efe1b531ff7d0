/** PubMed: articles that name the molecule, with indexing and notices. */
import type { Subject } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import { refusesWithoutName } from '../names';
import { LICENCE, parseArticles, parseSearch } from './parse';
import { BATCH_SIZE, fetchRequest, MAX_ARTICLES, searchRequest } from './requests';

export const pubmed: Connector = {
  id: 'pubmed',
  name: 'PubMed',
  homepage: 'https://pubmed.ncbi.nlm.nih.gov',
  licence: LICENCE,
  requestsPerSecond: 3,
  bodiesMayBeShared: false,
  version: '1',
  hosts: ['eutils.ncbi.nlm.nih.gov'],
  refuses: refusesWithoutName,
  questions: (subject) => [
    { key: 'articles', title: 'articles', ask: (http) => askArticles(subject, http) },
  ],
};

async function* askArticles(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const { total, pmids } = parseSearch(await http.ask(searchRequest(subject)));
  for (let start = 0; start < pmids.length; start += BATCH_SIZE) {
    const batch = pmids.slice(start, start + BATCH_SIZE);
    const records = parseArticles(await http.ask(fetchRequest(batch)));
    yield { records };
    if (records.length < batch.length) {
      yield { capped: 'some articles of the search were not delivered or not readable' };
    }
  }
  if (total > pmids.length) {
    yield { capped: `only the ${MAX_ARTICLES} most relevant articles of the search were read` };
  }
}

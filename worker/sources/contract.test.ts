/** The shared contract on the connectors whose answers stand as files. */
import { readFileSync } from 'node:fs';
import { clinicaltrials } from './clinicaltrials';
import type { SourceRequest } from './contract';
import { connectorContract } from './contract-suite';
import { europepmc } from './europepmc';
import { openfda } from './openfda';
import { opentargets } from './opentargets';
import { pubmed } from './pubmed';
import { subjectNamed } from './testing';

const fixture = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const answer = (body: unknown, status = 200) => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const queryOf = ({ url }: SourceRequest) => new URL(url).searchParams;
const graphqlOf = ({ body }: SourceRequest) => JSON.stringify(body);
const examplumab = subjectNamed('Examplumab');

connectorContract(clinicaltrials, {
  subject: examplumab,
  full: (request) =>
    queryOf(request).has('pageToken')
      ? answer({ studies: [] })
      : answer(fixture('clinicaltrials/fixtures/page.json')),
  empty: () => answer({ totalCount: 0, studies: [] }),
});

connectorContract(pubmed, {
  subject: examplumab,
  full: ({ url }) =>
    url.includes('esearch')
      ? answer({ esearchresult: { count: '4', idlist: ['1', '2', '3', '4'] } })
      : answer(fixture('pubmed/fixtures/articles.xml')),
  empty: () => answer({ esearchresult: { count: '0', idlist: [] } }),
});

const noArticles = answer({ hitCount: 0, resultList: { result: [] } });
connectorContract(europepmc, {
  subject: examplumab,
  full: (request) => {
    if (queryOf(request).get('cursorMark') !== '*') return noArticles;
    const isPatents = queryOf(request).get('query')?.startsWith('SRC:PAT');
    return answer(fixture(`europepmc/fixtures/${isPatents ? 'patents' : 'articles'}.json`));
  },
  empty: () => noArticles,
});

connectorContract(openfda, {
  subject: examplumab,
  full: (request) => {
    if (request.url.includes('/label')) return answer(fixture('openfda/fixtures/labels.json'));
    if (request.url.includes('/drugsfda')) {
      return answer(fixture('openfda/fixtures/applications.json'));
    }
    return queryOf(request).has('count')
      ? answer({ results: [{ term: 'NAUSEA', count: 12 }] })
      : answer({ meta: { results: { total: 90 } }, results: [{}] });
  },
  empty: () => answer({ error: { code: 'NOT_FOUND', message: 'No matches found!' } }, 404),
});

connectorContract(opentargets, {
  subject: { ...examplumab, xrefs: { chembl: 'CHEMBL9900001' } },
  full: (request) =>
    answer(
      fixture(
        `opentargets/fixtures/${graphqlOf(request).includes('drugWarnings') ? 'warnings' : 'drug'}.json`,
      ),
    ),
  empty: (request) =>
    answer({
      data: graphqlOf(request).includes('search(') ? { search: { hits: [] } } : { drug: null },
    }),
});

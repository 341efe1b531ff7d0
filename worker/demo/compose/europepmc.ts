import type { Json } from '@/server/evidence/schema';
import type { ArticleRow, PatentRow } from '../facts/types';
import { type Composer, json, known, named } from './form';

export const composeEuropepmc: Composer = ({ path, query }, held) => {
  if (path !== '/europepmc/webservices/rest/search') return null;
  const search = query.get('query') ?? '';
  const molecules = named(search, held);
  const results = search.startsWith('SRC:PAT')
    ? molecules.flatMap(({ patents }) => patents.map(patent))
    : molecules.flatMap(({ articles }) => articles.map(article));
  return json({
    hitCount: results.length,
    nextCursorMark: query.get('cursorMark') ?? '*',
    resultList: { result: results },
  });
};

function article(row: ArticleRow): Json {
  return known({
    id: row.pmid,
    source: 'MED',
    pmid: row.pmid,
    pmcid: row.pmcid ?? undefined,
    doi: row.doi ?? undefined,
    title: row.title,
    journalInfo: row.journal === null ? undefined : { journal: { title: row.journal } },
    pubYear: row.year ?? undefined,
    pubTypeList: row.publicationTypes.length > 0 ? { pubType: row.publicationTypes } : undefined,
  });
}

function patent({ number, title, publishedOn, applicants }: PatentRow): Json {
  return known({
    id: number,
    source: 'PAT',
    title: title ?? undefined,
    authorString: applicants.length > 0 ? `${applicants.join(', ')}.` : undefined,
    pubYear: publishedOn?.slice(0, 4),
    firstPublicationDate: publishedOn?.length === 10 ? publishedOn : undefined,
  });
}

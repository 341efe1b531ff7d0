import type { ArticleRow } from '../facts/types';
import { type Composed, type Composer, json, named } from './form';

export const composePubmed: Composer = ({ path, query }, held) => {
  if (path.endsWith('/esearch.fcgi')) {
    const found = named(query.get('term') ?? '', held).flatMap(({ articles }) => articles);
    const idlist = found.map(({ pmid }) => pmid);
    const count = String(idlist.length);
    return json({ esearchresult: { count, retmax: count, retstart: '0', idlist } });
  }
  if (path.endsWith('/efetch.fcgi')) {
    const wanted = (query.get('id') ?? '').split(',');
    const articles = held.flatMap((molecule) => molecule.articles);
    return articleSet(
      wanted.flatMap((pmid) => articles.find((article) => article.pmid === pmid) ?? []),
    );
  }
  return null;
};

function articleSet(articles: ArticleRow[]): Composed {
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<PubmedArticleSet>',
    ...articles.map(record),
    '</PubmedArticleSet>',
    '',
  ].join('\n');
  return { body, contentType: 'text/xml' };
}

function record({ pmid, title, journal, year, publicationTypes, doi, pmcid }: ArticleRow): string {
  const issue = year ? `<JournalIssue><PubDate><Year>${year}</Year></PubDate></JournalIssue>` : '';
  const types = publicationTypes.map(
    (type) => `<PublicationType>${escaped(type)}</PublicationType>`,
  );
  const ids = [
    `<ArticleId IdType="pubmed">${pmid}</ArticleId>`,
    ...(doi ? [`<ArticleId IdType="doi">${escaped(doi)}</ArticleId>`] : []),
    ...(pmcid ? [`<ArticleId IdType="pmc">${pmcid}</ArticleId>`] : []),
  ];
  return [
    '<PubmedArticle><MedlineCitation>',
    `<PMID Version="1">${pmid}</PMID>`,
    '<Article>',
    `<Journal>${issue}${journal ? `<Title>${escaped(journal)}</Title>` : ''}</Journal>`,
    `<ArticleTitle>${escaped(title)}</ArticleTitle>`,
    ...(types.length > 0 ? [`<PublicationTypeList>${types.join('')}</PublicationTypeList>`] : []),
    '</Article>',
    '</MedlineCitation>',
    `<PubmedData><ArticleIdList>${ids.join('')}</ArticleIdList></PubmedData>`,
    '</PubmedArticle>',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

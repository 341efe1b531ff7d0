/** Reads E-utilities answers: lists of PMIDs, and PubMed XML into articles. */
import type { ArticleFacts, DraftOf, SlicePlace } from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { jsonCursor } from '../json-cite';
import { isNotice } from '../notices';
import { type XmlElement, xmlRoot } from '../xml-cite';

export const LICENCE = "Publishers' rights; records from PubMed (NLM terms of use)";

/** Throws SourceFault `unreadable` when the search was refused or the body is no search result. */
export function parseSearch(snapshot: Snapshot): { total: number; pmids: string[] } {
  const result = jsonCursor(snapshot).at('esearchresult');
  const refusal = result.at('ERROR').string();
  if (refusal) throw new SourceFault('unreadable', 'PubMed refused the search.');
  const total = result.at('count').string()?.value ?? '';
  const ids = result.at('idlist');
  if (!/^\d+$/.test(total) || !Array.isArray(ids.value)) {
    throw new SourceFault('unreadable', 'The answer holds no list of PMIDs.');
  }
  return {
    total: Number(total),
    pmids: ids.strings().flatMap(({ value }) => (/^\d+$/.test(value) ? value : [])),
  };
}

/** Throws SourceFault `unreadable` when the body is no complete set of PubMed records. */
export function parseArticles(snapshot: Snapshot): DraftOf<'article'>[] {
  const set = xmlRoot(snapshot);
  if (set.name !== 'PubmedArticleSet') {
    throw new SourceFault('unreadable', 'The answer holds no set of PubMed records.');
  }
  return set.elements.flatMap((record) => {
    if (record.name === 'PubmedArticle') {
      const citation = record.first('MedlineCitation');
      const article = citation?.first('Article');
      return citation && article ? (parseArticle(record, citation, article, snapshot) ?? []) : [];
    }
    if (record.name === 'PubmedBookArticle') {
      const document = record.first('BookDocument');
      return document ? (parseArticle(record, document, document, snapshot) ?? []) : [];
    }
    return [];
  });
}

/** A journal article; for a chapter of a book, citation and article are both its BookDocument. */
function parseArticle(
  record: XmlElement,
  citation: XmlElement,
  article: XmlElement,
  snapshot: Snapshot,
): DraftOf<'article'> | null {
  const pmid = citation.first('PMID')?.text() ?? null;
  if (!pmid) return null;
  const title =
    article.first('ArticleTitle')?.text() ??
    article.first('VernacularTitle')?.text() ??
    article.first('Book', 'BookTitle')?.text() ??
    pmid;
  const date =
    article.first('Journal', 'JournalIssue', 'PubDate') ?? article.first('Book', 'PubDate');
  return {
    kind: 'article',
    source: 'pubmed',
    externalId: pmid.display,
    title: title.display.replace(/\s+/g, ' ').trim(),
    url: `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid.display)}/`,
    publishedOn: date ? publishedOn(date) : null,
    licence: LICENCE,
    facts: {
      pmid,
      doi: doiOf(record, article),
      pmcid: articleId(record, 'pmc'),
      title,
      abstract: article.all('Abstract', 'AbstractText').flatMap((section) => {
        const text = section.text();
        return text ? { label: section.attribute('Label'), text } : [];
      }),
      journal:
        article.first('Journal', 'Title')?.text() ??
        article.first('Journal', 'ISOAbbreviation')?.text() ??
        article.first('Book', 'BookTitle')?.text() ??
        null,
      year: date ? yearOf(date) : null,
      authors: article.all('AuthorList', 'Author').flatMap((author) => authorOf(author) ?? []),
      publicationTypes: publicationTypesOf(article),
      mesh: citation.all('MeshHeadingList', 'MeshHeading').flatMap((heading) => {
        const descriptor = heading.first('DescriptorName');
        const term = descriptor?.text();
        if (!descriptor || !term) return [];
        return { id: descriptor.attribute('UI'), term, major: isMajor(heading) };
      }),
      substances: citation.all('ChemicalList', 'Chemical', 'NameOfSubstance').flatMap((name) => {
        const term = name.text();
        return term ? { id: name.attribute('UI'), term } : [];
      }),
      notices: noticesOf(citation, article),
      citedBy: null,
    },
    snapshotSha256: snapshot.sha256,
  };
}

function publicationTypesOf(article: XmlElement): SlicePlace[] {
  const types = [
    ...article.all('PublicationTypeList', 'PublicationType'),
    ...article.all('PublicationType'),
  ];
  return types.flatMap((type) => type.text() ?? []);
}

/** An author is one place; given names stand in an element of their own, so it is the last name. */
function authorOf(author: XmlElement): SlicePlace | null {
  return author.first('LastName')?.text() ?? author.first('CollectiveName')?.text() ?? null;
}

function articleId(record: XmlElement, type: string): SlicePlace | null {
  const ids = [
    ...record.all('PubmedData', 'ArticleIdList', 'ArticleId'),
    ...record.all('PubmedBookData', 'ArticleIdList', 'ArticleId'),
  ];
  return ids.find((id) => id.attribute('IdType')?.display === type)?.text() ?? null;
}

function doiOf(record: XmlElement, article: XmlElement): SlicePlace | null {
  const located = article
    .all('ELocationID')
    .find(
      (location) =>
        location.attribute('EIdType')?.display === 'doi' &&
        location.attribute('ValidYN')?.display !== 'N',
    );
  return articleId(record, 'doi') ?? located?.text() ?? null;
}

/** Major when the descriptor or one of its qualifiers is. */
function isMajor(heading: XmlElement): boolean {
  return heading.elements.some((topic) => topic.attribute('MajorTopicYN')?.display === 'Y');
}

function noticesOf(citation: XmlElement, article: XmlElement): ArticleFacts['notices'] {
  const byType = publicationTypesOf(article)
    .filter(({ display }) => isNotice(display))
    .map((type) => ({ type, reference: null }));
  const byRelation = citation
    .all('CommentsCorrectionsList', 'CommentsCorrections')
    .flatMap((correction) => {
      const type = correction.attribute('RefType');
      if (!type || !isNotice(type.display)) return [];
      return { type, reference: correction.first('RefSource')?.text() ?? null };
    });
  return [...byType, ...byRelation];
}

/** `MedlineDate` is free text: "1998 Dec-1999 Jan", "Spring 2001". */
function yearOf(date: XmlElement): SlicePlace | null {
  return date.first('Year')?.text() ?? date.first('MedlineDate')?.match(/\b\d{4}\b/) ?? null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function publishedOn(date: XmlElement): string | null {
  const year = yearOf(date)?.display ?? null;
  if (year === null || !/^\d{4}$/.test(year)) return null;
  const writtenMonth = date.first('Month')?.text()?.display ?? '';
  const month = /^\d{1,2}$/.test(writtenMonth)
    ? Number(writtenMonth)
    : MONTHS.indexOf(writtenMonth.slice(0, 3).toLowerCase()) + 1;
  if (month < 1 || month > 12) return year;
  const day = Number(date.first('Day')?.text()?.display ?? '');
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`;
  return Number.isInteger(day) && day >= 1 && day <= 31
    ? `${yearMonth}-${String(day).padStart(2, '0')}`
    : yearMonth;
}

/** Questions to NCBI E-utilities (ncbi.nlm.nih.gov/books/NBK25499, read 2026-11-22). */
import type { Subject } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { searchNames } from '../names';

/** Most relevant first; two fetches of 100 records, some 15 kB each. */
export const MAX_ARTICLES = 200;
export const BATCH_SIZE = 100;

const EUTILS = 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils';

/** PMIDs of articles with a name in title or abstract, or indexed as substance. */
export function searchRequest(subject: Subject): SourceRequest {
  const term = searchNames(subject)
    .map((name) => `"${name}"[tiab] OR "${name}"[nm]`)
    .join(' OR ');
  return {
    url:
      `${EUTILS}/esearch.fcgi?db=pubmed&term=${encodeURIComponent(term)}` +
      `&retmode=json&retmax=${MAX_ARTICLES}&sort=relevance`,
    accept: 'application/json',
  };
}

/**
 * The records of these articles. By number and not through the history server, whose names change
 * with every search: so the same articles are the same request.
 */
export function fetchRequest(pmids: readonly string[]): SourceRequest {
  return {
    url: `${EUTILS}/efetch.fcgi?db=pubmed&id=${pmids.join(',')}&retmode=xml`,
    accept: 'application/xml',
  };
}

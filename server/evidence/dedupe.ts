/** The same work found by two sources counts once. */
import { type Evidence, SOURCE_IDS, said } from './schema';

/** PubMed's record of an article carries MeSH descriptors and notices, so it comes first. */
const ORDER = ['pubmed', ...SOURCE_IDS.filter((id) => id !== 'pubmed')];

/**
 * Maps the id of every duplicate to the id of the record that is kept: the first source's in a fixed
 * order, whatever was found first. Articles are the same when PMID or DOI (without case) agree. Pure.
 */
export function duplicatesOf(evidence: readonly Evidence[]): Map<string, string> {
  const rank = (item: Evidence) => ORDER.indexOf(item.source);
  const articles = evidence
    .filter((item) => item.kind === 'article')
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  const kept = new Map<string, string>();
  const duplicates = new Map<string, string>();
  for (const article of articles) {
    const keys = [
      said(article.facts.pmid) && `pmid:${said(article.facts.pmid)}`,
      said(article.facts.doi) && `doi:${said(article.facts.doi)?.toLowerCase()}`,
    ].filter((key): key is string => Boolean(key));
    const first = keys.map((key) => kept.get(key)).find((id) => id !== undefined);
    if (first) duplicates.set(article.id, first);
    for (const key of keys) if (!kept.has(key)) kept.set(key, first ?? article.id);
  }
  return duplicates;
}

/** DOIs and arXiv ids in running text. */

const DOI = /\b10\.\d{4,9}\/[^\s"<>,;]+/;
const ARXIV =
  /\barxiv(?:\s*e-?print)?\s*[:./]?\s*(?:abs\/)?\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?/i;

/** Lower case, without resolver and the punctuation of the sentence around it. */
export function doiIn(text: string): string | null {
  const found = DOI.exec(text)?.[0];
  if (found === undefined) return null;
  const bare = found.replace(/[.:'”’\]]+$/, '');
  const closes = (bare.match(/\)/g) ?? []).length > (bare.match(/\(/g) ?? []).length;
  return (closes ? bare.replace(/\)+$/, '') : bare).replace(/\.+$/, '').toLowerCase();
}

/** Without version. Old numbers written without an archive ("ePrint: 0807.3577") count too. */
export function arxivIdIn(text: string): string | null {
  return ARXIV.exec(text)?.[1]?.toLowerCase() ?? null;
}

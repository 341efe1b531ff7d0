/** Text as the index and its questions see it. PostgreSQL's English stemmer does the rest. */

/**
 * PostgreSQL's parser takes words joined by a slash for a file's path and keeps them whole, and neither
 * its text nor its JSON takes U+0000 or half a surrogate pair.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Surrogate}/gu, ' ')
    .replace(/[\p{Cc}/\\_|<>=~]+/gu, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

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

/** Sentences of plain text that came without them, as offsets. */
export function splitSentences(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
    text,
  )) {
    const start = index + (segment.length - segment.trimStart().length);
    const end = index + segment.trimEnd().length;
    if (start < end) found.push({ start, end });
  }
  return found;
}

/** Cites words inside a cited JSON string. */
import type { QuotePlace, ValuePlace } from '@/server/evidence/schema';

/** The words from `start` to `end` without surrounding blanks; null where there are none. */
export function wordsOf(cited: ValuePlace<string>, start: number, end: number): QuotePlace | null {
  const raw = cited.value.slice(start, end);
  const quote = raw.trim();
  if (quote === '') return null;
  const from = start + raw.indexOf(quote);
  return {
    snapshotSha256: cited.snapshotSha256,
    pointer: cited.pointer,
    start: from,
    end: from + quote.length,
    quote,
  };
}

/** What stands between the matches of `separator` (a global pattern). */
export function partsOf(cited: ValuePlace<string>, separator: RegExp): QuotePlace[] {
  const parts: (QuotePlace | null)[] = [];
  let start = 0;
  for (const found of cited.value.matchAll(separator)) {
    parts.push(wordsOf(cited, start, found.index));
    start = found.index + found[0].length;
  }
  parts.push(wordsOf(cited, start, cited.value.length));
  return parts.filter((part) => part !== null);
}

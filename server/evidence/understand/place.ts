/** Places of words within a cited text. */
import { type Cited, type Place, said } from '@/server/evidence/schema';
import { displayOf } from '@/server/reports/places';

/**
 * The place of `start` to `end` of what `cited` says. Null where the words cannot be cut out of the
 * stored body exactly, as when a tag or an escape lies across the cut.
 */
export function placeWithin(cited: Cited<string>, start: number, end: number): Place | null {
  const text = said(cited);
  if (start < 0 || end > text.length || start >= end) return null;
  const quote = text.slice(start, end);
  const { snapshotSha256 } = cited;
  if ('value' in cited) return { snapshotSha256, pointer: cited.pointer, start, end, quote };
  if ('pointer' in cited) {
    const { pointer } = cited;
    return { snapshotSha256, pointer, start: cited.start + start, end: cited.start + end, quote };
  }
  const from = rawOffset(cited.quote, start, 'after');
  const to = rawOffset(cited.quote, end, 'before');
  if (from === null || to === null || from >= to) return null;
  const raw = cited.quote.slice(from, to);
  if (displayOf(raw) !== quote) return null;
  return {
    snapshotSha256,
    start: cited.start + from,
    end: cited.start + to,
    quote: raw,
    display: quote,
  };
}

const TOKEN =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[/!]?[A-Za-z][^<>]*>|&(?:#x[0-9a-fA-F]+|#\d+|[a-z]+);/y;

/**
 * Where the display's offset stands in raw markup: past the tags before it (`after`), or before the
 * tags that follow (`before`).
 */
function rawOffset(raw: string, offset: number, side: 'before' | 'after'): number | null {
  let shown = 0;
  let at = 0;
  while (at < raw.length) {
    if (side === 'before' && shown === offset) return at;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(raw)?.[0];
    const width = token ? displayOf(token).length : 1;
    // Inside an escape or a CDATA section there is no place to cut.
    if (shown < offset && shown + width > offset) return null;
    if (side === 'after' && shown === offset && width > 0) return at;
    shown += width;
    at += token ? token.length : 1;
  }
  return shown === offset ? at : null;
}

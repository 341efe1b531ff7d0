/** Running headers, footers and page numbers: what stands at the edge of page after page. */
import { textOf } from './lines';
import type { Segment } from './words';

export interface PageEdges {
  heightPt: number;
  segments: Segment[];
}

/** Shares of the page's height in which headers and footers are looked for. */
const TOP = 0.13;
const BOTTOM = 0.87;
const SAME_HEIGHT_PT = 8;
const MOST_ROWS = 4;

const PAGE_NUMBER =
  /^[-–—|\s]*(?:p(?:age|\.)?\s*)?(?:\d{1,5}|[ivxlc]{1,6})(?:\s*(?:of|\/|\|)\s*\d{1,5})?[-–—|\s]*$/i;
const IMPRINT =
  /©|\(c\) ?\d{4}|copyright|\bISSN\b|\bISBN\b|all rights reserved|licen[cs]ed?\b|creativecommons|^https?:|^doi\b|downloaded from|^proceedings of|\bdoi\.org\b|permission to make/i;

/** For each page the segments of its header and of its footer. */
export function furnitureOf(
  pages: readonly PageEdges[],
): { header: Set<Segment>; footer: Set<Segment> }[] {
  const seen = new Map<string, Place[]>();
  const edges = pages.map(({ segments, heightPt }, page) =>
    segments.flatMap((segment): Edge[] => {
      const edge = edgeOf(segment, heightPt);
      if (edge === null) return [];
      const text = textOf(segment.words);
      const key = keyOf(text);
      const alike = seen.get(key) ?? [];
      if (alike.length === 0) seen.set(key, alike);
      alike.push({ page, at: segment.baseline });
      return [{ segment, edge, text, alike }];
    }),
  );
  const needed = pages.length <= 5 ? 2 : 3;
  return pages.map(({ segments, heightPt }, page) => {
    const header = new Set<Segment>();
    const footer = new Set<Segment>();
    for (const { segment, edge, text, alike } of edges[page]!) {
      const isFurniture =
        countPages(alike, segment.baseline, needed) >= needed ||
        (PAGE_NUMBER.test(text) && isAtEdge(segment, segments, edge));
      if (isFurniture) (edge === 'top' ? header : footer).add(segment);
    }
    const outer = {
      header: outermost(header, segments, 'top'),
      footer: outermost(footer, segments, 'bottom'),
    };
    addImprint(segments, heightPt, outer.footer);
    return outer;
  });
}

/** Where words of one wording stand. */
interface Place {
  page: number;
  at: number;
}

interface Edge {
  segment: Segment;
  edge: 'top' | 'bottom';
  text: string;
  alike: Place[];
}

/** The first rows from the edge on: what repeats further in is the paper's own (forms, lists). */
function outermost(
  found: ReadonlySet<Segment>,
  segments: readonly Segment[],
  edge: 'top' | 'bottom',
): Set<Segment> {
  if (found.size === 0) return new Set();
  const towards = edge === 'top' ? 1 : -1;
  const sorted = [...segments].sort((a, b) => towards * (a.baseline - b.baseline));
  const kept = new Set<Segment>();
  let row = { at: Number.NaN, count: 0 };
  for (const one of sorted) {
    const isNewRow = !(Math.abs(one.baseline - row.at) < 0.5 * one.size);
    if (isNewRow) row = { at: one.baseline, count: row.count + 1 };
    if (row.count > MOST_ROWS || (isNewRow && !found.has(one) && kept.size > 0)) break;
    if (found.has(one)) kept.add(one);
  }
  return kept;
}

/** Pages that have it at about that height; stops at so many as are needed. */
function countPages(places: readonly Place[], at: number, needed: number): number {
  const pages = new Set<number>();
  for (const place of places) {
    if (Math.abs(place.at - at) <= SAME_HEIGHT_PT) pages.add(place.page);
    if (pages.size >= needed) break;
  }
  return pages.size;
}

/** Below the last line of text: who published it and under which licence. */
function addImprint(segments: readonly Segment[], heightPt: number, footer: Set<Segment>): void {
  const low = segments
    .filter((one) => one.top > 0.8 * heightPt && !footer.has(one))
    .sort((a, b) => b.baseline - a.baseline);
  const lastImprint = low.findLastIndex((one) => IMPRINT.test(textOf(one.words)));
  if (lastImprint === -1) return;
  const sizes = segments.map((one) => one.size).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  for (const one of low.slice(0, lastImprint + 1)) {
    if (one.size > 0.95 * usual) return;
    footer.add(one);
  }
}

function edgeOf(segment: Segment, heightPt: number): 'top' | 'bottom' | null {
  const at = (segment.top + segment.bottom) / 2;
  if (at < TOP * heightPt) return 'top';
  return at > BOTTOM * heightPt ? 'bottom' : null;
}

/** Nothing but its own line lies further out. */
function isAtEdge(segment: Segment, segments: readonly Segment[], edge: 'top' | 'bottom'): boolean {
  return !segments.some((one) =>
    edge === 'top'
      ? one.baseline < segment.baseline - 2 * segment.size
      : one.baseline > segment.baseline + 3 * segment.size,
  );
}

/** Page numbers and dates change from page to page, the words about them do not. */
const keyOf = (text: string) => text.replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase();

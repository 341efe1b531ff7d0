/** Reading order: which segments belong to which column, and what crosses the columns. */
import type { Segment } from './words';

/** Lines that fill so much of their column are running text, not cells of a table. */
const FULL_LINE = 0.72;
/** So many full lines on each side make columns; twice as many where one is as narrow as a table's. */
const ENOUGH_LINES = 4;
const NARROW_COLUMN = 0.2;
const NARROWEST_COLUMN = 0.11;
const NARROWEST_EM = 8;

/** Columns in the order they are read, each with its segments from top to bottom. */
export function readingOrder(
  segments: readonly Segment[],
  widthPt: number,
  gutter: Gutter | null,
): Segment[][] {
  if (segments.length === 0) return [];
  if (gutter === null) return [[...segments].sort(byPlace)];
  const isCrossing = (one: Segment) => one.left < gutter.at - 1 && one.right > gutter.at + 1;
  const crossing = segments.filter(isCrossing).sort(byPlace);
  const columns: Segment[][] = [];
  let spanning: Segment[] = [];
  const close = () => {
    if (spanning.length > 0) columns.push(spanning);
    spanning = [];
  };
  let rest = segments.filter((one) => !isCrossing(one)).sort(byPlace);
  for (const bar of [...crossing, null]) {
    while (rest[0] !== undefined && isLastLine(spanning.at(-1), rest)) spanning.push(rest.shift()!);
    const above = bar === null ? rest : rest.filter((one) => middle(one) < bar.top);
    rest = bar === null ? [] : rest.filter((one) => middle(one) >= bar.top);
    const left = above.filter((one) => one.right <= gutter.at + 1);
    const right = above.filter((one) => one.right > gutter.at + 1);
    if (isColumnPair(left, right, gutter)) {
      close();
      for (const side of [left, right]) {
        columns.push(...readingOrder(side, widthPt, gutterOf(side, widthPt)));
      }
    } else {
      spanning.push(...above);
    }
    if (bar !== null) spanning.push(bar);
  }
  close();
  return columns;
}

/** The end of a paragraph over the whole width may be too short to cross the gutter. */
function isLastLine(before: Segment | undefined, rest: readonly Segment[]): boolean {
  const [line] = rest;
  if (before === undefined || line === undefined) return false;
  return (
    Math.abs(line.left - before.left) < 2 &&
    Math.abs(line.size - before.size) < 0.3 &&
    line.baseline - before.baseline < 1.5 * line.size &&
    line.baseline > before.baseline &&
    !rest.some((one) => one !== line && one.top < line.bottom && one.bottom > line.top)
  );
}

export interface Gutter {
  at: number;
  /** Widths of the columns beside it. */
  left: number;
  right: number;
}

/** Where most running lines end on one side and begin on the other; null for a single column. */
export function gutterOf(segments: readonly Segment[], widthPt: number): Gutter | null {
  if (segments.length < 2 * ENOUGH_LINES) return null;
  const byWidth = sortedByWidth(segments);
  const least = leastWidth(byWidth, widthPt);
  const candidates = new Set(segments.map((one) => 2 * Math.round(one.right / 2) + 2));
  let best: { gutter: Gutter; value: number } | null = null;
  for (const at of candidates) {
    const gutter = judge(byWidth, at, least, NARROW_COLUMN * widthPt, 0.6);
    if (gutter !== null && (best === null || gutter.value > best.value)) best = gutter;
  }
  return best?.gutter ?? null;
}

/** The gutter of other pages, if it may be here too: a table across both columns blurs it. */
export function gutterAt(
  usual: number | null,
  segments: readonly Segment[],
  widthPt: number,
): Gutter | null {
  if (usual === null || segments.length < 2 * ENOUGH_LINES) return null;
  const byWidth = sortedByWidth(segments);
  return judge(byWidth, usual, leastWidth(byWidth, widthPt), 0, 3)?.gutter ?? null;
}

const sortedByWidth = (segments: readonly Segment[]) =>
  [...segments].sort((a, b) => a.right - a.left - (b.right - b.left));

function leastWidth(byWidth: readonly Segment[], widthPt: number): number {
  const { size } = byWidth[Math.floor(byWidth.length / 2)]!;
  return Math.max(NARROWEST_COLUMN * widthPt, NARROWEST_EM * size);
}

/** Null where these are not two columns. `tolerance`: lines across the place for each full one. */
function judge(
  byWidth: readonly Segment[],
  at: number,
  least: number,
  narrow: number,
  tolerance: number,
): { gutter: Gutter; value: number } | null {
  const left: Segment[] = [];
  const right: Segment[] = [];
  const across: Segment[] = [];
  for (const one of byWidth) {
    if (one.right <= at + 1) left.push(one);
    else if (one.left < at - 1) across.push(one);
    if (one.left >= at - 1) right.push(one);
  }
  if (left.length < ENOUGH_LINES || right.length < ENOUGH_LINES) return null;
  const gutter = { at, left: usualWidth(left), right: usualWidth(right) };
  const narrower = Math.min(gutter.left, gutter.right);
  if (narrower < least) return null;
  const score = Math.min(fullLines(left, gutter.left), fullLines(right, gutter.right));
  if (score < (narrower < narrow ? 2 * ENOUGH_LINES : ENOUGH_LINES)) return null;
  const wide = 1.2 * Math.max(gutter.left, gutter.right);
  // A line over the whole page crosses its gutter; a line of a column crosses a false one.
  const crossed = across.filter((one) => one.right - one.left < wide).length;
  return crossed > tolerance * score ? null : { gutter, value: score - crossed };
}

function isColumnPair(
  left: readonly Segment[],
  right: readonly Segment[],
  gutter: Gutter,
): boolean {
  if (left.length === 0 || right.length === 0) return false;
  const full = fullLines(left, gutter.left) + fullLines(right, gutter.right);
  return full >= 0.25 * (left.length + right.length) || full >= 2 * ENOUGH_LINES;
}

const fullLines = (lines: readonly Segment[], width: number) =>
  lines.filter((one) => one.right - one.left >= FULL_LINE * width).length;

/** Of lines sorted by width: what the widest have, but for one or two that stick out. */
function usualWidth(lines: readonly Segment[]): number {
  const at = Math.min(Math.floor(0.9 * lines.length), lines.length - 3);
  const one = lines[Math.max(0, at)];
  return one === undefined ? 0 : one.right - one.left;
}

const middle = (one: Segment) => (one.top + one.bottom) / 2;
const byPlace = (a: Segment, b: Segment) => a.baseline - b.baseline || a.left - b.left;

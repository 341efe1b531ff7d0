/** A page taken apart: its blocks in reading order, its edges, and what nobody sees. */
import { type Block, blank, blocksOf } from './blocks';
import { gutterAt, gutterOf, readingOrder } from './columns';
import { furnitureOf } from './furniture';
import type { PageGlyphs } from './glyphs';
import { linesOf, most } from './lines';
import { type Segment, segmentsOf, type Word, wordsOf } from './words';

export interface PageLayout {
  number: number;
  widthPt: number;
  heightPt: number;
  /** In reading order; header first, footer last. */
  blocks: Block[];
  /** Sideways, in the file's order: stamps in the margin, turned tables. */
  turned: Word[];
  hidden: Word[];
  isScan: boolean;
}

export interface PageWords {
  number: number;
  widthPt: number;
  heightPt: number;
  segments: Segment[];
  turned: Word[];
  hidden: Word[];
  isScan: boolean;
}

export function pageWords(glyphs: PageGlyphs, number: number): PageWords {
  const upright: Word[] = [];
  const turned: Word[] = [];
  const hidden: Word[] = [];
  for (const word of wordsOf(glyphs)) {
    (word.isHidden ? hidden : isUpright(word) ? upright : turned).push(word);
  }
  const { widthPt, heightPt, isScan } = glyphs;
  return { number, widthPt, heightPt, segments: segmentsOf(upright), turned, hidden, isScan };
}

const isUpright = (word: Word) => word.style.angle <= 20 || word.style.angle >= 340;

/** Needs all pages: only their comparison tells a header from a heading. */
export function layOut(pages: readonly PageWords[]): PageLayout[] {
  const furniture = furnitureOf(pages);
  const bodies = pages.map(({ segments }, at) => {
    const { header, footer } = furniture[at]!;
    return segments.filter((one) => !header.has(one) && !footer.has(one));
  });
  const gutters = pages.map((page, at) => gutterOf(bodies[at]!, page.widthPt));
  const usual = usualGutter(gutters.map((gutter) => gutter?.at ?? null));
  return pages.map((page, at) => {
    const { header, footer } = furniture[at]!;
    const body = bodies[at]!;
    const gutter = gutters[at] ?? gutterAt(usual, body, page.widthPt);
    const blocks = readingOrder(body, page.widthPt, gutter).flatMap((column) =>
      blocksOf(linesOf(column), page.number),
    );
    return {
      ...page,
      blocks: [
        ...edge([...header], page.number, 'header'),
        ...blocks,
        ...edge([...footer], page.number, 'footer'),
      ],
    };
  });
}

/** Of most pages that have one, if these are many. */
function usualGutter(gutters: readonly (number | null)[]): number | null {
  const counts = new Map<number, number>();
  for (const at of gutters) {
    if (at !== null)
      counts.set(Math.round(at / 10) * 10, (counts.get(Math.round(at / 10) * 10) ?? 0) + 1);
  }
  const usual = most(counts);
  return usual !== null && (counts.get(usual) ?? 0) >= Math.max(2, gutters.length / 3)
    ? usual
    : null;
}

function edge(segments: Segment[], page: number, kind: 'header' | 'footer'): Block[] {
  const lines = linesOf(segments);
  return lines.length === 0 ? [] : [{ ...blank(page, lines), kind }];
}

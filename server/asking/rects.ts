/** Where words of a page stand on it. Pure. */
import type { PageWord } from '@/server/papers/reading';

/** Parts of the page's width and height, from its top left. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Page {
  widthPt: number;
  heightPt: number;
  words: readonly PageWord[];
}

/** Words of a line that stand farther apart, in heights of the line, are marked apart. */
const MAX_GAP_IN_HEIGHTS = 1.5;

/** Signs whose font claims more room than this, in heights of the line, do not make the line higher. */
const MAX_HEIGHT_IN_HEIGHTS = 1.25;

/**
 * One rectangle a line around the words from `start` to `end`, in reading order. A word that is cited
 * in part is marked whole: boxes are known for words.
 */
export function rectsOf({ widthPt, heightPt, words }: Page, start: number, end: number): Rect[] {
  const lines: Rect[][] = [];
  for (const [from, to, x, y, width, height] of words) {
    if (from >= end || to <= start) continue;
    const word = { x, y, width, height };
    const line = lines.at(-1);
    if (line && follows(line, word)) line.push(word);
    else lines.push([word]);
  }
  return lines.map(around).map(({ x, y, width, height }) => ({
    x: x / widthPt,
    y: y / heightPt,
    width: width / widthPt,
    height: height / heightPt,
  }));
}

/** Is `word` the next one in this line? */
function follows(line: readonly Rect[], word: Rect): boolean {
  const last = line.at(-1)!;
  const shared = Math.min(last.y + last.height, word.y + word.height) - Math.max(last.y, word.y);
  const gap = word.x - (last.x + last.width);
  const height = Math.max(last.height, word.height);
  return (
    shared > Math.min(last.height, word.height) / 2 &&
    gap < height * MAX_GAP_IN_HEIGHTS &&
    word.x >= last.x
  );
}

function around(line: readonly Rect[]): Rect {
  const heights = line.map(({ height }) => height).sort((a, b) => a - b);
  const usual = heights[(heights.length - 1) >> 1]!;
  const even = line.filter(({ height }) => height <= usual * MAX_HEIGHT_IN_HEIGHTS);
  const x = Math.min(...line.map((word) => word.x));
  const y = Math.min(...even.map((word) => word.y));
  const right = Math.max(...line.map((word) => word.x + word.width));
  const bottom = Math.max(...even.map((word) => word.y + word.height));
  return { x, y, width: right - x, height: bottom - y };
}

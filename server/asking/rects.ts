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

/**
 * One rectangle a line around the words from `start` to `end`, in reading order. A word that is cited
 * in part is marked whole: boxes are known for words.
 */
export function rectsOf({ widthPt, heightPt, words }: Page, start: number, end: number): Rect[] {
  const lines: Rect[] = [];
  for (const [from, to, x, y, width, height] of words) {
    if (from >= end || to <= start) continue;
    const word = { x, y, width, height };
    const line = lines.at(-1);
    if (line && follows(line, word)) join(line, word);
    else lines.push({ ...word });
  }
  return lines.map(({ x, y, width, height }) => ({
    x: x / widthPt,
    y: y / heightPt,
    width: width / widthPt,
    height: height / heightPt,
  }));
}

/** Is `word` the next one in this line? */
function follows(line: Rect, word: Rect): boolean {
  const shared = Math.min(line.y + line.height, word.y + word.height) - Math.max(line.y, word.y);
  const gap = word.x - (line.x + line.width);
  const height = Math.max(line.height, word.height);
  return (
    shared > Math.min(line.height, word.height) / 2 &&
    gap < height * MAX_GAP_IN_HEIGHTS &&
    word.x >= line.x
  );
}

function join(line: Rect, word: Rect): void {
  const right = Math.max(line.x + line.width, word.x + word.width);
  const bottom = Math.max(line.y + line.height, word.y + word.height);
  line.y = Math.min(line.y, word.y);
  line.width = right - line.x;
  line.height = bottom - line.y;
}

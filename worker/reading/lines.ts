/** Lines of a column: segments that share a baseline, with what is typical of their letters. */
import { isAmidIdeographs, isRightToLeft } from './letters';
import { SEGMENT_GAP, type Segment, type Word } from './words';

export interface Line {
  words: Word[];
  /** Where a gap as wide as a table's parts the line; one for running text. */
  cells: Segment[];
  left: number;
  top: number;
  right: number;
  bottom: number;
  baseline: number;
  /** Of most of its letters, as are font, weight and slant. */
  size: number;
  font: string;
  isBold: boolean;
  isItalic: boolean;
  /** Nearly all letters are of that font. */
  isUniform: boolean;
  /** With single spaces; for recognising, not for quoting. */
  text: string;
}

/** Lines from top to bottom; the segments are those of one column. */
export function linesOf(segments: readonly Segment[]): Line[] {
  const rows: Segment[][] = [];
  for (const segment of [...segments].sort((a, b) => a.baseline - b.baseline)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && isSameRow(row, segment)) row.push(segment);
    else rows.push([segment]);
  }
  return rows.map(lineOf);
}

function isSameRow(row: readonly Segment[], segment: Segment): boolean {
  return row.some((one) => {
    const size = Math.max(one.size, segment.size);
    return Math.abs(one.baseline - segment.baseline) < 0.4 * size;
  });
}

function lineOf(row: Segment[]): Line {
  const [first] = row;
  if (row.length === 1 && first !== undefined) return lineIn(first, first.words, row);
  const isRtl = isMostlyRightToLeft(row);
  const inOrder = [...row].sort((a, b) => (isRtl ? b.right - a.right : a.left - b.left));
  const bounds = {
    left: Math.min(...row.map((one) => one.left)),
    top: Math.min(...row.map((one) => one.top)),
    right: Math.max(...row.map((one) => one.right)),
    bottom: Math.max(...row.map((one) => one.bottom)),
    baseline: row.reduce((a, b) => (b.size > a.size ? b : a)).baseline,
  };
  const words = inOrder.flatMap((one) => one.words);
  return lineIn(bounds, words, isRtl ? inOrder : joined(inOrder));
}

type Bounds = Pick<Line, 'left' | 'top' | 'right' | 'bottom' | 'baseline'>;

function lineIn(bounds: Bounds, words: Word[], cells: Segment[]): Line {
  const { left, top, right, bottom, baseline } = bounds;
  const { size, font, isBold, isItalic, isUniform } = typical(words);
  const text = textOf(words);
  return {
    words,
    cells,
    left,
    top,
    right,
    bottom,
    baseline,
    size,
    font,
    isBold,
    isItalic,
    isUniform,
    text,
  };
}

/** Pieces that no wide gap parts are one cell, though the file drew them apart. */
function joined(row: readonly Segment[]): Segment[] {
  const cells: Segment[] = [];
  for (const one of row) {
    const last = cells.at(-1);
    if (last !== undefined && one.left - last.right < SEGMENT_GAP * Math.max(one.size, last.size)) {
      cells[cells.length - 1] = {
        ...last,
        words: [...last.words, ...one.words],
        right: Math.max(last.right, one.right),
        top: Math.min(last.top, one.top),
        bottom: Math.max(last.bottom, one.bottom),
        size: Math.max(last.size, one.size),
      };
    } else cells.push(one);
  }
  return cells;
}

/** As it reads: raised marks set off from words, attached to figures and units. */
export function textOf(words: readonly Word[]): string {
  let text = '';
  for (const [at, word] of words.entries()) {
    text += at > 0 && parts(words[at - 1]!, word) ? ` ${word.text}` : word.text;
  }
  return text;
}

/** Whether a space stands between two words of one line. */
export function parts(before: Word, word: Word): boolean {
  if (isAmidIdeographs(before.text, word.text)) return false;
  if (!word.isAttached) return true;
  // "prophylaxis¹" is a word and a mark; "cm²" and "10⁵" are one.
  return (
    word.isRaised && /(\p{L}{4}|[.,;:)\]])$/u.test(before.text) && /^[\d*†‡§¶]/.test(word.text)
  );
}

function typical(words: readonly Word[]) {
  const first = words[0]!;
  if (words.every(({ style }) => style === first.style)) {
    const { font, isBold, isItalic } = first.style;
    return { size: Math.round(first.size * 10) / 10, font, isBold, isItalic, isUniform: true };
  }
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  let [letters, bold, italic] = [0, 0, 0];
  for (const { text, style, size } of words) {
    const weight = text.length;
    letters += weight;
    if (style.isBold) bold += weight;
    if (style.isItalic) italic += weight;
    const rounded = Math.round(size * 10) / 10;
    sizes.set(rounded, (sizes.get(rounded) ?? 0) + weight);
    fonts.set(style.font, (fonts.get(style.font) ?? 0) + weight);
  }
  const size = most(sizes) ?? 0;
  const font = most(fonts) ?? '';
  return {
    size,
    font,
    isBold: bold > 0.6 * letters,
    isItalic: italic > 0.6 * letters,
    isUniform: (fonts.get(font) ?? 0) >= 0.9 * letters,
  };
}

/** The key with the greatest weight. */
export function most<K>(weights: ReadonlyMap<K, number>): K | null {
  let best: K | null = null;
  let top = -1;
  for (const [key, weight] of weights) {
    if (weight > top) [best, top] = [key, weight];
  }
  return best;
}

function isMostlyRightToLeft(row: readonly Segment[]): boolean {
  let [all, rtl] = [0, 0];
  for (const { words } of row) {
    for (const { text } of words) {
      all++;
      if (isRightToLeft(text)) rtl++;
    }
  }
  return rtl > all / 2;
}

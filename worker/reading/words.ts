/** From characters to words, and to segments: words that follow each other on one line. */
import type { PageGlyphs, Style } from './glyphs';
import {
  accented,
  accentOf,
  isIdeographicUnit,
  isRightToLeft,
  isSoftHyphen,
  isSpace,
  letterOf,
} from './letters';

export interface Word {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
  baseline: number;
  size: number;
  style: Style;
  isHidden: boolean;
  /** Raised or lowered small print: a mark of a footnote, an affiliation, an exponent. */
  isRaised: boolean;
  /** Nothing parts it from the word before. */
  isAttached: boolean;
  /** It ends with a hyphen that only the line's end put there, as far as the file says. */
  hasSoftHyphen: boolean;
  /** Where it stands in the text of its page, once that is composed. */
  start: number;
  end: number;
}

export interface Segment {
  words: Word[];
  left: number;
  top: number;
  right: number;
  bottom: number;
  baseline: number;
  size: number;
}

/** Shares of the letter size. */
const WORD_GAP = 0.26;
export const SEGMENT_GAP = 1.15;
const STEP_BACK = 0.5;
const RAISED_SIZE = 0.86;

/** Words in the file's order; a space of any width, a jump or another writing direction parts them. */
export function wordsOf(glyphs: PageGlyphs): Word[] {
  const { count, code, box, baseline, style, styles, isHidden } = glyphs;
  const words: Word[] = [];
  let word: Word | null = null;
  let isSpaced = true;
  let accent: { mark: string; left: number; right: number } | null = null;
  let lastLeft = 0;
  for (let i = 0; i < count; i++) {
    const unit = code[i]!;
    if (isSpace(unit)) {
      word = null;
      isSpaced = true;
      continue;
    }
    const isSoft = isSoftHyphen(unit);
    const letter = isSoft ? '-' : letterOf(unit);
    if (letter === '') continue;
    const own = styles[style[i]!]!;
    const left = box[4 * i]!;
    const top = box[4 * i + 1]!;
    const right = box[4 * i + 2]!;
    const bottom = box[4 * i + 3]!;
    const size = own.size > 0 ? own.size : Math.max(1, bottom - top);
    const mark = accentOf(unit);
    if (word !== null) {
      const last: Word = word;
      const em = Math.min(size, last.size);
      const most = Math.max(size, last.size);
      const isRtl = isRightToLeft(letter);
      const gap = isRtl ? last.left - right : left - last.right;
      const drop = Math.abs(baseline[i]! - last.baseline);
      const isAccent = mark !== undefined || accent !== null;
      // The letters of a ligature share its box.
      const isSameGlyph = left === lastLeft && right === last.right;
      const isNew =
        (isHidden[i] === 1) !== last.isHidden ||
        own.angle !== last.style.angle ||
        isCjkBreak(letter, last.text) ||
        (own.angle % 180 === 0 &&
          ((gap > WORD_GAP * em && !isAccent) ||
            (gap < -STEP_BACK * most && !isAccent && !isRtl && !isSameGlyph) ||
            drop > 0.12 * most));
      if (isNew) {
        const isNear =
          own.angle === last.style.angle &&
          gap < WORD_GAP * em &&
          gap > -STEP_BACK * em &&
          drop < last.size;
        isSpaced = !isNear;
        word = null;
      }
    }
    if (word === null) {
      word = {
        text: '',
        left,
        top,
        right,
        bottom,
        baseline: baseline[i]!,
        size,
        style: own,
        isHidden: isHidden[i] === 1,
        isRaised: false,
        isAttached: !isSpaced,
        hasSoftHyphen: false,
        start: -1,
        end: -1,
      };
      words.push(word);
      accent = null;
      isSpaced = false;
    }
    // A letter and the accent drawn over it, in either order, are one character.
    if (accent !== null && overlap(accent.left, accent.right, left, right) && LETTER.test(letter)) {
      word.text = word.text.slice(0, -1) + accented(letter, accent.mark);
      accent = null;
    } else if (
      mark !== undefined &&
      ENDS_WITH_LETTER.test(word.text) &&
      overlap(lastLeft, word.right, left, right)
    ) {
      word.text = word.text.slice(0, -1) + accented(word.text.slice(-1), mark);
      accent = null;
    } else {
      word.text += letter;
      accent = mark === undefined ? null : { mark, left, right };
    }
    word.hasSoftHyphen = isSoft;
    lastLeft = left;
    if (left < word.left) word.left = left;
    if (top < word.top) word.top = top;
    if (right > word.right) word.right = right;
    if (bottom > word.bottom) word.bottom = bottom;
  }
  for (const one of words) makePlausible(one);
  return words;
}

const LETTER = /\p{L}/u;
const ENDS_WITH_LETTER = /\p{L}$/u;

/** Ideographs are words of their own, so that a passage among them can be marked exactly. */
const isCjkBreak = (letter: string, before: string) =>
  isIdeographicUnit(letter.charCodeAt(0)) ||
  (before.length === 1 && isIdeographicUnit(before.charCodeAt(0)));

function overlap(left: number, right: number, otherLeft: number, otherRight: number): boolean {
  const shared = Math.min(right, otherRight) - Math.max(left, otherLeft);
  return shared > 0.4 * Math.min(right - left, otherRight - otherLeft);
}

/** Some fonts state boxes that have nothing to do with their letters; then the size tells. */
function makePlausible(word: Word): void {
  const height = word.bottom - word.top;
  if (word.style.angle % 180 === 0 && (height > 2.2 * word.size || height < 0.3 * word.size)) {
    word.top = word.baseline - 0.8 * word.size;
    word.bottom = word.baseline + 0.22 * word.size;
  }
}

/** Upright words only. */
export function segmentsOf(words: readonly Word[]): Segment[] {
  const segments: Segment[] = [];
  let open: Segment | null = null;
  for (const word of words) {
    const last: Word | undefined = open?.words.at(-1);
    if (open !== null && last !== undefined && follows(open, last, word)) {
      word.isRaised = isRaised(word, open);
      open.words.push(word);
      extend(open, word);
    } else {
      open = {
        words: [word],
        left: word.left,
        top: word.top,
        right: word.right,
        bottom: word.bottom,
        baseline: word.baseline,
        size: word.size,
      };
      segments.push(open);
    }
  }
  return segments;
}

function follows(segment: Segment, last: Word, word: Word): boolean {
  if (word.isHidden !== last.isHidden) return false;
  const size = Math.max(word.size, last.size);
  const drop = Math.abs(word.baseline - segment.baseline);
  if (drop > 0.55 * Math.max(segment.size, word.size)) return false;
  const gap =
    isRightToLeft(word.text) || isRightToLeft(last.text)
      ? Math.max(last.left - word.right, word.left - last.right)
      : word.left - last.right;
  return gap < SEGMENT_GAP * size && gap > -STEP_BACK * size;
}

function isRaised(word: Word, segment: Segment): boolean {
  return word.size < RAISED_SIZE * segment.size &&
    Math.abs(word.baseline - segment.baseline) > 0.1 * segment.size
    ? word.baseline < segment.baseline
    : false;
}

function extend(segment: Segment, word: Word): void {
  segment.left = Math.min(segment.left, word.left);
  segment.top = Math.min(segment.top, word.top);
  segment.right = Math.max(segment.right, word.right);
  segment.bottom = Math.max(segment.bottom, word.bottom);
  // A line that begins with a raised mark stands where its larger words do.
  if (word.size > segment.size) {
    segment.size = word.size;
    segment.baseline = word.baseline;
    for (const one of segment.words) one.isRaised = isRaised(one, segment);
  }
}

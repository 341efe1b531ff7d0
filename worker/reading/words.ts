/** From characters to words, and to segments: words that follow each other on one line. */
import type { PageGlyphs, Style } from './glyphs';

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

const LIGATURES: Record<number, string> = {
  64256: 'ff',
  64257: 'fi',
  64258: 'fl',
  64259: 'ffi',
  64260: 'ffl',
  64261: 'st',
  64262: 'st',
};
/** Accents that stand as characters of their own beside the letter they belong to. */
const ACCENTS: Record<number, string> = {
  96: '\u0300',
  180: '\u0301',
  710: '\u0302',
  732: '\u0303',
  175: '\u0304',
  728: '\u0306',
  729: '\u0307',
  168: '\u0308',
  730: '\u030a',
  733: '\u030b',
  711: '\u030c',
  184: '\u0327',
  731: '\u0328',
};
const SOFT_HYPHENS = new Set([0x02, 0xad, 0xfffe]);
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

export const isRightToLeft = (text: string) => RTL.test(text);
export const isIdeographic = (text: string) => CJK.test(text);

/** Words in the file's order; a space of any width, a jump or another writing direction parts them. */
export function wordsOf(glyphs: PageGlyphs): Word[] {
  const { count, code, box, baseline, style, styles, isHidden } = glyphs;
  const words: Word[] = [];
  let word: Word | null = null;
  let isSpaced = true;
  let accent: { mark: string; left: number; right: number } | null = null;
  let lastLeft = 0;
  const flush = () => {
    if (word !== null && word.text !== '') words.push(word);
    word = null;
  };
  for (let i = 0; i < count; i++) {
    const unit = code[i]!;
    if (
      unit === 0x20 ||
      unit === 0xa0 ||
      unit === 0x0a ||
      unit === 0x0d ||
      unit === 0x09 ||
      isWide(unit)
    ) {
      flush();
      isSpaced = true;
      continue;
    }
    const isSoft = SOFT_HYPHENS.has(unit);
    const letter = isSoft ? '-' : letterOf(unit);
    if (letter === '') continue;
    const own = styles[style[i]!]!;
    const [left, top, right, bottom] = [
      box[4 * i]!,
      box[4 * i + 1]!,
      box[4 * i + 2]!,
      box[4 * i + 3]!,
    ];
    const size = own.size > 0 ? own.size : Math.max(1, bottom - top);
    const current: Word | null = word;
    if (current !== null) {
      const last = current as Word;
      const em = Math.min(size, last.size);
      const isRtl = isRightToLeft(letter);
      const gap = isRtl ? last.left - right : left - last.right;
      const drop = Math.abs(baseline[i]! - last.baseline);
      const isAccent = ACCENTS[unit] !== undefined || accent !== null;
      // The letters of a ligature share its box.
      const isSameGlyph = left === lastLeft && right === last.right;
      const isNew =
        (isHidden[i] === 1) !== last.isHidden ||
        own.angle !== last.style.angle ||
        isCjkBreak(letter, last.text) ||
        (own.angle % 180 === 0 &&
          ((gap > WORD_GAP * em && !isAccent) ||
            (gap < -STEP_BACK * Math.max(size, last.size) && !isAccent && !isRtl && !isSameGlyph) ||
            drop > 0.12 * Math.max(size, last.size)));
      if (isNew) {
        const isNear =
          own.angle === last.style.angle &&
          gap < WORD_GAP * em &&
          gap > -STEP_BACK * em &&
          drop < last.size;
        flush();
        isSpaced = !isNear;
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
      accent = null;
      isSpaced = false;
    }
    const open = word as Word;
    // A letter and the accent drawn over it, in either order, are one character.
    const mark = ACCENTS[unit];
    if (accent !== null && overlap(accent, left, right) && /\p{L}/u.test(letter)) {
      open.text = open.text.slice(0, -1) + (dotless(letter) + accent.mark).normalize('NFC');
      accent = null;
    } else if (
      mark !== undefined &&
      /\p{L}$/u.test(open.text) &&
      overlap({ left: lastLeft, right: open.right }, left, right)
    ) {
      open.text = open.text.slice(0, -1) + (dotless(open.text.slice(-1)) + mark).normalize('NFC');
      accent = null;
    } else {
      open.text += letter;
      accent = mark === undefined ? null : { mark, left, right };
    }
    open.hasSoftHyphen = isSoft;
    lastLeft = left;
    open.left = Math.min(open.left, left);
    open.top = Math.min(open.top, top);
    open.right = Math.max(open.right, right);
    open.bottom = Math.max(open.bottom, bottom);
  }
  flush();
  return words.map(plausible);
}

function letterOf(unit: number): string {
  if (unit < 0x20 || (unit >= 0xe000 && unit <= 0xf8ff) || unit === 0xffff || unit === 0xfffd)
    return '';
  if (unit >= 0x7f && unit < 0xa0) return '';
  // Zero width, direction marks, byte order mark: nothing that is seen.
  if ((unit >= 0x200b && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x202e) || unit === 0xfeff) {
    return '';
  }
  if (unit >= 0xd800 && unit <= 0xdfff) return String.fromCharCode(unit);
  return LIGATURES[unit] ?? (unit <= 0x10ffff ? String.fromCodePoint(unit) : '');
}

const isWide = (unit: number) =>
  (unit >= 0x2000 && unit <= 0x200a) || unit === 0x202f || unit === 0x205f || unit === 0x3000;

/** Ideographs are words of their own, so that a passage among them can be marked exactly. */
const isCjkBreak = (letter: string, before: string) =>
  isIdeographic(letter) || (before.length === 1 && isIdeographic(before));

const dotless = (letter: string) => (letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter);

function overlap(one: { left: number; right: number }, left: number, right: number): boolean {
  const shared = Math.min(one.right, right) - Math.max(one.left, left);
  return shared > 0.4 * Math.min(one.right - one.left, right - left);
}

/** Some fonts state boxes that have nothing to do with their letters; then the size tells. */
function plausible(word: Word): Word {
  const height = word.bottom - word.top;
  if (word.style.angle % 180 === 0 && (height > 2.2 * word.size || height < 0.3 * word.size)) {
    word.top = word.baseline - 0.8 * word.size;
    word.bottom = word.baseline + 0.22 * word.size;
  }
  return word;
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

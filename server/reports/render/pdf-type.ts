/** Sets runs of text in lines for the PDF. */
import type { Face } from './fonts';
import { fontBytes, glyphsOf } from './pdf-glyphs';
import type { Run, Tone } from './view';

/** Points. */
export const SIZES = {
  title: 21,
  block: 14,
  heading: 10.5,
  text: 9,
  small: 7.4,
  tiny: 6.6,
} as const;

export const INK = {
  ink: '#16201c',
  quiet: '#45524d',
  rule: '#d6ddd9',
  strong: '#2a3530',
  control: '#7b8983',
  accent: '#0b5d4b',
  caution: '#755000',
  bad: '#a1281d',
  cautionWash: '#fbf1dc',
  badWash: '#fbeae7',
  accentWash: '#e1efe9',
  paper: '#ffffff',
} as const;

export const TONE_INK: Record<Tone, { ink: string; wash: string }> = {
  plain: { ink: INK.quiet, wash: INK.paper },
  accent: { ink: INK.accent, wash: INK.accentWash },
  caution: { ink: INK.caution, wash: INK.cautionWash },
  bad: { ink: INK.bad, wash: INK.badWash },
};

/** A stretch of one line in one style. */
export interface Piece {
  text: string;
  font: string;
  size: number;
  /** Points above the line's own baseline. */
  rise: number;
  color: string;
  width: number;
  /** What it stands for, where that is not what is drawn. */
  actual: string | null;
  href: string | null;
  to: string | null;
  badge: Tone | null;
}

export interface Line {
  pieces: Piece[];
  height: number;
  /** From the top of the line to its baseline. */
  ascent: number;
}

export function widthOf(line: Line): number {
  return line.pieces.reduce((sum, piece) => sum + piece.width, 0);
}

export interface TextStyle {
  size: number;
  color?: string;
  face?: Face;
}

/** Room on each side of a badge's word. */
export const BADGE_PADDING = 3;

const LEADING = 1.36;
const ASCENT = 1.02;
interface Word {
  pieces: Piece[];
  width: number;
  isSpace: boolean;
}

export class Typesetter {
  private readonly opened = new Set<string>();
  private readonly widths = new Map<string, number>();
  /** Whether a character was set that no typeface has. */
  hasBoxes = false;

  constructor(private readonly doc: PDFKit.PDFDocument) {}

  /** Makes a font the current one, under the name that pieces carry. */
  use(font: string, size: number): void {
    if (!this.opened.has(font)) {
      this.doc.registerFont(font, fontBytes(font));
      this.opened.add(font);
    }
    this.doc.font(font, size);
  }

  /** Breaks runs into lines of at most `width` points. */
  lines(runs: readonly Run[], width: number, style: TextStyle): Line[] {
    const lines: Line[] = [];
    let current: Piece[] = [];
    let used = 0;
    const close = () => {
      while (current.at(-1)?.text.trim() === '' && !current.at(-1)?.actual) current.pop();
      lines.push({
        pieces: merged(current),
        height: style.size * LEADING,
        ascent: style.size * ASCENT,
      });
      current = [];
      used = 0;
    };
    for (const word of this.words(runs, style)) {
      if (word === 'break') {
        close();
        continue;
      }
      if (word.isSpace) {
        if (used > 0) current.push(...word.pieces);
        used += used > 0 ? word.width : 0;
        continue;
      }
      if (used > 0 && used + word.width > width) close();
      for (const [index, part] of this.fitted(word, width).entries()) {
        if (index > 0) close();
        current.push(...part.pieces);
        used += part.width;
      }
    }
    if (current.length > 0 || lines.length === 0) close();
    return lines;
  }

  widthOf(text: string, font: string, size: number): number {
    const key = `${font} ${text}`;
    let perPoint = this.widths.get(key);
    if (perPoint === undefined) {
      this.use(font, 100);
      perPoint = this.doc.widthOfString(text) / 100;
      this.widths.set(key, perPoint);
    }
    return perPoint * size;
  }

  private words(runs: readonly Run[], style: TextStyle): (Word | 'break')[] {
    const words: (Word | 'break')[] = [];
    const add = (pieces: Piece[], isSpace: boolean) => {
      const width = pieces.reduce((sum, piece) => sum + piece.width, 0);
      const last = words.at(-1);
      if (last && last !== 'break' && last.isSpace === isSpace) {
        last.pieces.push(...pieces);
        last.width += width;
      } else {
        words.push({ pieces: [...pieces], width, isSpace });
      }
    };
    for (const run of runs) {
      const look = lookOf(run, style);
      if (typeof run !== 'string' && run.badge) {
        add([this.badge(run.text, run.badge, style.size)], false);
        continue;
      }
      const text = (typeof run === 'string' ? run : run.text).normalize('NFC');
      for (const part of text.split(/([ \u00a0]+|\n)/)) {
        if (part === '\n') words.push('break');
        else if (part !== '') {
          const isSpace = part.trim() === '';
          add(this.pieces(isSpace ? ' ' : part, look), isSpace);
        }
      }
    }
    return words;
  }

  private badge(text: string, tone: Tone, size: number): Piece {
    const badgeSize = Math.min(size, SIZES.small) * 0.92;
    const [piece] = this.pieces(text, {
      face: 'sans-bold',
      size: badgeSize,
      color: TONE_INK[tone].ink,
      rise: (size - badgeSize) * 0.25,
      href: null,
      to: null,
    }) as [Piece];
    return { ...piece, badge: tone, width: piece.width + 2 * BADGE_PADDING };
  }

  /** A word in as few pieces as its fonts allow. */
  private pieces(text: string, look: Look): Piece[] {
    const pieces: Omit<Piece, 'width'>[] = [];
    for (const character of text) {
      const glyphs = glyphsOf(character, look.face);
      if (!glyphs) continue;
      this.hasBoxes ||= glyphs.isBox;
      const { size, color, href, to } = look;
      const next = {
        text: glyphs.text,
        font: glyphs.font,
        size: size * glyphs.scale,
        rise: look.rise + size * glyphs.rise,
        color,
        actual: glyphs.actual,
        href,
        to,
        badge: null,
      };
      const last = pieces.at(-1);
      if (last && isAlike(last, next)) append(last, next);
      else pieces.push(next);
    }
    return pieces.map((piece) => ({
      ...piece,
      width: this.widthOf(piece.text, piece.font, piece.size),
    }));
  }

  /** A word that is longer than a line, in parts that fit; addresses break at their joints. */
  private fitted(word: Word, width: number): Word[] {
    if (word.width <= width) return [word];
    const parts: Word[] = [];
    let pieces: Piece[] = [];
    let used = 0;
    const close = () => {
      parts.push({ pieces, width: used, isSpace: false });
      pieces = [];
      used = 0;
    };
    for (const piece of word.pieces) {
      if (piece.badge) {
        if (used + piece.width > width) close();
        pieces.push(piece);
        used += piece.width;
        continue;
      }
      let rest = piece;
      while (rest.text.length > 0) {
        const [head, tail] = this.split(rest, width - used);
        if (head) {
          pieces.push(head);
          used += head.width;
        }
        if (!tail) break;
        if (!head && used === 0) {
          pieces.push(tail);
          used = tail.width;
          break;
        }
        close();
        rest = tail;
      }
    }
    if (pieces.length > 0) close();
    return parts;
  }

  /** The longest beginning within `width` points, and the rest. */
  private split(piece: Piece, width: number): [Piece | null, Piece | null] {
    if (piece.width <= width) return [piece, null];
    const characters = Array.from(piece.text);
    const actual = piece.actual === null ? null : Array.from(piece.actual);
    let end = 0;
    let joint = 0;
    for (let used = 0; end < characters.length; end += 1) {
      used += this.widthOf(characters[end] as string, piece.font, piece.size);
      if (used > width) break;
      if (/[/\-_.,;:&=?)]/.test(characters[end] as string)) joint = end + 1;
    }
    if (joint > end * 0.6) end = joint;
    if (end === 0) return [null, piece];
    const part = (from: number, to: number): Piece => {
      const text = characters.slice(from, to).join('');
      return {
        ...piece,
        text,
        actual:
          actual?.length === characters.length ? actual.slice(from, to).join('') : piece.actual,
        width: this.widthOf(text, piece.font, piece.size),
      };
    };
    return [part(0, end), end < characters.length ? part(end, characters.length) : null];
  }
}

interface Look {
  face: Face;
  size: number;
  color: string;
  rise: number;
  href: string | null;
  to: string | null;
}

function lookOf(run: Run, { size, color = INK.ink, face = 'sans' }: TextStyle): Look {
  const plain: Look = { face, size, color, rise: 0, href: null, to: null };
  if (typeof run === 'string') return plain;
  const look = { ...plain, href: run.href ?? null, to: run.to ?? null };
  if (look.href || look.to) look.color = INK.accent;
  switch (run.style) {
    case 'code':
      return { ...look, face: 'mono', size: size * 0.92 };
    case 'strong':
      return { ...look, face: 'sans-bold' };
    case 'quiet':
      return { ...look, color: INK.quiet, size: size * 0.9 };
    case 'sup':
      return { ...look, size: size * 0.74, rise: size * 0.2 };
    default:
      return look;
  }
}

type Unset = Omit<Piece, 'width'>;

function isAlike(a: Unset, b: Unset): boolean {
  return (
    a.font === b.font &&
    a.size === b.size &&
    a.rise === b.rise &&
    a.color === b.color &&
    a.href === b.href &&
    a.to === b.to &&
    !a.badge &&
    !b.badge &&
    (a.actual === null) === (b.actual === null)
  );
}

function append(piece: Unset, next: Unset): void {
  piece.text += next.text;
  if (piece.actual !== null && next.actual !== null) piece.actual += next.actual;
}

/** Neighbours in one style as one piece, so that a line is few operations. */
function merged(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last && isAlike(last, piece)) {
      append(last, piece);
      last.width += piece.width;
    } else {
      out.push({ ...piece });
    }
  }
  return out;
}

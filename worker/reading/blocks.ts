/** Blocks: lines that belong together, and what each is. */
import type { BlockKind, SectionKind } from '@/server/papers/reading';
import type { Line } from './lines';
import { headingText, knownSection } from './section-names';

export interface Block {
  page: number;
  lines: Line[];
  /** Of its lines, as they are: for recognising, not for quoting. */
  text: string;
  kind: BlockKind;
  /** The column's ends, for judging whether a line is full. */
  columnLeft: number;
  columnRight: number;
  section: SectionKind;
  /** Of a heading: 1 for the paper's main parts. */
  level: number;
}

/** A new paragraph is set off by this much more than the usual distance of lines. */
const PARAGRAPH_GAP = 1.35;
const INDENT_EM = 0.8;
const OTHER_SIZE = 0.06;

const CAPTION_LABEL =
  /^(?:(?:supplementary|supplemental|extended data|online)\s+)?(?:fig(?:ure|\.)?|tab(?:le|\.)|scheme|chart|box|algorithm|listing|plate)\s*(?:S?\d+(?:\.\d+)?|[IVX]+\b|[A-Z]\d*\b)[a-z]?/i;

/** "Table 2. Outcomes" and "Table 2 Outcomes" are captions, "Table 2 shows" is a sentence. */
export function isCaption(text: string): boolean {
  const label = CAPTION_LABEL.exec(text);
  return label !== null && /^\s*(?:[.:|–—(-]|$|\p{Lu})/u.test(text.slice(label[0].length));
}

/** Blocks of one column, from top to bottom; kinds are the first guess from their own lines. */
export function blocksOf(lines: readonly Line[], page: number): Block[] {
  if (lines.length === 0) return [];
  const columnLeft = quantile(
    lines.map((line) => line.left),
    0.1,
  );
  const columnRight = quantile(
    lines.map((line) => line.right),
    0.9,
  );
  const pitch = pitches(lines);
  const blocks: Block[] = [];
  let open: Line[] = [];
  const close = () => {
    if (open.length > 0) {
      const block = blank(page, open);
      blocks.push({ ...block, columnLeft, columnRight, kind: firstKind(block) });
    }
    open = [];
  };
  for (const line of lines) {
    const before = open.at(-1);
    if (before !== undefined && isNewBlock(open, before, line, { columnLeft, columnRight, pitch }))
      close();
    open.push(line);
  }
  close();
  return blocks;
}

export const blank = (page: number, lines: Line[]): Block => ({
  page,
  lines,
  text: lines.map((line) => line.text).join(' '),
  kind: 'paragraph',
  columnLeft: 0,
  columnRight: 0,
  section: 'front',
  level: 0,
});

interface Column {
  columnLeft: number;
  columnRight: number;
  pitch: (size: number) => number;
}

function isNewBlock(open: readonly Line[], before: Line, line: Line, column: Column): boolean {
  const isTable = isTabular(before);
  if (isTable !== isTabular(line)) {
    // One wide gap between two words is not yet a table.
    if (isTable ? open.filter(isTabular).length >= 2 : true) return true;
  }
  const drop = line.baseline - before.baseline;
  if (drop < 0 || drop > PARAGRAPH_GAP * column.pitch(line.size)) return true;
  if (Math.abs(line.size - before.size) > OTHER_SIZE * Math.max(line.size, before.size)) {
    return line.text.length > 3 && before.text.length > 3;
  }
  if (line.isBold !== before.isBold && line.isUniform && before.isUniform) return true;
  if (line.font !== before.font && line.isUniform && before.isUniform && isHeadingLike(before))
    return true;
  if (isTable) return false;
  if (open.length === 1 && isNamedHeading(before, column)) return true;
  if (isCentred(before, line, column)) return false;
  if (isShoutedHeading(open, column) && !isShouted(line.text)) return true;
  if (isCaption(line.text) && isFinished(before.text)) return true;
  const indent = INDENT_EM * line.size;
  const isIndented = line.left > before.left + indent;
  const width = column.columnRight - column.columnLeft;
  const isBeforeShort = before.right < column.columnRight - 0.12 * width;
  if (isIndented) {
    // Under a hanging first line the others are indented: entries of a list.
    const isHanging = open.length === 1 && startsEntry(before.text);
    return !isHanging && open.every((one) => one.left < line.left - indent / 2);
  }
  if (line.left < before.left - indent) {
    return open.length > 1 && open.slice(1).every((one) => one.left > line.left + indent);
  }
  return isBeforeShort && isFinished(before.text) && before.left <= line.left + indent;
}

/** Lines set about one axis, neither of them full. */
function isCentred(before: Line, line: Line, column: Column): boolean {
  if (Math.max(before.right, line.right) > column.columnRight - 2) return false;
  const axes = Math.abs(before.left + before.right - line.left - line.right) / 2;
  const isShifted = Math.abs(before.left - line.left) > 0.8 * line.size;
  return axes < 3 && isShifted && before.font === line.font && before.isBold === line.isBold;
}

/** "Results" alone on a line, whatever is set under it. */
function isNamedHeading(line: Line, column: Column): boolean {
  const width = column.columnRight - column.columnLeft;
  return (
    line.right < column.columnRight - 0.25 * width && knownSection(headingText(line.text)) !== null
  );
}

const isShouted = (text: string) => lettersIn(text) >= 3 && !/\p{Ll}{2}/u.test(text);

function isShoutedHeading(open: readonly Line[], column: Column): boolean {
  const width = column.columnRight - column.columnLeft;
  return (
    open.length <= 2 &&
    open.every((line) => isShouted(line.text)) &&
    (/^(?:[IVX]+|\d+)\.\s/.test(open[0]!.text) ||
      open.at(-1)!.right < column.columnRight - 0.1 * width)
  );
}

const STARTS_ENTRY = /^(?:\[\w{1,12}\]|\(?\d{1,3}[.)]|[•·▪●◦–—-]\s|\*\s)/u;
const startsEntry = (text: string) =>
  STARTS_ENTRY.test(text) || /^\p{Lu}[\p{L}'’-]+,? /u.test(text);

const isFinished = (text: string) => /[.!?:;]["”’)\]]*(?:\s?\[?[\d,–-]+\]?)?$/u.test(text);

const wordCount = (line: Line) => line.words.length;

const isHeadingLike = (line: Line) => wordCount(line) <= 12 && !/[.,;]$/.test(line.text);

/** A bullet, a number or a caption's label before the text it belongs to. */
const LABEL =
  /^(?:\(?[\p{L}\d]{1,4}[.):]|\[\w+\]|[•·▪●◦–—*-]|\d+(?:\.\d+)*|[IVX]+|(?:table|fig(?:ure|\.)?) \w+[.:]?)$/iu;

/** At least two cells that a gap wider than any between words parts. */
export function isTabular(line: Line): boolean {
  const [first, ...others] = line.cells;
  if (first === undefined || others.length === 0) return false;
  const label = first.words.map((word) => word.text).join(' ');
  const cells = LABEL.test(label) && others.length === 1 ? 1 : line.cells.length;
  if (cells >= 3) return true;
  return cells === 2 && others[0]!.left - first.right > 2.2 * line.size;
}

function firstKind({ lines, text }: Block): BlockKind {
  if (isCaption(text)) return 'caption';
  const tabular = lines.filter(isTabular).length;
  if (lines.length >= 2 && tabular >= 0.6 * lines.length) return 'table';
  return isProse(text) ? 'paragraph' : 'other';
}

/** Enough words of letters; formulas, axis labels and stray cells are not. */
export function isProse(text: string): boolean {
  const words = text.split(' ');
  const letters = lettersIn(text);
  if (CJK_TEXT.test(text)) return letters >= 8;
  const share = letters / Math.max(1, text.length - words.length + 1);
  if (words.length >= 8) {
    const long = words.filter((word) => LONG_WORD.test(word)).length;
    return share >= 0.55 && long >= 0.3 * words.length;
  }
  return share >= 0.6 && LONG_WORD.test(text) && /[.!?:]["”’)]*$/u.test(text);
}

const CJK_TEXT = /[\u3040-\u30ff\u4e00-\u9fff]/;
const LONG_WORD = /\p{L}{3}/u;
const LETTER = /\p{L}/u;

export function lettersIn(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)) count++;
    else if (unit > 127 && LETTER.test(text[i]!)) count++;
  }
  return count;
}

/** The usual distance of lines, by letter size. */
function pitches(lines: readonly Line[]): (size: number) => number {
  const seen = new Map<number, number[]>();
  for (let i = 1; i < lines.length; i++) {
    const [before, line] = [lines[i - 1]!, lines[i]!];
    const drop = line.baseline - before.baseline;
    if (
      Math.abs(line.size - before.size) > 0.3 ||
      drop <= 0.5 * line.size ||
      drop > 2.6 * line.size
    )
      continue;
    const key = Math.round(line.size);
    const drops = seen.get(key);
    if (drops === undefined) seen.set(key, [drop]);
    else drops.push(drop);
  }
  const usual = new Map([...seen].map(([size, drops]) => [size, quantile(drops, 0.5)]));
  // With two or three lines the usual distance may itself be that of paragraphs.
  return (size) => Math.min(usual.get(Math.round(size)) ?? 1.3 * size, 2.2 * size);
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

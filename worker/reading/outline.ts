/** What each block of a paper is: headings and their sections, footnotes, references, figures' words. */
import type { SectionKind } from '@/server/papers/reading';
import { type Block, isCaption, isProse } from './blocks';
import type { PageLayout } from './layout';
import { type Line, most } from './lines';
import { headingText, knownSection } from './section-names';

export interface Body {
  size: number;
  font: string;
  isBold: boolean;
}

/** Size and font of most of the text. */
export function bodyOf(pages: readonly PageLayout[]): Body {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  let [bold, letters] = [0, 0];
  for (const line of linesOfPages(pages)) {
    const weight = line.text.length;
    sizes.set(line.size, (sizes.get(line.size) ?? 0) + weight);
    letters += weight;
    if (line.isBold) bold += weight;
  }
  const size = most(sizes) ?? 10;
  for (const line of linesOfPages(pages)) {
    if (line.size === size) fonts.set(line.font, (fonts.get(line.font) ?? 0) + line.text.length);
  }
  return { size, font: most(fonts) ?? '', isBold: bold > 0.5 * letters };
}

function* linesOfPages(pages: readonly PageLayout[]): Generator<Line> {
  for (const page of pages) {
    for (const block of page.blocks) {
      if (block.kind !== 'header' && block.kind !== 'footer') yield* block.lines;
    }
  }
}

/** Gives every block its final kind, section and level. */
export function outline(pages: readonly PageLayout[], body: Body): void {
  for (const page of pages) markFootnotes(page, body);
  const blocks = pages.flatMap((page) => page.blocks);
  const styles = headingStyles(blocks, body);
  for (const [at, block] of blocks.entries()) {
    if (isHeading(block, blocks[at + 1], body, styles)) block.kind = 'heading';
  }
  rankHeadings(blocks, body);
  assignSections(blocks);
}

const styleOf = (line: Line) => `${line.size} ${line.font} ${isShouted(line.text)}`;

const isShouted = (text: string) =>
  !/\p{Ll}/u.test(text) && (text.match(/\p{L}/gu) ?? []).length >= 3;

/** How known headings are set here; what else is set so is a heading too. */
function headingStyles(blocks: readonly Block[], body: Body): Set<string> {
  const styles = new Set<string>();
  for (const block of blocks) {
    const [line] = block.lines;
    if (line === undefined || block.lines.length > 2 || block.kind === 'header') continue;
    if (knownSection(headingText(textOfBlock(block))) === null) continue;
    if (isDistinct(line, body)) styles.add(styleOf(line));
  }
  return styles;
}

const isDistinct = (line: Line, body: Body) =>
  line.isUniform &&
  (line.size > body.size + 0.4 ||
    (line.isBold && !body.isBold) ||
    line.font !== body.font ||
    isShouted(line.text));

export const textOfBlock = (block: Block) => block.lines.map((line) => line.text).join(' ');

const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-H]\.)\s+\p{Lu}/u;

function isHeading(
  block: Block,
  next: Block | undefined,
  body: Body,
  styles: ReadonlySet<string>,
): boolean {
  if (block.kind !== 'paragraph' && block.kind !== 'other') return false;
  const [line] = block.lines;
  if (line === undefined || block.lines.length > 3) return false;
  const text = textOfBlock(block);
  const words = text.split(' ');
  if (words.length > 18 || text.length > 140 || text.length < 3) return false;
  if (!/\p{L}{3}/u.test(text) || !/^[\p{Lu}\d•]/u.test(text)) return false;
  if (/[,;]$/.test(text) || isCaption(text) || /@|https?:|www\./.test(text)) return false;
  const isKnown = knownSection(headingText(text)) !== null;
  const isNumbered = NUMBERED.test(text);
  const hasStop = /\.$/.test(text);
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  if (letters < 0.6 * text.replace(/[ \d.]/g, '').length) return false;
  if (line.size < body.size - 1.2) return false;
  if (isKnown && words.length <= 8) {
    return isDistinct(line, body) || (isNumbered && !hasStop) || block.lines.length === 1;
  }
  if (!isDistinct(line, body)) return false;
  if (!block.lines.every((one) => one.font === line.font)) return false;
  if (styles.has(styleOf(line)) && !hasStop) return true;
  if (isNumbered) return !hasStop || words.length <= 8;
  if (hasStop || words.length > 12) return false;
  // Words inside figures are small and lead nowhere.
  const leadsOn = next !== undefined && (next.kind === 'paragraph' || next.kind === 'other');
  if (line.size < body.size - 0.7 || !leadsOn || !isProse(textOfBlock(next))) return false;
  return line.isBold || line.size > body.size + 0.4 || line.font !== body.font;
}

/** Levels: of numbered headings by their numbers, else by how much they stand out. */
function rankHeadings(blocks: readonly Block[], body: Body): void {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const weight = (block: Block) => {
    const line = block.lines[0]!;
    return (
      line.size +
      (line.isBold ? 0.4 : 0) +
      (isShouted(line.text) ? 0.6 : 0) -
      (line.isItalic ? 0.3 : 0)
    );
  };
  const main = headings.filter((block) => knownSection(headingText(textOfBlock(block))) !== null);
  const weights = new Map<number, number>();
  for (const block of main) weights.set(weight(block), (weights.get(weight(block)) ?? 0) + 1);
  const top = most(weights) ?? body.size;
  for (const block of headings) {
    const number = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s/.exec(textOfBlock(block))?.[1];
    if (number !== undefined) block.level = number.split('.').length;
    else if (/^[IVX]{1,5}\.\s/.test(textOfBlock(block))) block.level = 1;
    else if (/^[A-H]\.\s/.test(textOfBlock(block))) block.level = 2;
    else block.level = weight(block) >= top - 0.05 ? 1 : 2;
  }
}

function assignSections(blocks: readonly Block[]): void {
  let section: SectionKind = 'front';
  let main: SectionKind = 'front';
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const known = knownSection(headingText(textOfBlock(block)));
      if (block.level <= 1) {
        section = known ?? 'other';
        main = section;
      } else {
        // A part of the methods stays one whatever its name; a known name elsewhere tells more.
        section =
          known !== null && (main === 'other' || main === 'front')
            ? known
            : main === 'front'
              ? 'other'
              : main;
      }
    }
    block.section = section;
    if (
      section === 'references' &&
      (block.kind === 'paragraph' || block.kind === 'other' || block.kind === 'table')
    ) {
      block.kind = 'reference';
    }
  }
}

const MARK =
  /^(?:[*†‡§¶∗#]|\d{1,3}\s?\p{L}|\(?\d\)|e-?mail|correspond|received|present address|©|copyright|abbreviations?:)/iu;

/** Small print that ends a column, begun by a mark. */
function markFootnotes(page: PageLayout, body: Body): void {
  for (const block of page.blocks) {
    if (block.kind !== 'paragraph' && block.kind !== 'other') continue;
    const [line] = block.lines;
    if (line === undefined || line.size > body.size - 0.7 || line.top < 0.45 * page.heightPt)
      continue;
    const isLast = !page.blocks.some(
      (other) =>
        other !== block &&
        other.kind === 'paragraph' &&
        other.columnLeft === block.columnLeft &&
        other.lines[0]!.top > line.top &&
        other.lines[0]!.size > body.size - 0.5,
    );
    if (isLast && MARK.test(line.text)) block.kind = 'footnote';
  }
}

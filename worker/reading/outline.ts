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
  for (const page of pages) {
    markFootnotes(page, body);
    for (const block of page.blocks) if (isFigureWords(block, body)) block.kind = 'other';
  }
  const blocks = pages.flatMap((page) => page.blocks);
  const styles = headingStyles(blocks, body);
  const contents = contentsOf(blocks);
  for (const [at, block] of blocks.entries()) {
    if (contents.has(block)) block.kind = 'other';
    else if (isHeading(block, blocks[at + 1], body, styles)) block.kind = 'heading';
  }
  rankHeadings(blocks, body);
  assignSections(blocks);
}

/** Lines that name a part and end with its page. */
function contentsOf(blocks: readonly Block[]): Set<Block> {
  const at = blocks.findIndex((block) => /^(?:table of )?contents$/i.test(block.text));
  const found = new Set<Block>();
  if (at === -1) return found;
  for (const block of blocks.slice(at)) {
    const isEntry = block.lines.some((line) => /[\s.]\d{1,4}$/.test(line.text));
    if (block !== blocks[at] && !isEntry && block.kind !== 'header' && block.kind !== 'footer')
      break;
    found.add(block);
  }
  return found;
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
    if (isDistinct(line, body) && nameOf(block) !== null) styles.add(styleOf(line));
  }
  return styles;
}

const isDistinct = (line: Line, body: Body) =>
  line.isUniform &&
  (line.size > body.size + 0.4 ||
    (line.isBold && !body.isBold) ||
    line.font !== body.font ||
    isShouted(line.text));

export const NUMBERED_HEADING = /^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-H]\.)\s+\p{Lu}/u;

function isHeading(
  block: Block,
  next: Block | undefined,
  body: Body,
  styles: ReadonlySet<string>,
): boolean {
  if (block.kind !== 'paragraph' && block.kind !== 'other') return false;
  const [line] = block.lines;
  if (line === undefined || block.lines.length > 3) return false;
  const text = block.text;
  const words = text.split(' ');
  if (words.length > 18 || text.length > 140 || text.length < 3) return false;
  if (!/\p{L}{3}/u.test(text) || !/^[\p{Lu}\d•]/u.test(text)) return false;
  if (/^\d+[.)]?\s+\p{Ll}/u.test(text)) return false;
  if (/[,;]$/.test(text) || isCaption(text) || /@|https?:|www\./.test(text)) return false;
  const name = knownSection(headingText(text));
  const isSmall = line.size < body.size - 0.7;
  const isKnown = name !== null && (!isSmall || (name !== 'abstract' && ALWAYS_MAIN.has(name)));
  const isNumbered = NUMBERED_HEADING.test(text);
  const hasStop = /\.$/.test(text);
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  if (letters < 0.6 * text.replace(/[ \d.]/g, '').length) return false;
  if (isKnown && words.length <= 8 && line.size > 0.65 * body.size) {
    return isDistinct(line, body) || (isNumbered && !hasStop) || block.lines.length === 1;
  }
  if (line.size < body.size - 1.2 || !isDistinct(line, body)) return false;
  if (!block.lines.every((one) => one.font === line.font)) return false;
  if (styles.has(styleOf(line)) && !hasStop) return true;
  if (isNumbered) return !hasStop || words.length <= 8;
  if (hasStop || words.length > 12) return false;
  // Words inside figures are small and lead nowhere.
  const leadsOn = next !== undefined && (next.kind === 'paragraph' || next.kind === 'other');
  if (line.size < body.size - 0.7 || !leadsOn || !isProse(next.text)) return false;
  return line.isBold || line.size > body.size + 0.4 || line.font !== body.font;
}

/** Named so they are main parts, however small they are set. */
const ALWAYS_MAIN: ReadonlySet<SectionKind> = new Set([
  'abstract',
  'acknowledgements',
  'references',
  'appendix',
]);

const nameOf = (block: Block) => knownSection(headingText(block.text));

/** Levels: of numbered headings by their numbers, else by how much they stand out. */
function rankHeadings(blocks: readonly Block[], body: Body): void {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const weights = new Map<number, number>();
  for (const block of headings.filter((one) => nameOf(one) !== null)) {
    weights.set(weightOf(block), (weights.get(weightOf(block)) ?? 0) + 1);
  }
  const top = most(weights) ?? body.size;
  for (const block of headings) {
    const text = block.text;
    const number = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s/.exec(text)?.[1];
    const name = nameOf(block);
    if (number !== undefined) block.level = number.split('.').length;
    else if (/^[IVX]{1,5}\.\s/.test(text)) block.level = 1;
    else if (/^[A-H]\.\s/.test(text)) block.level = 2;
    else if (name !== null && ALWAYS_MAIN.has(name)) block.level = 1;
    else block.level = weightOf(block) >= top - 0.05 ? 1 : 2;
  }
}

function weightOf(block: Block): number {
  const line = block.lines[0]!;
  const emphasis = (line.isBold ? 0.4 : 0) + (isShouted(line.text) ? 0.6 : 0);
  return line.size + emphasis - (line.isItalic ? 0.3 : 0);
}

function assignSections(blocks: readonly Block[]): void {
  let section: SectionKind = 'front';
  let main: SectionKind = 'front';
  let hasBegun = false;
  for (const block of blocks) {
    if (section === 'references') listReference(block);
    if (block.kind === 'heading') {
      const known = nameOf(block);
      if (block.level <= 1) {
        // A summary at the end is no abstract.
        main = known === 'abstract' && hasBegun ? 'conclusion' : (known ?? 'other');
        section = main;
        hasBegun ||= known !== null && known !== 'abstract';
      } else if (main === 'other' || main === 'front') {
        section = known ?? 'other';
      } else {
        // A part of the methods stays one whatever its name.
        section = main;
      }
    }
    block.section = section;
  }
}

/** Within the list only what is named as another part ends it. */
function listReference(block: Block): void {
  const isEnd =
    block.kind === 'heading' &&
    (nameOf(block) !== null || /^(?:[A-H]\.?|[SA]\d)\s/.test(block.text));
  const isList = ['paragraph', 'other', 'table', 'heading', 'footnote'].includes(block.kind);
  if (!isEnd && isList) block.kind = 'reference';
}

/** A few words in another letter that make no sentence: labels of a figure. */
function isFigureWords(block: Block, body: Body): boolean {
  if (block.kind !== 'paragraph') return false;
  const { lines, text } = block;
  const isOther = (line: Line) => line.size < body.size - 0.7 || line.font !== body.font;
  if (!lines.every(isOther) || text.split(' ').length >= 25) return false;
  return !/[.!?:;,]["”’)\]]*$/.test(text) && !/^[•·▪–-]/u.test(text);
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

/** Title, authors, abstract, year and identifiers, each with the place it was read from. */
import type { Found, PagePlace, PageRead, PaperMetadata } from '@/server/papers/reading';
import { authorsIn, type FoundAuthors } from './authors';
import type { Block } from './blocks';
import { arxivIdIn, doiIn } from './identifiers';
import type { PageLayout } from './layout';
import type { Body } from './outline';
import { textOfBlock } from './outline';
import { placesOf, placesOfBlocks, textAt } from './places';
import { headingText, knownSection } from './section-names';
import { type Title, titleOf } from './title';
import type { Word } from './words';

/** What the first pages say before the paper proper begins. */
export interface Front {
  title: Title | null;
  authors: FoundAuthors | null;
  abstract: { blocks: Block[]; label: Word[] } | null;
}

/** Also gives the blocks of title and abstract their kind and section. */
export function frontOf(pages: readonly PageLayout[], body: Body): Front {
  const title = titleOf(pages, body);
  for (const block of title?.blocks ?? []) {
    block.kind = 'title';
    block.section = 'front';
  }
  const from = title === null ? 0 : pages.findIndex((page) => page.number === title.page);
  const blocks = pages.slice(from, from + 2).flatMap((page) => page.blocks);
  const after = title === null ? 0 : blocks.indexOf(title.blocks.at(-1)!) + 1;
  const rest = blocks
    .slice(after)
    .filter((block) => block.kind !== 'header' && block.kind !== 'footer');
  const abstract = abstractIn(rest);
  for (const block of abstract?.blocks ?? []) {
    block.kind = 'paragraph';
    block.section = 'abstract';
  }
  const end = rest.findIndex(
    (block) => block === abstract?.blocks[0] || isMainHeading(block) || isLong(block),
  );
  const zone = end === -1 ? rest.slice(0, 12) : rest.slice(0, end);
  const authors = authorsIn(zone) ?? authorsIn(rest.filter((block) => !isLong(block)).slice(0, 24));
  return { title, authors, abstract };
}

const wordsIn = (block: Block) => block.lines.reduce((sum, line) => sum + line.words.length, 0);
const isLong = (block: Block) =>
  block.kind === 'paragraph' && wordsIn(block) >= 70 && !isNotice(block);

const isMainHeading = (block: Block) => {
  const kind = block.kind === 'heading' ? knownSection(headingText(textOfBlock(block))) : null;
  return kind === 'introduction' || kind === 'abstract' || kind === 'background';
};

const LABEL = /^(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung)\b\s*[.:—–-]?\s*/i;
const KEYWORDS =
  /^(?:key\s?-?words?|index terms|ccs concepts|categories and subject|general terms|author keywords|acm (?:classification|reference)|pacs\b|msc\b|jel\b|arxiv eprint|subject|abbreviations)/i;
const NOTICE =
  /^(?:copyright|©|received|accepted|correspond|\*|this is an open access|academic editor|published|permission|e-?mail|doi|https?:|licen)/i;

const isNotice = (block: Block) => NOTICE.test(textOfBlock(block));
const isKeywords = (block: Block) => KEYWORDS.test(textOfBlock(block));

function abstractIn(blocks: readonly Block[]): Front['abstract'] {
  const at = blocks.findIndex((block) => LABEL.test(textOfBlock(block)) && !isSentence(block));
  if (at !== -1) {
    const block = blocks[at]!;
    const label = labelWords(block);
    const bare = textOfBlock(block).replace(LABEL, '');
    const isAlone = bare.trim() === '';
    const start = isAlone ? at + 1 : at;
    const found = running(blocks.slice(start));
    if (found.length > 0) return { blocks: found, label: isAlone ? [] : label };
  }
  // Without a name: running text before the first heading, set apart from what follows.
  const heading = blocks.findIndex((block) => isMainHeading(block) || isNumbered(block));
  const before = heading === -1 ? blocks : blocks.slice(0, heading);
  const first = before.findIndex(
    (block) => wordsIn(block) >= 50 && !isNotice(block) && isText(block),
  );
  if (first === -1) return null;
  const found = running(before.slice(first));
  const isApart = heading !== -1 || blocks.length > first + found.length;
  return isApart && found.length > 0 ? { blocks: found, label: [] } : null;
}

const isNumbered = (block: Block) =>
  block.kind === 'heading' && /^(?:1|I)\.?\s/.test(textOfBlock(block));
const isText = (block: Block) => block.kind === 'paragraph';
/** "Summary statistics were computed" is no label. */
const isSentence = (block: Block) =>
  /^summary\s+\p{Ll}/u.test(textOfBlock(block)) ||
  (block.kind !== 'heading' && /^summary of\b/i.test(textOfBlock(block)));

/** As long as the letters stay the same: up to keywords, a heading, another size. */
function running(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  let words = 0;
  for (const block of blocks) {
    if (isKeywords(block)) break;
    const line = block.lines[0]!;
    const first = found[0]?.lines[0];
    if (block.kind === 'heading' && first !== undefined) break;
    if (block.kind === 'caption' || block.kind === 'table' || block.kind === 'footnote') continue;
    if (isNotice(block)) {
      if (found.length > 0) break;
      continue;
    }
    if (first === undefined && wordsIn(block) < 8 && block.kind !== 'paragraph') continue;
    const isOther =
      first !== undefined &&
      (Math.abs(line.size - first.size) > 0.4 ||
        (line.font !== first.font &&
          line.isUniform &&
          !line.isItalic &&
          block.lines.every((one) => one.font !== first.font)));
    if (isOther) break;
    found.push(block);
    words += wordsIn(block);
    if (words > 600) break;
  }
  return found;
}

/** The words of the label at the start of a block. */
function labelWords(block: Block): Word[] {
  const label = LABEL.exec(textOfBlock(block))?.[0] ?? '';
  const letters = label.replace(/[^\p{L}]/gu, '').length;
  const words: Word[] = [];
  let seen = 0;
  for (const word of block.lines.flatMap((line) => line.words)) {
    const own = word.text.replace(/[^\p{L}]/gu, '').length;
    if (seen >= letters && own > 0) break;
    seen += own;
    words.push(word);
  }
  return words;
}

/** Needs the composed pages: every value is what stands at its places. */
export function metadataOf(
  front: Front,
  layouts: readonly PageLayout[],
  pages: readonly PageRead[],
): PaperMetadata {
  const at = (places: PagePlace[]): Found => ({ from: 'page', places });
  const titlePlaces = placesOfBlocks(front.title?.blocks ?? []);
  const authorPlaces = placesOf(front.authors?.lines ?? []);
  const abstractPlaces = abstractPlacesOf(front.abstract, pages);
  return {
    title:
      titlePlaces.length === 0
        ? null
        : { value: tidyTitle(textAt(pages, titlePlaces)), found: at(titlePlaces) },
    authors:
      front.authors === null || authorPlaces.length === 0
        ? null
        : { value: front.authors.authors, found: at(authorPlaces) },
    abstract:
      abstractPlaces.length === 0
        ? null
        : { value: textAt(pages, abstractPlaces), found: at(abstractPlaces) },
    year: yearOf(layouts, pages),
    doi: identifier(pages, doiIn, /\b10\.\d{4,9}\//),
    arxivId: identifier(pages, arxivIdIn, /arxiv/i),
  };
}

/** Marks of footnotes at the end. */
const tidyTitle = (title: string) => title.replace(/\s*[*∗†‡§¶]+\d*$/, '').trim();

function abstractPlacesOf(abstract: Front['abstract'], pages: readonly PageRead[]): PagePlace[] {
  if (abstract === null) return [];
  const places = placesOfBlocks(abstract.blocks);
  const first = places[0];
  const end = Math.max(-1, ...abstract.label.map((word) => word.end));
  if (first === undefined || end < 0) return places;
  const text = pages[first.page - 1]?.text ?? '';
  let start = Math.max(first.start, end);
  while (start < first.end && /[\s.:—–-]/.test(text[start]!)) start++;
  return [{ ...first, start }, ...places.slice(1)];
}

/** On the first two pages, where nothing of the references stands yet. */
function identifier(
  pages: readonly PageRead[],
  read: (text: string) => string | null,
  sign: RegExp,
): { value: string; found: Found } | null {
  for (const page of pages.slice(0, 2)) {
    for (const block of page.blocks) {
      if (block.kind === 'reference') continue;
      const text = page.text.slice(block.start, block.end);
      const at = text.search(sign);
      if (at === -1) continue;
      const rest = text.slice(at);
      const value = read(rest);
      if (value === null) continue;
      const start = block.start + at;
      const end = start + (/\d(?:v\d+)?$/.test(value) ? endOf(rest, value) : endOf(rest, value));
      return { value, found: { from: 'page', places: [{ page: page.number, start, end }] } };
    }
  }
  return null;
}

const endOf = (text: string, value: string) => text.toLowerCase().indexOf(value) + value.length;

const YEAR = '((?:19|20)\\d{2})';
/** From the surest to the least sure. */
const YEAR_SIGNS = [
  new RegExp(`(?:first )?published(?: online)?:?\\D{0,30}${YEAR}`, 'i'),
  new RegExp(`(?:©|\\(c\\)|copyright)\\D{0,12}${YEAR}`, 'i'),
  new RegExp(`accepted:?\\D{0,24}${YEAR}`, 'i'),
  new RegExp(`arxiv:.{0,40}\\b${YEAR}\\b`, 'i'),
  new RegExp(`\\b${YEAR}\\s*[,;]\\s*\\d+(?:\\s*\\(\\d+\\))?\\s*:`),
  new RegExp(`\\(${YEAR}\\)`),
  new RegExp(
    `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?\\s(?:\\d{1,2}(?:[-–]\\d{1,2})?,?\\s)?${YEAR}`,
    'i',
  ),
  new RegExp(`received:?\\D{0,24}${YEAR}`, 'i'),
  new RegExp(`\\b${YEAR}\\b`),
];

function yearOf(layouts: readonly PageLayout[], pages: readonly PageRead[]): PaperMetadata['year'] {
  const limit = new Date().getUTCFullYear() + 1;
  const page = pages.find(({ text }) => text !== '');
  const layout = layouts.find(({ number }) => number === page?.number);
  if (page === undefined || layout === undefined) return null;
  for (const [rank, sign] of YEAR_SIGNS.entries()) {
    for (const block of page.blocks) {
      // In running text only a notice tells of this paper; anything else is somebody's.
      const isRunning = block.section !== 'front' && block.kind === 'paragraph';
      const isWeak = rank >= 4;
      if (block.kind === 'reference' || (isRunning && isWeak) || block.section === 'abstract')
        continue;
      const text = page.text.slice(block.start, block.end);
      const match = sign.exec(text);
      const year = Number(match?.[1]);
      if (match === null || year > limit) continue;
      const start = block.start + match.index + match[0].lastIndexOf(match[1]!);
      return {
        value: year,
        found: { from: 'page', places: [{ page: page.number, start, end: start + 4 }] },
      };
    }
  }
  return null;
}

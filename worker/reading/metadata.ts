/** Title, authors, abstract, year and identifiers, each with the place it was read from. */
import type { Found, PagePlace, PageRead, PaperMetadata } from '@/server/papers/reading';
import type { Block } from './blocks';
import { ABSTRACT_LABEL, type Front } from './front';
import { arxivIdIn, doiIn } from './identifiers';
import { placesOf, placesOfBlocks, textAt } from './places';

/** Needs the composed pages: every value is what stands at its places. */
export function metadataOf(front: Front, pages: readonly PageRead[]): PaperMetadata {
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
    year: yearOf(pages),
    doi: identifier(pages, doiIn, /\b10\.\d{4,9}\//),
    arxivId: identifier(pages, arxivIdIn, /arxiv/i),
  };
}

/** Marks of footnotes at the end. */
const tidyTitle = (title: string) => title.replace(/\s*[*∗†‡§¶]+\d*$/, '').trim();

/** Without its label and a footnote's mark at the end. */
function abstractPlacesOf(blocks: readonly Block[], pages: readonly PageRead[]): PagePlace[] {
  const places = placesOfBlocks(blocks);
  const slice = ({ page, start, end }: PagePlace) => pages[page - 1]?.text.slice(start, end) ?? '';
  const [first] = places;
  if (first === undefined) return [];
  first.start += ABSTRACT_LABEL.exec(slice(first))?.[0].length ?? 0;
  const last = places.at(-1)!;
  last.end -= /(?<=[.!?])\s?[\d*†‡]{1,2}$/.exec(slice(last))?.[0].length ?? 0;
  return places.filter(({ start, end }) => end > start);
}

const CITE_THIS = /cite this (?:article|paper|work) as|to cite this/i;

/** On the first two pages, or where the paper says how to cite it; never among its references. */
function identifier(
  pages: readonly PageRead[],
  read: (text: string) => string | null,
  sign: RegExp,
): { value: string; found: Found } | null {
  for (const [at, page] of pages.entries()) {
    for (const block of page.blocks) {
      const text = page.text.slice(block.start, block.end);
      if (at > 1 ? !CITE_THIS.test(text) : block.kind === 'reference') continue;
      const from = text.search(sign);
      const value = from === -1 ? null : read(text.slice(from));
      if (value === null) continue;
      const end = text.toLowerCase().indexOf(value, from) + value.length;
      const place = { page: page.number, start: block.start + from, end: block.start + end };
      return { value, found: { from: 'page', places: [place] } };
    }
  }
  return null;
}

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

function yearOf(pages: readonly PageRead[]): PaperMetadata['year'] {
  const limit = new Date().getUTCFullYear() + 1;
  const page = pages.find(({ text }) => text !== '');
  if (page === undefined) return null;
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

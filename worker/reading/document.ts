/** From the words of all pages to a paper. Pure: no file, no process. */
import type { PageRead, PaperRead, PaperSection, ReadingReport } from '@/server/papers/reading';
import { READER_VERSION } from '@/server/papers/reading';
import { chunksOf } from './chunks';
import { composePage, floatsAside, unreadPage, vocabularyOf } from './compose';
import { frontOf } from './front';
import { layOut, type PageLayout, type PageWords } from './layout';
import { metadataOf } from './metadata';
import { bodyOf, outline } from './outline';
import { placesOfBlocks } from './places';
import { referencesOf } from './references';

export interface UnreadPage {
  number: number;
  error: string;
}

export type Document = Omit<PaperRead, 'report'> & {
  report: Omit<ReadingReport, 'tookMs' | 'peakMemoryBytes'>;
};

export function understand(read: readonly PageWords[], unread: readonly UnreadPage[]): Document {
  const layouts = layOut(read);
  const body = bodyOf(layouts);
  outline(layouts, body);
  const front = frontOf(layouts, body);
  for (const layout of layouts) layout.blocks = floatsAside(layout.blocks);
  const vocabulary = vocabularyOf(layouts);
  const pages = [
    ...layouts.map((layout) => composePage(layout, vocabulary)),
    ...unread.map(({ number, error }) => unreadPage(number, error)),
  ].sort((a, b) => a.number - b.number);
  return {
    pages,
    metadata: metadataOf(front, pages),
    sections: sectionsOf(layouts),
    references: referencesOf(layouts, pages),
    chunks: chunksOf(pages),
    report: reportOf(pages, layouts),
  };
}

function sectionsOf(layouts: readonly PageLayout[]): PaperSection[] {
  return layouts.flatMap((layout) =>
    layout.blocks
      .filter((block) => block.kind === 'heading')
      .map((block) => ({
        kind: block.section,
        heading: block.text,
        level: Math.max(1, block.level),
        place: placesOfBlocks([block])[0]!,
      })),
  );
}

function reportOf(pages: readonly PageRead[], layouts: readonly PageLayout[]): Document['report'] {
  const unreadable = pages.filter(({ error }) => error !== null).map(({ number }) => number);
  return {
    readerVersion: READER_VERSION,
    pages: pages.length,
    unreadable,
    withoutText: pages
      .filter((page) => page.error === null && page.text === '')
      .map((p) => p.number),
    scanned: layouts.filter(({ isScan }) => isScan).map(({ number }) => number),
    hiddenCharacters: pages
      .flatMap(({ hidden }) => hidden)
      .reduce((sum, [start, end]) => sum + end - start, 0),
    sentence: sentenceOf(pages),
  };
}

/** "Pages 1–40 read, 41 unreadable." */
export function sentenceOf(pages: readonly PageRead[]): string {
  const numbers = (is: (page: PageRead) => boolean) =>
    ranges(pages.filter(is).map((p) => p.number));
  const read = numbers((page) => page.error === null && page.text !== '');
  const empty = numbers((page) => page.error === null && page.text === '');
  const unread = numbers((page) => page.error !== null);
  const parts = [
    read === '' ? 'No page read' : `${/[–,]/.test(read) ? 'Pages' : 'Page'} ${read} read`,
    ...(unread === '' ? [] : [`${unread} unreadable`]),
    ...(empty === '' ? [] : [`${empty} without text`]),
  ];
  return `${parts.join(', ')}.`;
}

function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** From words to the places they stand at, once the pages are composed. */
import { joinPlaces, type PagePlace, type PageRead } from '@/server/papers/reading';
import type { Block } from './blocks';
import type { Word } from './words';

/** One place for each run of words that follow each other on a page; halves of a broken word touch. */
export function placesOf(parts: readonly { page: number; words: readonly Word[] }[]): PagePlace[] {
  const places: PagePlace[] = [];
  for (const { page, words } of parts) {
    const placed = words.filter((word) => word.start >= 0);
    if (placed.length === 0) continue;
    const start = Math.min(...placed.map((word) => word.start));
    const end = Math.max(...placed.map((word) => word.end));
    const last = places.at(-1);
    if (last !== undefined && last.page === page && start >= last.end && start - last.end <= 2) {
      last.end = end;
    } else places.push({ page, start, end });
  }
  return places;
}

export const placesOfBlocks = (blocks: readonly Block[]): PagePlace[] =>
  placesOf(
    blocks.map((block) => ({ page: block.page, words: block.lines.flatMap((l) => l.words) })),
  );

/** What stands there, in one line. */
export const textAt = (pages: readonly PageRead[], places: readonly PagePlace[]): string =>
  joinPlaces(
    places.map(({ page, start, end }) => pages[page - 1]?.text.slice(start, end) ?? ''),
  ).replace(/\s+/g, ' ');

/** The list of references, entry by entry. */
import type { PageRead, Reference } from '@/server/papers/reading';
import type { Block } from './blocks';
import { arxivIdIn, doiIn } from './identifiers';
import type { PageLayout } from './layout';
import type { Line } from './lines';
import { placesOf, textAt } from './places';

interface ListLine {
  line: Line;
  block: Block;
  /** First line of its block. */
  isFirst: boolean;
}

const LABEL = /^(?:\[(\w[\w+.-]{0,14})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)(?=\s|\p{L}|$)/u;

export function referencesOf(
  layouts: readonly PageLayout[],
  pages: readonly PageRead[],
): Reference[] {
  const lines = layouts.flatMap((page) =>
    page.blocks
      .filter((block) => block.kind === 'reference')
      .flatMap((block) =>
        block.lines.map((line, at): ListLine => ({ line, block, isFirst: at === 0 })),
      ),
  );
  const starts = isLabelled(lines) ? labelledStarts(lines) : hangingStarts(lines);
  const entries: ListLine[][] = [];
  for (const [at, one] of lines.entries()) {
    if (starts.has(at) || entries.length === 0) entries.push([]);
    entries.at(-1)!.push(one);
  }
  return entries
    .map((entry): Reference => {
      const places = placesOf(
        entry.map(({ line, block }) => ({ page: block.page, words: line.words })),
      );
      const text = textAt(pages, places);
      const label = LABEL.exec(text);
      const year = [...text.matchAll(/\b(1[89]\d{2}|20\d{2})[a-z]?\b/g)].at(0)?.[1];
      return {
        text,
        places,
        label: label?.[1] ?? label?.[2] ?? label?.[3] ?? null,
        doi: doiIn(text),
        arxivId: arxivIdIn(text),
        year: year === undefined ? null : Number(year),
      };
    })
    .filter(({ text, places }) => places.length > 0 && /\p{L}{2}/u.test(text));
}

const numberOf = (line: Line): number | null => {
  const label = LABEL.exec(line.text);
  const digits = label?.[1] ?? label?.[2] ?? label?.[3];
  return digits !== undefined && /^\d{1,3}$/.test(digits) ? Number(digits) : null;
};

function isLabelled(lines: readonly ListLine[]): boolean {
  const labels = lines.filter(({ line }) => LABEL.test(line.text));
  const brackets = labels.filter(({ line }) => line.text.startsWith('['));
  if (brackets.length >= Math.max(1, lines.length / 8)) return true;
  return labelledStarts(lines).size >= Math.max(2, lines.length / 8);
}

/** Labels that count up; a year or a page number at a line's start does not. */
function labelledStarts(lines: readonly ListLine[]): Set<number> {
  const starts = new Set<number>();
  let last = 0;
  for (const [at, { line }] of lines.entries()) {
    const number = numberOf(line);
    const isNext = number !== null && number > last && number <= last + 3;
    const isKey = number === null && /^\[\p{L}[\w+.-]*\]/u.test(line.text);
    if (isNext || isKey) {
      starts.add(at);
      if (isNext) last = number;
    }
  }
  return starts;
}

/** Without labels: first lines stand further left than the rest, or blocks are entries. */
function hangingStarts(lines: readonly ListLine[]): Set<number> {
  const starts = new Set<number>();
  const columns = new Map<number, number[]>();
  for (const { line, block } of lines) {
    const key = Math.round(block.columnLeft / 20);
    columns.set(key, [...(columns.get(key) ?? []), line.left]);
  }
  const leftmost = new Map([...columns].map(([key, lefts]) => [key, Math.min(...lefts)]));
  const isOut = ({ line, block }: ListLine) =>
    line.left - (leftmost.get(Math.round(block.columnLeft / 20)) ?? 0) < 0.5 * line.size;
  const out = lines.filter(isOut).length;
  const isHanging = out > 0 && out < 0.75 * lines.length;
  for (const [at, one] of lines.entries()) {
    if (isHanging ? isOut(one) : one.isFirst && /^[\p{Lu}\d[]/u.test(one.line.text)) starts.add(at);
  }
  return starts;
}

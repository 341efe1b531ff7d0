/** The text of a page, and where everything stands in it. */
import { createHash } from 'node:crypto';
import type { PageBlock, PageRead, PageWord } from '@/server/papers/reading';
import type { Block } from './blocks';
import { isTabular } from './blocks';
import type { PageLayout } from './layout';
import { isAmidIdeographs } from './letters';
import { type Line, parts } from './lines';
import type { Word } from './words';

/** Words as they stand within lines of the paper: they tell whether a hyphen belongs to a broken one. */
export type Vocabulary = ReadonlySet<string>;

export function vocabularyOf(pages: readonly PageLayout[]): Vocabulary {
  const words = new Set<string>();
  for (const page of pages) {
    for (const block of page.blocks) {
      for (const line of block.lines) {
        for (let at = 0; at < line.words.length - 1; at++) words.add(bare(line.words[at]!.text));
      }
    }
  }
  return words;
}

const bare = (text: string) => {
  const lower = text.toLowerCase();
  return PLAIN.test(lower) ? lower : lower.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '');
};

/** Most words are, and there is nothing to take off them. */
const PLAIN = /^[a-z\d]+$/;

/** Sets `start` and `end` of every word of the page, whose blocks stand as they are read. */
export function composePage(page: PageLayout, vocabulary: Vocabulary): PageRead {
  const draft = new Draft(vocabulary);
  const blocks: PageBlock[] = [];
  for (const block of page.blocks) {
    draft.part();
    const start = draft.text.length;
    draft.block(block);
    if (draft.text.length > start) {
      blocks.push({ start, end: draft.text.length, kind: block.kind, section: block.section });
    }
  }
  const hidden: [number, number][] = [];
  for (const [words, isHidden] of [
    [page.turned, false],
    [page.hidden, true],
  ] as const) {
    if (words.length === 0) continue;
    draft.part();
    const start = draft.text.length;
    draft.words(words);
    const end = draft.text.length;
    if (end === start) continue;
    blocks.push({ start, end, kind: 'other', section: 'other' });
    if (isHidden) hidden.push([start, end]);
  }
  return {
    number: page.number,
    widthPt: page.widthPt,
    heightPt: page.heightPt,
    text: draft.text,
    textSha256: createHash('sha256').update(draft.text, 'utf8').digest('hex'),
    words: draft.places,
    blocks,
    hidden,
    error: null,
  };
}

export function unreadPage(number: number, error: string): PageRead {
  return {
    number,
    widthPt: 0,
    heightPt: 0,
    text: '',
    textSha256: createHash('sha256').update('').digest('hex'),
    words: [],
    blocks: [],
    hidden: [],
    error,
  };
}

const FLOATS = new Set(['caption', 'table', 'footnote', 'other', 'footer', 'header']);

/** A figure or a footnote amid a sentence comes after the paragraph, as one reads it. */
export function floatsAside(blocks: readonly Block[]): Block[] {
  const ordered = [...blocks];
  for (let i = 0; i < ordered.length; i++) {
    if (ordered[i]!.kind !== 'paragraph' || !isUnfinished(ordered[i]!)) continue;
    let next = i + 1;
    while (next < ordered.length && FLOATS.has(ordered[next]!.kind)) next++;
    const rest = ordered[next];
    if (next === i + 1 || rest === undefined || !continuesWith(rest)) continue;
    ordered.splice(next, 1);
    ordered.splice(i + 1, 0, rest);
  }
  return ordered;
}

const isUnfinished = (block: Block) =>
  !/[.!?:]["”’)\]]*\d{0,3}$/.test(block.lines.at(-1)?.text ?? '.');

/** Whether a block reads on from one that stopped amid a sentence. */
function continuesWith(block: Block): boolean {
  return block.kind === 'paragraph' && /^[\p{Ll}\d("“'‘[]/u.test(block.lines[0]?.text ?? '');
}

const rounded = (value: number) => Math.round(value * 100) / 100;

class Draft {
  text = '';
  readonly places: PageWord[] = [];

  constructor(private readonly vocabulary: Vocabulary) {}

  part(): void {
    if (this.text !== '') this.text += '\n\n';
  }

  block({ lines, kind }: Block): void {
    const isTable = kind === 'table';
    for (const [at, line] of lines.entries()) {
      const before = lines[at - 1];
      if (before === undefined) {
        this.line(line, '');
      } else if (isTable && (isTabular(line) || isTabular(before))) {
        this.line(line, '\n');
      } else {
        this.line(line, this.joint(before.words.at(-1)!, line.words[0]!));
      }
    }
  }

  words(words: readonly Word[]): void {
    for (const [at, word] of words.entries()) {
      this.add(word, at > 0 && parts(words[at - 1]!, word) ? ' ' : '');
    }
  }

  private line(line: Line, joint: string): void {
    for (const [at, word] of line.words.entries()) {
      this.add(word, at === 0 ? joint : parts(line.words[at - 1]!, word) ? ' ' : '');
    }
  }

  /** What stands between the last word of a line and the first of the next; drops the hyphen of a broken word. */
  private joint(before: Word, word: Word): string {
    if (isAmidIdeographs(before.text, word.text)) return '';
    const stem = /^(.*\p{L})[-‐]$/u.exec(before.text)?.[1];
    if (stem === undefined)
      return /[-‐–—/]$/.test(before.text) && /^[\p{L}\d]/u.test(word.text) ? '' : ' ';
    if (!/^\p{L}/u.test(word.text)) return '';
    if (this.keepsHyphen(stem, word.text)) return '';
    this.text = this.text.slice(0, -1);
    const last = this.places.at(-1)!;
    last[1]--;
    before.end--;
    return '';
  }

  private keepsHyphen(stem: string, rest: string): boolean {
    if (/^\p{Lu}/u.test(rest)) return true;
    const [head, tail] = [bare(stem), bare(rest)];
    if (this.vocabulary.has(head + tail)) return false;
    return this.vocabulary.has(`${head}-${tail}`) || /\d$|-/.test(stem);
  }

  private add(word: Word, before: string): void {
    this.text += before;
    word.start = this.text.length;
    this.text += word.text;
    word.end = this.text.length;
    this.places.push([
      word.start,
      word.end,
      rounded(word.left),
      rounded(word.top),
      rounded(word.right - word.left),
      rounded(word.bottom - word.top),
    ]);
  }
}

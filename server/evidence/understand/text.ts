/** Reading words: everything here is locale-independent, so that browser, worker and verifier agree. */

/** Order of UTF-16 code units, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Six places, the precision of reports; never `-0`. */
export function round6(value: number): number {
  const rounded = Math.round((value + Number.EPSILON * Math.sign(value)) * 1e6) / 1e6;
  return rounded === 0 ? 0 : rounded;
}

export function sortedUnique(values: Iterable<string>): string[] {
  return [...new Set(values)].sort(byCodeUnit);
}

export interface Word {
  /** Lower case, without accents. */
  word: string;
  start: number;
  end: number;
  /** As written, to tell abbreviations from words. */
  raw: string;
}

const WORD = /[\p{L}\p{N}]+/gu;
const ACCENTS = /\p{M}+/gu;

export function fold(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').toLowerCase();
}

/** Words with their places in `text` (UTF-16 units). */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    found.push({ word: fold(raw), start: match.index, end: match.index + raw.length, raw });
  }
  return found;
}

/** Where `phrase` stands in `text`, word by word; indexes into `text`. */
export function phraseAt(text: readonly Word[], phrase: readonly string[]): number[] {
  const places: number[] = [];
  if (phrase.length === 0) return places;
  for (let i = 0; i + phrase.length <= text.length; i += 1) {
    let k = 0;
    while (k < phrase.length && text[i + k]!.word === phrase[k]) k += 1;
    if (k === phrase.length) places.push(i);
  }
  return places;
}

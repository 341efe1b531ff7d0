/** How near a reading comes to the truth; every score from 0 to 1. */

const FOLDED = /[\u0300-\u036f]/g;

/** Letters and figures alone, without accents and case. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .replace(FOLDED, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');

export const tokensOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(FOLDED, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same letters and figures in the same order. */
export const isSameTitle = (found: string, truth: string) => bare(found) === bare(truth);

/** F1 over authors; one is found when family name and first initial agree. */
export function authorsF1(found: readonly string[], truth: readonly string[]): number {
  const rest = [...truth];
  let hits = 0;
  for (const name of found) {
    const at = rest.findIndex((other) => isSamePerson(name, other));
    if (at === -1) continue;
    rest.splice(at, 1);
    hits++;
  }
  return f1(hits, found.length, truth.length);
}

function isSamePerson(found: string, truth: string): boolean {
  const [one, other] = [found, truth].map((name) => name.trim().split(/\s+/)) as [
    string[],
    string[],
  ];
  const [family, wanted] = [bare(one.at(-1) ?? ''), other.at(-1) ?? ''];
  // A letter that the truth's own file has lost stands for any.
  const pattern = new RegExp(
    `^${wanted
      .split('\ufffd')
      .map((part) => bare(part))
      .join('.{1,2}')}$`,
    'u',
  );
  return pattern.test(family) && bare(one[0] ?? '')[0] === bare(other[0] ?? '')[0];
}

/** F1 over the words, however ordered. */
export function tokenF1(found: string, truth: string): number {
  const [a, b] = [tokensOf(found), tokensOf(truth)];
  return f1(shared(a, b), a.length, b.length);
}

/** Share of the truth's runs of so many words that stand in the text. */
export function runRecall(text: string, truth: string, length: number): number {
  const runs = (words: string[]) =>
    words
      .slice(0, Math.max(0, words.length - length + 1))
      .map((_, at) => words.slice(at, at + length).join(' '));
  const known = new Set(runs(tokensOf(text)));
  const wanted = runs(tokensOf(truth));
  return wanted.length === 0 ? 1 : wanted.filter((run) => known.has(run)).length / wanted.length;
}

export function headingsF1(found: readonly string[], truth: readonly string[]): number {
  const plain = (texts: readonly string[]) => texts.map(headingKey).filter((text) => text !== '');
  const [a, b] = [plain(found), plain(truth)];
  return f1(shared(a, b), a.length, b.length);
}

export function headingsRecall(found: readonly string[], truth: readonly string[]): number {
  const [a, b] = [found.map(headingKey), truth.map(headingKey)];
  return b.length === 0 ? 1 : shared(a, b) / b.length;
}

const headingKey = (text: string) => bare(text.replace(/^(?:[\d.]+|[IVX]+\.|[A-H]\.)\s+/, ''));

function shared(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const one of b) counts.set(one, (counts.get(one) ?? 0) + 1);
  let hits = 0;
  for (const one of a) {
    const left = counts.get(one) ?? 0;
    if (left === 0) continue;
    counts.set(one, left - 1);
    hits++;
  }
  return hits;
}

const f1 = (hits: number, found: number, truth: number) =>
  found + truth === 0 ? 1 : (2 * hits) / (found + truth);

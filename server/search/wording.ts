/** How a chunk words what is asked: what counting words over the whole chunk does not see. */
import { B, type IndexSize, K1, type QuestionWord } from './candidates';
import { SENTENCE } from './tokens';

export interface Wording {
  /** BM25 of the whole chunk, title included. */
  bm25: number;
  /** BM25 of the best two sentences in a row, as if they were a chunk of their own. */
  passage: number;
  /** Rarity of the question's words that stand in the title. */
  title: number;
  /** Rarity of the question's neighbouring words that are neighbours here. */
  bigrams: number;
}

/** Stems in two sentences of a paper. */
const PASSAGE_LENGTH = 26;

export interface Asked {
  size: IndexSize;
  words: readonly QuestionWord[];
  /** Term ids in the order of the question. */
  order: readonly number[];
}

/** Reads chunks for one question. */
export function wordingReader({ size, words, order }: Asked) {
  const at = new Map(words.map((word, i) => [word.termId, i]));
  const weights = words.map((word) => word.weight);
  const pairs = new Map<number, number>();
  const pairKey = (a: number, b: number) => a * words.length + b;
  for (let i = 0; i + 1 < order.length; i++) {
    const [a, b] = [at.get(order[i]!), at.get(order[i + 1]!)];
    if (a === undefined || b === undefined || a === b) continue;
    pairs.set(pairKey(a, b), weights[a]! + weights[b]!);
  }
  const saturated = (tf: number, length: number, average: number) =>
    (tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * length) / average));
  const score = (counts: Uint16Array, length: number, average: number) => {
    let sum = 0;
    for (let w = 0; w < weights.length; w++) {
      if (counts[w]! > 0) sum += weights[w]! * saturated(counts[w]!, length, average);
    }
    return sum;
  };

  return (tokens: Int32Array): Wording => {
    const whole = new Uint16Array(words.length);
    const both = new Uint16Array(words.length);
    let before = new Uint16Array(words.length);
    let current = new Uint16Array(words.length);
    const seen = new Set<number>();
    let [length, lengthBefore, lengthNow] = [0, 0, 0];
    let [passage, title, bigrams] = [0, 0, 0];
    let sentence = -1;
    let previous: number | undefined;
    const endSentence = () => {
      if (sentence === 0) {
        for (let w = 0; w < weights.length; w++) if (current[w]! > 0) title += weights[w]!;
      }
      for (let w = 0; w < weights.length; w++) both[w] = before[w]! + current[w]!;
      passage = Math.max(passage, score(both, lengthBefore + lengthNow, PASSAGE_LENGTH));
      [before, current] = [current, before];
      current.fill(0);
      lengthBefore = lengthNow;
      lengthNow = 0;
    };
    for (const token of tokens) {
      if (token === SENTENCE) {
        if (sentence >= 0) endSentence();
        sentence++;
        previous = undefined;
        continue;
      }
      length++;
      lengthNow++;
      const w = at.get(token);
      if (w !== undefined) {
        whole[w]!++;
        current[w]!++;
        if (previous !== undefined) {
          const key = pairKey(previous, w);
          const worth = pairs.get(key);
          if (worth !== undefined && !seen.has(key)) {
            seen.add(key);
            bigrams += worth;
          }
        }
      }
      previous = w;
    }
    endSentence();
    return { bm25: score(whole, length, size.averageLength), passage, title, bigrams };
  };
}

/** Text that looks to a search like papers: rare and common words by Zipf's law, drawn by subject. */
import type { PlainDocument } from '@/server/search';

const WORDS = 40_000;
const SUBJECTS = 300;
/** Words of a chunk: some 160 of a paper's. */
const LENGTH = 160;

/** The same numbers every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const syllables = 'ba ce di fo gu ha ke li mo nu pa re si to vu xa ze'.split(' ');

/** A word of its own for each rank. */
function word(rank: number): string {
  let text = '';
  for (let left = rank + 17; left > 0; left = Math.floor(left / 17)) text += syllables[left % 17];
  return `${text}m`;
}

/** A rank by Zipf's law, by inverting its continuous form. */
const rankOf = (u: number): number => Math.floor(WORDS ** u) - 1;

export function* documents(count: number): Generator<PlainDocument> {
  const random = generator(7);
  for (let i = 0; i < count; i++) {
    const subject = Math.floor(random() * SUBJECTS);
    const draw = () => {
      const rank = rankOf(random());
      // Half of the rarer words are the subject's own.
      const own = rank > 400 && random() < 0.5;
      return word(own ? 400 + ((rank + subject * 7919) % (WORDS - 400)) : rank);
    };
    const sentence = () => `${Array.from({ length: 16 }, draw).join(' ')}.`;
    yield {
      id: String(i),
      title: Array.from({ length: 8 }, draw).join(' '),
      text: Array.from({ length: LENGTH / 16 }, sentence).join(' '),
    };
  }
}

/** Questions of ten words, as they stand in the text of documents. */
export function questions(of: readonly PlainDocument[], count: number): string[] {
  const random = generator(11);
  return Array.from({ length: count }, () => {
    const words = of[Math.floor(random() * of.length)]!.text.replaceAll('.', '').split(' ');
    return Array.from({ length: 10 }, () => words[Math.floor(random() * words.length)]).join(' ');
  });
}

import { describe, expect, it } from 'vitest';
import { type Mark, marked } from './marks';

const text = 'It was tried. It worked. It harmed some.';
const mark = (words: string, stance: Mark['stance'], of = 'asthma'): Mark => {
  const start = text.indexOf(words);
  return { start, end: start + words.length, stance, of };
};

describe('marked', () => {
  it('gives back the whole text with the sentences marked where they stand', () => {
    const pieces = marked(text, [
      mark('It harmed some.', 'contradicts'),
      mark('It worked.', 'supports'),
    ]);
    expect(pieces.map((p) => p.words).join('')).toBe(text);
    expect(pieces.filter((p) => p.mark).map((p) => [p.words, p.mark?.stance])).toEqual([
      ['It worked.', 'supports'],
      ['It harmed some.', 'contradicts'],
    ]);
  });
  it('joins what one sentence says of several indications, opposition first', () => {
    const pieces = marked(text, [
      mark('It worked.', 'supports'),
      mark('It worked.', 'contradicts', 'gout'),
    ]);
    expect(pieces.find((p) => p.mark)?.mark).toMatchObject({
      stance: 'contradicts',
      of: 'asthma, gout',
    });
  });
  it('marks nothing where a place does not fit the text', () => {
    const pieces = marked(text, [{ ...mark('It worked.', 'supports'), end: text.length + 1 }]);
    expect(pieces).toEqual([{ from: 0, words: text, mark: null }]);
  });
});

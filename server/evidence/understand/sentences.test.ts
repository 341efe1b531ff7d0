import { describe, expect, it } from 'vitest';
import { sentences } from './sentences';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each([
    ['One ended. Two began.', ['One ended.', 'Two began.']],
    [
      'Growth fell by 3.5% (P = .04). Survival rose.',
      ['Growth fell by 3.5% (P = .04).', 'Survival rose.'],
    ],
    ['Drug A vs. Drug B was tested. It worked.', ['Drug A vs. Drug B was tested.', 'It worked.']],
    ['As Smith et al. Found in 1999, it holds.', ['As Smith et al. Found in 1999, it holds.']],
    ['E. coli grew. S. aureus did not.', ['E. coli grew.', 'S. aureus did not.']],
    [
      'Patients of group A. Those of group B died.',
      ['Patients of group A.', 'Those of group B died.'],
    ],
    ['See Fig. 3 and no. 4. The rest follows.', ['See Fig. 3 and no. 4.', 'The rest follows.']],
    [
      'It was given i.v. Twice daily doses failed? Yes!',
      ['It was given i.v. Twice daily doses failed?', 'Yes!'],
    ],
    [
      'mTOR was blocked. p53 was not. α-Synuclein fell.',
      ['mTOR was blocked.', 'p53 was not.', 'α-Synuclein fell.'],
    ],
    ['No stop at the end', ['No stop at the end']],
    ['He said "it works." Then he left.', ['He said "it works."', 'Then he left.']],
    ['  Blanks around.  \n Next line. ', ['Blanks around.', 'Next line.']],
    ['Dose was 5 mg. 12 patients responded.', ['Dose was 5 mg.', '12 patients responded.']],
    ['', []],
    ['...', []],
  ])('%s', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('gives places in UTF-16 units', () => {
    const text = '🧪 tube was used. Then 🧫.';
    for (const { start, end } of sentences(text)) {
      expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
    }
    expect(split(text)[0]).toBe('🧪 tube was used.');
  });
});

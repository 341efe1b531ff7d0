import { expect, test } from 'vitest';
import { sentencesOf } from './sentences';

const split = (text: string) => sentencesOf(text).map(([start, end]) => text.slice(start, end));

test.each([
  ['Mice were fed. They slept.', ['Mice were fed.', 'They slept.']],
  [
    'As shown by Smith et al. (2019), it grew. We agree.',
    ['As shown by Smith et al. (2019), it grew.', 'We agree.'],
  ],
  ['See Fig. 2 and Eq. 3. Both hold.', ['See Fig. 2 and Eq. 3.', 'Both hold.']],
  [
    'Doses of 0.5 mg, e.g. twice daily, helped. P < .05 throughout.',
    ['Doses of 0.5 mg, e.g. twice daily, helped.', 'P < .05 throughout.'],
  ],
  ['J. B. Kortbeek wrote it. It was read.', ['J. B. Kortbeek wrote it.', 'It was read.']],
  [
    '1. Weigh. 2. Feed the mice. Fig. 3. Rest.',
    ['1. Weigh.', '2. Feed the mice.', 'Fig. 3.', 'Rest.'],
  ],
  ['Does it hold? Yes! It does.', ['Does it hold?', 'Yes!', 'It does.']],
  ['He said “no.” Then he left.', ['He said “no.”', 'Then he left.']],
  ['It was seen before. 44 Others differ.', ['It was seen before. 44', 'Others differ.']],
  ['It grew. 12 mice died.', ['It grew.', '12 mice died.']],
  ['It was seen before.12,13 Others differ.', ['It was seen before.12,13', 'Others differ.']],
  ['No full stop here', ['No full stop here']],
  ['これは文です。次の文です。', ['これは文です。', '次の文です。']],
  ['   ', []],
])('%s', (text, sentences) => {
  expect(split(text)).toEqual(sentences);
});

test('a run without a full stop is cut between words, so that no piece is endless', () => {
  const pieces = split('word '.repeat(2_000));
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.every((piece) => /^word( word)*$/.test(piece))).toBe(true);
});

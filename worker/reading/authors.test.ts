import { expect, test } from 'vitest';
import { authorOf, isName } from './authors';
import { arxivIdIn, doiIn } from './identifiers';

test.each([
  'Ada Lovelace',
  'J B Kortbeek',
  'Vincent van Gogh',
  'Jean-Niklas Antons',
  'M-C Boutron-Ruault',
  'Lance C. Pérez',
])('%s is a name', (text) => expect(isName(text)).toBe(true));

test.each([
  'Berlin',
  'Department of Surgery',
  'equal contribution',
  '10587 Berlin',
  'We thank Ada',
])('%s is none', (text) => expect(isName(text)).toBe(false));

test('particles belong to the family name', () => {
  expect(authorOf('Vincent van Gogh')).toEqual({
    name: 'Vincent van Gogh',
    given: 'Vincent',
    family: 'van Gogh',
  });
});

test.each([
  ['doi:10.1155/2010/157939', '10.1155/2010/157939'],
  ['https://doi.org/10.1145/3597503.3639130.', '10.1145/3597503.3639130'],
  ['(10.1016/S0140-6736(08)61345-8)', '10.1016/s0140-6736(08)61345-8'],
  ['version 10.2 of it', null],
])('DOI in %s', (text, doi) => expect(doiIn(text)).toBe(doi));

test.each([
  ['arXiv:1706.03762v7 [cs.CL] 2 Aug 2023', '1706.03762'],
  ['ArXiv ePrint: 0807.3577', '0807.3577'],
  ['arXiv:astro-ph/0601001', 'astro-ph/0601001'],
  ['see the archive', null],
])('arXiv id in %s', (text, id) => expect(arxivIdIn(text)).toBe(id));

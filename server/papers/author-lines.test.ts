import { expect, it } from 'vitest';
import { readAuthors, writeAuthors } from './author-lines';

it('reads names as they are typed', () => {
  expect(readAuthors('Curie, Marie \n\n Pierre  Curie\r\nWHO')).toEqual([
    { name: 'Marie Curie', family: 'Curie', given: 'Marie' },
    { name: 'Pierre Curie', family: 'Curie', given: 'Pierre' },
    { name: 'WHO', family: 'WHO', given: '' },
  ]);
});

it('reads what it wrote', () => {
  const authors = readAuthors('Curie, Marie\nWHO\nvan der Waals, Johannes');
  expect(readAuthors(writeAuthors(authors))).toEqual(authors);
});

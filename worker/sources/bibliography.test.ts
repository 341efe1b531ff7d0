import { describe, expect, it } from 'vitest';
import { sharesAuthor, titleLikeness } from '@/server/papers/same-work';
import { parseEntry } from './arxiv/parse';
import { nameOf, plainText } from './bibliography';
import { parseList, parseWork } from './crossref/parse';
import { parsePaper } from './semanticscholar';
import { snapshotOf } from './testing';

const json = (body: unknown) => snapshotOf('pubmed', JSON.stringify(body));

describe('records of bibliographic sources', () => {
  it('are read from Crossref, with markup and case put right', () => {
    const work = {
      DOI: '10.1000/ABC',
      title: ['H<sub>2</sub>O &amp; life'],
      abstract: '<jats:title>Abstract</jats:title><jats:p>Water  is\nwet.</jats:p>',
      author: [{ family: 'Hopper', given: 'Grace' }, { name: 'The Water Group' }, {}],
      issued: { 'date-parts': [[2020, 5]] },
      relation: { 'is-preprint-of': [{ 'id-type': 'doi', id: '10.1000/XYZ' }] },
    };
    expect(parseWork(json({ message: work }))).toEqual({
      url: 'https://doi.org/10.1000/abc',
      values: {
        title: 'H2O & life',
        abstract: 'Water is wet.',
        authors: [
          { name: 'Grace Hopper', family: 'Hopper', given: 'Grace' },
          { name: 'The Water Group', family: 'The Water Group', given: '' },
        ],
        year: 2020,
        doi: '10.1000/abc',
        articleDoi: '10.1000/xyz',
      },
    });
    expect(parseList(json({ message: { items: [work, { odd: true }] } }))).toHaveLength(1);
    expect(() => parseWork(json({ message: [] }))).toThrow('unknown form');
  });

  it('leave out what a source does not say', () => {
    const bare = { DOI: '10.1/x', title: [], issued: { 'date-parts': [[null]] } };
    expect(parseWork(json({ message: bare })).values).toEqual({ doi: '10.1/x' });
    expect(parsePaper(json({ paperId: 'a', title: null, authors: [] })).values).toEqual({});
  });

  it('are read from arXiv; an id nobody has gives none', () => {
    const entry = (inside: string) =>
      snapshotOf('pubmed', `<feed xmlns:arxiv="a"><title>query</title>${inside}</feed>`);
    const one = entry(
      '<entry><title>On\n  sleep</title><author><name>Ada Lovelace</name></author><published>2021-02-03</published><summary>So &lt; so.</summary><arxiv:doi>10.1/Y</arxiv:doi></entry>',
    );
    expect(parseEntry(one, '2102.00001')?.values).toEqual({
      title: 'On sleep',
      authors: [{ name: 'Ada Lovelace', family: 'Lovelace', given: 'Ada' }],
      year: 2021,
      abstract: 'So < so.',
      arxivId: '2102.00001',
      articleDoi: '10.1/y',
    });
    expect(parseEntry(entry(''), 'x')).toBeNull();
    expect(parseEntry(entry('<entry><title>Error</title></entry>'), 'x')).toBeNull();
  });

  it('put names and texts into the library’s form', () => {
    expect(nameOf(' Ada  Augusta Lovelace ')).toEqual({
      name: 'Ada Augusta Lovelace',
      family: 'Lovelace',
      given: 'Ada Augusta',
    });
    expect(plainText(' <p> </p> ')).toBeNull();
    expect(plainText(null)).toBeNull();
  });
});

describe('whether a record is about the same work', () => {
  it('looks at the words of the titles', () => {
    const title = 'Déjà vu: a study of memory';
    expect(titleLikeness(title, 'Deja Vu – A Study of Memory')).toBe(1);
    expect(titleLikeness(title, 'Growing barley under stress')).toBe(0);
    expect(titleLikeness('', '')).toBe(0);
  });
  it('looks for an author in common', () => {
    const [ada, grace] = [nameOf('Ada Lovelace'), nameOf('Grace Hopper')];
    expect(sharesAuthor([ada, grace], [{ name: 'Hopper G', family: 'HOPPER' }])).toBe(true);
    expect(sharesAuthor([ada], [grace])).toBe(false);
    expect(sharesAuthor([], [grace])).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { accepted } from './fields';

const at = '2026-01-01T00:00:00.000Z';
const from = (from: 'person' | 'crossref' | 'page' | 'file') => ({ from, at });

describe('which value of a field stands', () => {
  it('lets a source correct the pages, and never a person', () => {
    const standing = { title: from('page'), year: from('person') };
    const proposal = {
      title: { value: 'Corrected', origin: from('crossref') },
      year: { value: 1999, origin: from('crossref') },
      doi: { value: '10.1/x', origin: from('crossref') },
    };
    expect(accepted(standing, proposal)).toEqual({
      values: { title: 'Corrected', doi: '10.1/x' },
      origins: { title: from('crossref'), doi: from('crossref') },
    });
  });

  it('keeps what a source said when the pages are read again', () => {
    const standing = { title: from('crossref'), abstract: from('page') };
    const proposal = {
      title: { value: 'As read', origin: from('page') },
      abstract: { value: 'Read anew', origin: from('page') },
    };
    expect(accepted(standing, proposal).values).toEqual({ abstract: 'Read anew' });
  });

  it('keeps a field empty that a person emptied', () => {
    const proposal = { doi: { value: '10.1/wrong', origin: from('page') } };
    expect(accepted({ doi: from('person') }, proposal).values).toEqual({});
  });
});

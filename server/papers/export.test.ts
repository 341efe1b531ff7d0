import { describe, expect, it } from 'vitest';
import { toBibtex, toRis } from '@/server/reports/exports';
import { cslOf, type ExportedPaper, toPapersCsv } from './export';

const paper: ExportedPaper = {
  id: '3f2a9b1c-0000-4000-8000-000000000000',
  title: '=Iron & sleep: {100 %} of adults',
  authors: [
    { name: 'Ada Lovelace', family: 'Lovelace', given: 'Ada' },
    { name: 'The Iron Consortium', family: '', given: '' },
  ],
  abstract: null,
  year: 2019,
  venue: 'Journal of Iron',
  doi: '10.1000/xyz',
  arxivId: null,
  tags: ['iron', 'to read'],
  pageCount: 12,
  processingStatus: 'ready',
  fileHash: 'a'.repeat(64),
  createdAt: new Date('2026-01-02T03:04:05Z'),
};

describe('exported papers', () => {
  it('are CSL items with what is known and nothing else', () => {
    expect(cslOf(paper)).toEqual({
      id: 'lovelace-2019-iron-3f2a9b1c',
      type: 'article-journal',
      title: paper.title,
      author: [{ family: 'Lovelace', given: 'Ada' }, { literal: 'The Iron Consortium' }],
      issued: { 'date-parts': [[2019]] },
      'container-title': 'Journal of Iron',
      DOI: '10.1000/xyz',
      URL: 'https://doi.org/10.1000/xyz',
      custom: { paperId: paper.id, fileSha256: paper.fileHash },
    });
    const bare = { ...paper, authors: [], year: null, venue: null, doi: null, title: '?' };
    expect(cslOf(bare)).toEqual({
      id: 'paper-3f2a9b1c',
      type: 'article-journal',
      title: '?',
      custom: { paperId: paper.id, fileSha256: paper.fileHash },
    });
    expect(cslOf({ ...bare, arxivId: '2106.01345' })).toMatchObject({
      type: 'article',
      publisher: 'arXiv',
      URL: 'https://arxiv.org/abs/2106.01345',
    });
  });

  it('go through BibTeX, RIS and CSV with their signs escaped', () => {
    const items = [cslOf(paper)];
    expect(toBibtex(items, 'origin')).toContain(
      'title = {{=Iron \\& sleep: \\{100 \\%\\} of adults}}',
    );
    expect(toBibtex(items, 'origin')).toContain(
      'author = {Lovelace, Ada and {The Iron Consortium}}',
    );
    expect(toRis(items, 'origin')).toContain('AU  - The Iron Consortium\r\n');
    const [, row] = toPapersCsv([paper]).split('\r\n');
    expect(row).toContain("'=Iron & sleep");
    expect(row).toContain(
      ',2019,Journal of Iron,10.1000/xyz,,https://doi.org/10.1000/xyz,iron; to read,12,ready,',
    );
  });
});

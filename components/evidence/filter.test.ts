import { describe, expect, it } from 'vitest';
import type { EvidenceRow } from '@/server/evidence/rows';
import { type EvidenceFilter, facetCounts, narrow, shownId } from './filter';

const row = (id: string, more: Partial<EvidenceRow> = {}): EvidenceRow => ({
  id,
  kind: 'trial',
  source: 'clinicaltrials',
  externalId: id,
  title: `Title ${id}`,
  url: 'https://example.org',
  publishedOn: null,
  level: null,
  demo: false,
  summary: null,
  role: null,
  stance: null,
  alarm: null,
  indications: [],
  ...more,
});
const all: EvidenceFilter = {
  kind: [],
  source: [],
  level: [],
  stance: [],
  role: [],
  alarm: [],
  indication: [],
  search: '',
  sort: '',
};
const ids = (rows: EvidenceRow[]) => rows.map((r) => r.id);

const rows = [
  row('a', { level: 'L3', publishedOn: '2020', indications: ['D1', 'D2'] }),
  row('b', { level: 'L1', publishedOn: '2010' }),
  row('c', { alarm: 'terminated', indications: ['D2'] }),
  row('d', {
    kind: 'article',
    source: 'pubmed',
    stance: 'contradicts',
    level: 'L1',
    publishedOn: '2024',
  }),
  row('e', { kind: 'compound', source: 'pubchem', publishedOn: '2025' }),
];

describe('narrow', () => {
  it('shows what failed first, then the strongest, then by kind', () => {
    expect(ids(narrow(rows, all))).toEqual(['c', 'b', 'd', 'a', 'e']);
  });
  it('filters and searches', () => {
    expect(ids(narrow(rows, { ...all, kind: ['article'] }))).toEqual(['d']);
    expect(ids(narrow(rows, { ...all, level: ['none'] }))).toEqual(['c', 'e']);
    expect(ids(narrow(rows, { ...all, indication: ['D2'] }))).toEqual(['c', 'a']);
    expect(ids(narrow(rows, { ...all, alarm: ['terminated'] }))).toEqual(['c']);
    expect(ids(narrow(rows, { ...all, search: 'TITLE B' }))).toEqual(['b']);
  });
  it('keeps what is not known last in both directions', () => {
    expect(ids(narrow(rows, { ...all, sort: 'date.desc' }))).toEqual(['e', 'd', 'a', 'b', 'c']);
    expect(ids(narrow(rows, { ...all, sort: 'date.asc' }))).toEqual(['b', 'a', 'd', 'e', 'c']);
  });
});

describe('facetCounts', () => {
  it('counts what a choice would leave under the other filters', () => {
    const articles = { ...all, kind: ['article'] };
    expect(facetCounts(rows, articles, 'kind')).toEqual([
      { value: 'trial', count: 3 },
      { value: 'article', count: 1 },
      { value: 'compound', count: 1 },
    ]);
    expect(facetCounts(rows, articles, 'source')).toEqual([
      { value: 'clinicaltrials', count: 0 },
      { value: 'pubchem', count: 0 },
      { value: 'pubmed', count: 1 },
    ]);
  });
  it('counts a record for each of its indications, most first', () => {
    expect(facetCounts(rows, all, 'indication')).toEqual([
      { value: 'D2', count: 2 },
      { value: 'D1', count: 1 },
    ]);
  });
  it('asks only articles for a direction', () => {
    expect(facetCounts(rows, all, 'stance')).toEqual([{ value: 'contradicts', count: 1 }]);
  });
});

describe('shownId', () => {
  it('leaves out what a connector added', () => {
    const target = row('CHEMBL25:target:EGFR', { source: 'opentargets', kind: 'target' });
    expect(shownId(target)).toBe('CHEMBL25');
    expect(shownId(row('PAT:EP1000000', { source: 'europepmc', kind: 'patent' }))).toBe(
      'EP1000000',
    );
    expect(shownId(row('adverse-event:Nausea', { kind: 'adverse-event' }))).toBeNull();
    expect(shownId(row('NCT00000001'))).toBe('NCT00000001');
  });
});

import { describe, expect, it } from 'vitest';
import { type EvidenceFilter, type EvidenceRow, facetCounts, narrow, phaseWords } from './rows';

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
  ...more,
});
const all: EvidenceFilter = { kind: [], source: [], level: [], stance: [], search: '', sort: '' };
const ids = (rows: EvidenceRow[]) => rows.map((r) => r.id);

describe('narrow', () => {
  const rows = [
    row('a', { level: 'L3', publishedOn: '2020' }),
    row('b', { level: 'L1', publishedOn: '2010' }),
    row('c', { alarm: 'terminated' }),
    row('d', {
      kind: 'article',
      source: 'pubmed',
      stance: 'contradicts',
      level: 'L1',
      publishedOn: '2024',
    }),
  ];
  it('shows what failed first, then the strongest, then the newest', () => {
    expect(ids(narrow(rows, all))).toEqual(['c', 'd', 'b', 'a']);
  });
  it('filters, searches and sorts', () => {
    expect(ids(narrow(rows, { ...all, kind: ['article'] }))).toEqual(['d']);
    expect(ids(narrow(rows, { ...all, level: ['none'] }))).toEqual(['c']);
    expect(ids(narrow(rows, { ...all, search: 'TITLE B' }))).toEqual(['b']);
    expect(ids(narrow(rows, { ...all, sort: 'date.desc' }))).toEqual(['d', 'a', 'b', 'c']);
  });
  it('counts what a choice would leave under the other filters', () => {
    expect(facetCounts(rows, { ...all, kind: ['article'] }, 'kind')).toEqual([
      { value: 'article', count: 1 },
      { value: 'trial', count: 3 },
    ]);
    expect(facetCounts(rows, { ...all, kind: ['article'] }, 'source')).toEqual([
      { value: 'clinicaltrials', count: 0 },
      { value: 'pubmed', count: 1 },
    ]);
  });
});

describe('phaseWords', () => {
  it('says what the registry means', () => {
    expect(phaseWords(['PHASE1', 'PHASE2'])).toBe('phase 1/2');
    expect(phaseWords(['NA'])).toBe('no phase');
    expect(phaseWords(null)).toBeNull();
  });
});

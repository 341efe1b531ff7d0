import { describe, expect, it } from 'vitest';
import type { ComparedMolecule } from '@/server/reports/compare';
import type { Candidate } from '@/server/reports/schema';
import { compareCsv } from './csv';
import { compareSections } from './rows';

const candidate = (indication: string): Candidate => ({
  indication,
  ids: { mesh: null, efo: [] },
  label: 'Investigate',
  labelReason: '',
  support: { low: 0, high: 0.2 },
  against: { low: 0.1, high: 0.1 },
  interval: { low: -0.1, high: 0.1 },
  terms: [],
  unknown: [],
  flips: [],
  bestPhase: null,
  approved: false,
  trials: { total: 2, studied: 1, byStatus: {}, stopped: 0, negative: 1, withResults: 0 },
  articles: { supports: 0, contradicts: 0, unclear: 0 },
  evidenceIds: [],
});

function molecule(name: string, more: Partial<ComparedMolecule> = {}): ComparedMolecule {
  return {
    jobId: `job-${name}`,
    status: 'completed',
    name,
    formula: null,
    massDa: null,
    subject: { name, canonicalSmiles: null, inchiKey: null, matchedBy: 'name', xrefs: {} },
    isDemo: false,
    version: 1,
    reportHash: 'f'.repeat(64),
    finishedAt: null,
    decision: { label: 'Investigate', candidate: null, reason: 'it lies between' },
    candidates: [],
    sources: [
      {
        id: 'clinicaltrials',
        outcome: 'ok',
        reason: null,
        requests: 1,
        records: 3,
        retrievedAt: null,
      },
    ],
    evidenceCount: 3,
    trials: {
      named: 3,
      studied: 1,
      byPhase: [{ phase: 'Phase 2', count: 1 }],
      byState: { 'not-met': 1 },
    },
    safety: { labels: 0, boxed: [], withdrawal: 'none', warnings: [], reactions: [] },
    mechanisms: [],
    targets: [],
    ...more,
  };
}

function cells(molecules: ComparedMolecule[], section: string, term: string, all = false) {
  const rows = compareSections(molecules, all).find(({ id }) => id === section)?.rows ?? [];
  return rows.find((row) => row.term === term)?.cells.map(({ text }) => text);
}

describe('compareSections', () => {
  it('never turns a source that failed into "none"', () => {
    const silent = molecule('b', {
      sources: [
        {
          id: 'clinicaltrials',
          outcome: 'failed',
          reason: 'no answer',
          requests: 3,
          records: 0,
          retrievedAt: null,
        },
      ],
      trials: null,
    });
    const both = [molecule('a', { candidates: [candidate('Gout')] }), silent];
    expect(cells(both, 'candidates', 'Gout')?.[1]).toMatch(/^not known/);
    expect(cells(both, 'trials', 'Studying it')).toEqual(['1', null]);
    expect(cells(both, 'safety', 'Boxed warning')).toEqual([null, null]);
    expect(cells(both, 'sources', 'ClinicalTrials.gov')).toEqual([
      'answered, 3 records',
      'failed (no answer)',
    ]);
  });

  it('says what it leaves out, and gives all of it when asked', () => {
    const many = [
      molecule('a', { candidates: Array.from({ length: 12 }, (_, i) => candidate(`Only ${i}`)) }),
      molecule('b'),
    ];
    const section = (all: boolean) =>
      compareSections(many, all).find(({ id }) => id === 'candidates');
    expect(section(false)).toMatchObject({ left: 4 });
    expect(section(false)?.rows).toHaveLength(8);
    expect(section(true)).toMatchObject({ left: 0 });
  });
});

describe('compareCsv', () => {
  it('has a column for each molecule and every row of the page', () => {
    const lines = compareCsv([
      molecule('a', { candidates: [candidate('Gout, chronic')] }),
      molecule('b'),
    ]).split('\r\n');
    expect(lines[0]).toBe('section,row,note,a,b');
    const gout = lines.find((line) => line.includes('Gout'));
    expect(gout).toContain('"Gout, chronic",unmapped,"Investigate; interval −0.10 to 0.10;');
    expect(gout).toContain('not among its candidates');
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceId, reportHash } from './hash';
import type { Report } from './schema';

function report(): Report {
  return {
    schema: 'phial.report/1',
    reportHash: '',
    job: { id: 'j', kind: 'molecule', status: 'completed', startedAt: null, finishedAt: null },
    subject: { name: 'x', canonicalSmiles: null, inchiKey: null, matchedBy: 'name', xrefs: {} },
    options: { indication: null, sources: ['pubmed'], maxRequests: 10 },
    decision: { label: 'Insufficient evidence', candidate: null, reason: 'no candidate' },
    candidates: [],
    sources: [
      { id: 'pubmed', outcome: 'ok', reason: null, requests: 2, records: 1, retrievedAt: 't' },
    ],
    evidence: [
      {
        id: 'e',
        kind: 'article',
        source: 'pubmed',
        externalId: '1',
        title: 't',
        url: 'https://pubmed.ncbi.nlm.nih.gov/1/',
        publishedOn: null,
        level: null,
        licence: 'l',
        connectorVersion: '1',
        retrievedAt: 't',
        snapshotSha256: 's',
      },
    ],
    claims: [
      {
        id: 'c',
        section: 's',
        template: 't@1',
        slots: {},
        text: 'T',
        verdict: 'verified',
        phrased: { text: 'P', sha256: 'h', verdict: 'verified' },
        citations: [
          {
            evidenceId: 'e',
            snapshotSha256: 's',
            pointer: '/a',
            value: { requests: 1, retrievedAt: 'cited', phrased: 1 },
          },
        ],
      },
    ],
    dropped: 0,
    droppedPhrasings: 0,
    attributions: [],
    versions: { app: '1', weights: '1', rdkit: '1' },
  };
}

describe('reportHash', () => {
  it('stays when only what differs between runs changes', () => {
    const other = report();
    other.reportHash = 'f'.repeat(64);
    other.job.id = 'another';
    other.job.finishedAt = 'later';
    other.sources[0]!.requests = 9;
    other.sources[0]!.retrievedAt = null;
    other.evidence[0]!.retrievedAt = null;
    delete other.claims[0]!.phrased;
    other.droppedPhrasings = 4;
    expect(reportHash(other)).toBe(reportHash(report()));
  });

  it.each([
    ['the label', (r: Report) => (r.decision.label = 'Go')],
    ['a reason', (r: Report) => (r.sources[0]!.reason = 'x')],
    ['records', (r: Report) => (r.sources[0]!.records = 2)],
    ['a claim', (r: Report) => (r.claims[0]!.text = 'U')],
    ['the count of dropped claims', (r: Report) => (r.dropped = 1)],
    ['a version', (r: Report) => (r.versions.weights = '2')],
    [
      'a cited value whose member is named like a field left out',
      (r: Report) => Object.assign(r.claims[0]!.citations[0]!, { value: { requests: 2 } }),
    ],
  ])('changes with %s', (_, change) => {
    const other = report();
    change(other);
    expect(reportHash(other)).not.toBe(reportHash(report()));
  });
});

it('makes evidence ids of source and external id', () => {
  expect(evidenceId('pubmed', '123')).toBe(
    createHash('sha256').update('pubmed\n123').digest('hex'),
  );
  expect(evidenceId('pubmed', '12')).not.toBe(evidenceId('pubmed\n1', '2'));
});

import { expect, it } from 'vitest';
import type { Report } from '../schema';
import { EvidenceList } from './evidence-list';
import { sampleReport } from './sample';
import type { CitationEntry, Part } from './view';

const report = sampleReport({ records: 12 });

function entriesOf(of: Report): CitationEntry[] {
  const part = new EvidenceList(of, []).parts().find(({ kind }) => kind === 'citations');
  return (part as Extract<Part, { kind: 'citations' }>).entries;
}

it('numbers every record once, and each cited place once', () => {
  const entries = entriesOf(report);
  expect(entries.map(({ number }) => number)).toEqual(report.evidence.map((_, index) => index + 1));
  const places = new Set(
    report.claims.flatMap(({ citations }) => citations.map((c) => JSON.stringify(c))),
  );
  expect(entries.flatMap((entry) => entry.places)).toHaveLength(places.size);
});

it('leads each marker to a place in the list', () => {
  const list = new EvidenceList(report, []);
  const anchors = new Set(
    entriesOf(report).flatMap(({ anchor, places }) => [
      anchor,
      ...places.map((place) => place.anchor),
    ]),
  );
  for (const claim of report.claims) {
    for (const mark of list.marks(claim)) {
      expect(anchors).toContain(typeof mark === 'string' ? mark : mark.to);
    }
  }
});

it('says that evidence is missing, that a place is in a further response, and that a value is cut', () => {
  const [claim] = report.claims;
  const [citation] = claim?.citations ?? [];
  if (!claim || !citation) throw new Error('the sample has no claim');
  const altered = [
    { ...citation, evidenceId: '0'.repeat(64) },
    { ...citation, snapshotSha256: 'f'.repeat(64) },
    { ...citation, value: ['x'.repeat(5000)] },
    { ...citation, value: 'y'.repeat(5000) },
  ];
  const shown = JSON.stringify(
    entriesOf({ ...report, claims: [{ ...claim, citations: altered }] } as Report),
  );
  expect(shown).toContain('Evidence missing from the report');
  expect(shown).toContain('in the further response');
  expect(shown).toContain('240 of 5004 characters');
  expect(shown).toContain('1200 of 5000 characters');
});

it('shortens long references', () => {
  const list = new EvidenceList(sampleReport({ records: 120 }), []);
  const every = sampleReport({ records: 120 }).evidence.map(({ id }) => id);
  expect(list.references(every)).toEqual(['', { text: `1–${every.length}`, to: 'e1' }]);
});

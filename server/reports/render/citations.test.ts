import { expect, it } from 'vitest';
import type { Citation } from '@/server/evidence/schema';
import type { Claim, ReportEvidence } from '../schema';
import { CitationList } from './citations';
import { sampleReport } from './sample';

const evidence = sampleReport({ records: 12 }).evidence.slice(0, 4) as ReportEvidence[];
const known = {
  byId: new Map(evidence.map((each) => [each.id, each])),
  retracted: new Set<string>(),
};

function cite(index: number, pointer: string): Citation {
  const { id, snapshotSha256 } = evidence[index] as ReportEvidence;
  return { evidenceId: id, snapshotSha256, pointer, value: pointer };
}

function claim(...citations: Citation[]): Claim {
  const shared = { id: 'c', section: 's', template: 't@1', slots: {}, text: '' };
  return { ...shared, citations, verdict: 'verified' };
}

const texts = (list: CitationList, ...citations: Citation[]) =>
  list.mark(claim(...citations)).map((run) => (typeof run === 'string' ? run : run.text));

it('numbers entries by first use and letters their places', () => {
  const list = new CitationList('b', known);
  expect(texts(list, cite(2, '/x'), cite(2, '/y'), cite(2, '/z'))).toEqual(['1a-c']);
  expect(texts(list, cite(2, '/z'), cite(2, '/x'))).toEqual(['1ac']);
  expect(texts(list, cite(0, '/x'))).toEqual(['2a']);
  expect(list.view().map(({ places }) => places.length)).toEqual([3, 1]);
});

it('draws consecutive entries together only where the same places are cited', () => {
  const list = new CitationList('b', known);
  expect(texts(list, cite(0, '/x'), cite(1, '/x'), cite(2, '/x'))).toEqual(['1a–3a']);
  expect(texts(list, cite(0, '/y'), cite(1, '/x'), cite(2, '/x'))).toEqual(['1b', '2a–3a']);
});

it('leads to the first place of a marker', () => {
  const list = new CitationList('b', known);
  list.mark(claim(cite(0, '/x')));
  const [mark] = list.mark(claim(cite(0, '/y')));
  const [entry] = list.view();
  expect(mark).toMatchObject({ text: '1b', to: 'b-c1b' });
  expect(entry?.places.map(({ anchor }) => anchor)).toContain('b-c1b');
});

it('keeps two responses of one record apart', () => {
  const list = new CitationList('b', known);
  const further = { ...cite(0, '/x'), snapshotSha256: 'f'.repeat(64) };
  expect(texts(list, cite(0, '/x'), further)).toEqual(['1a–2a']);
  expect(JSON.stringify(list.view()[1])).toContain('further response');
});

it('says that evidence is missing, and that a long value is cut', () => {
  const list = new CitationList('b', known);
  const lost = { ...cite(0, '/x'), evidenceId: '0'.repeat(64), value: 'x'.repeat(5000) };
  list.mark(claim(lost as Citation));
  const view = JSON.stringify(list.view());
  expect(view).toContain('missing from the report');
  expect(view).toContain('1200 of 5000 characters');
});

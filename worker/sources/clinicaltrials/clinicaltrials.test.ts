import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftOf, said } from '@/server/evidence/schema';
import { skipAllFor } from '@/tests/skip';
import { SourceFault } from '../contract';
import {
  answering,
  brokenPlaces,
  gather,
  noSimulator,
  ScriptedHttp,
  type Simulator,
  simulated,
  snapshotOf,
  startSimulator,
  subjectNamed,
} from '../testing';
import { clinicaltrials } from '.';
import { parseStudies } from './parse';
import { studiesRequest } from './requests';

const PAGE = readFileSync(new URL('fixtures/page.json', import.meta.url), 'utf8');

function parsed() {
  const snapshot = snapshotOf('clinicaltrials', PAGE);
  const page = parseStudies(snapshot);
  const [full, sparse] = page.trials as [DraftOf<'trial'>, DraftOf<'trial'>];
  return { snapshot, page, full, sparse };
}

describe('the request', () => {
  it('joins the quoted names with OR and asks for whole records', () => {
    const { url } = studiesRequest(subjectNamed('Imatinib', 'imatinib', 'STI "571"'), null);
    const asked = new URL(url).searchParams;
    expect(asked.get('query.intr')).toBe('"Imatinib" OR "STI 571"');
    expect(asked.has('fields')).toBe(false);
    expect(asked.has('pageToken')).toBe(false);
  });

  it('refuses a compound without a name', () => {
    expect(clinicaltrials.refuses(subjectNamed())).toBe('the compound has no name to search with');
    expect(clinicaltrials.refuses(subjectNamed('imatinib'))).toBeNull();
  });
});

describe('reading a page', () => {
  it('cites every fact at the place where it stands', () => {
    const { snapshot, page } = parsed();
    expect(brokenPlaces(page.trials, [snapshot])).toEqual([]);
  });

  it('reads a trial with results in full', () => {
    const { full } = parsed();
    const { facts } = full;
    expect(full).toMatchObject({
      externalId: 'NCT90000001',
      url: 'https://clinicaltrials.gov/study/NCT90000001',
      publishedOn: '2019-01-04',
    });
    expect(said(facts.title)).toContain('🧪');
    expect(said(facts.phases)).toEqual(['PHASE2', 'PHASE3']);
    expect(said(facts.whyStopped)).toMatch(/^Interim analysis/);
    expect(said(facts.enrolment)).toBe(120);
    expect(facts.conditions.map(said)).toEqual(['Invented Fever', 'Fever/Chills ~ Mild']);
    expect(facts.arms.map((arm) => said(arm.type))).toEqual(['EXPERIMENTAL', 'PLACEBO_COMPARATOR']);
    expect(facts.interventions[0]?.otherNames.map(said)).toEqual(['EX-1', 'Examplar']);
    expect(facts.references.map(({ pmid }) => said(pmid))).toEqual(['90000011']);
  });

  it('takes the indexed descriptors and never their ancestors', () => {
    const { facts } = parsed().full;
    expect(facts.conditionMesh.map(({ id, term }) => [said(id), said(term)])).toEqual([
      ['D999901', 'Fever, Invented'],
    ]);
  });

  it('takes the analyses of primary outcomes only, groups in the order compared', () => {
    const { primaryAnalyses } = parsed().full.facts;
    expect(primaryAnalyses).toHaveLength(1);
    expect(said(primaryAnalyses[0]?.pValue)).toBe('0.62');
    expect(primaryAnalyses[0]?.groupTitles.map(said)).toEqual(['Control', 'Active']);
  });

  it('leaves unknown things null', () => {
    const { sparse } = parsed();
    expect(sparse).toMatchObject({ title: 'Only an Official Title', publishedOn: '2025-03' });
    expect(said(sparse.facts.status)).toBe('SOME_FUTURE_STATUS');
    expect(sparse.facts).toMatchObject({
      phases: null,
      enrolment: null,
      hasResults: null,
      whyStopped: null,
      sponsor: null,
      arms: [],
      primaryAnalyses: [],
    });
    expect(sparse.facts.conditions.map(said)).toEqual(['Cough']);
  });

  it('counts records of which nothing can be said', () => {
    expect(parsed().page.leftOut).toBe(1);
  });

  it('reads a body with a byte order mark', () => {
    const snapshot = snapshotOf('clinicaltrials', `\uFEFF${PAGE}`);
    expect(brokenPlaces(parseStudies(snapshot).trials, [snapshot])).toEqual([]);
  });

  it.each(['{"studies": [', '<html></html>', '{"error":"x"}', '[]', 'null', '{"studies":{}}'])(
    'calls %s unreadable, not empty',
    (body) => {
      expect(() => parseStudies(snapshotOf('clinicaltrials', body))).toThrow(
        expect.objectContaining({ name: 'SourceFault', kind: 'unreadable' }),
      );
    },
  );
});

describe('asking', () => {
  it('follows the page tokens to the end', async () => {
    const http = answering(
      'clinicaltrials',
      { studies: [], nextPageToken: 'a b' },
      { totalCount: 0, studies: [] },
    );
    const { capped } = await gather(clinicaltrials, subjectNamed('imatinib'), http);
    expect(capped).toEqual([]);
    expect(http.requests.map(({ url }) => new URL(url).searchParams.get('pageToken'))).toEqual([
      null,
      'a b',
    ]);
  });

  it('stops at 500 trials and says so', async () => {
    const http = answering(
      'clinicaltrials',
      ...Array.from({ length: 9 }, () => ({ studies: [], nextPageToken: 'more' })),
    );
    const { capped } = await gather(clinicaltrials, subjectNamed('imatinib'), http);
    expect(http.requests).toHaveLength(5);
    expect(capped).toEqual(['only the first 500 trials of the search were read']);
  });

  it('asks for smaller pages from the one on that is too large', async () => {
    const http = new ScriptedHttp('clinicaltrials', ({ url }) => {
      const asked = new URL(url).searchParams;
      const isTooLarge = asked.get('pageToken') === 'b' && asked.get('pageSize') === '100';
      if (isTooLarge) throw new SourceFault('too-large', 'too large');
      const next: Record<string, string | undefined> = { a: 'b', b: 'c', c: undefined };
      const body = { studies: [], nextPageToken: next[asked.get('pageToken') ?? 'a'] };
      return { status: 200, text: JSON.stringify(body) };
    });
    const { capped } = await gather(clinicaltrials, subjectNamed('imatinib'), http);
    expect(
      http.requests.map(({ url }) => /pageSize=(\d+)(?:.*pageToken=(\w+))?/.exec(url)?.slice(1)),
    ).toEqual([
      ['100', undefined],
      ['100', 'b'],
      ['25', 'b'],
      ['25', 'c'],
    ]);
    expect(capped).toEqual([]);
  });

  it('gives up when the smallest page is too large', async () => {
    const http = new ScriptedHttp('clinicaltrials', () => {
      throw new SourceFault('too-large', 'too large');
    });
    await expect(gather(clinicaltrials, subjectNamed('imatinib'), http)).rejects.toMatchObject({
      kind: 'too-large',
    });
    expect(http.requests).toHaveLength(3);
  });

  it('says that records were left out', async () => {
    const { records, capped } = await gather(
      clinicaltrials,
      subjectNamed('examplumab'),
      answering('clinicaltrials', PAGE),
    );
    expect(records).toHaveLength(2);
    expect(capped).toEqual(['records without a number, title or status were left out']);
  });
});

const MOLECULES = [
  'arsenic-trioxide',
  'gefitinib',
  'osimertinib',
  'erlotinib',
  'poziotinib',
  'Pembrolizumab',
  'cyclophosphamide',
  'cytarabine',
  'venetoclax',
  'mycophenolate-mofetil',
  'aspirin',
];

describe('on recorded trials', () => {
  skipAllFor(noSimulator());
  let simulator: Simulator;
  beforeAll(async () => {
    if (!noSimulator()) simulator = await startSimulator();
  });
  afterAll(() => simulator?.close());

  it.each(MOLECULES)('finds trials of %s, each fact in its place', async (name) => {
    const http = simulated(simulator, 'clinicaltrials');
    const { records, capped } = await gather(clinicaltrials, subjectNamed(name), http);
    expect(records.length).toBeGreaterThan(0);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });
});

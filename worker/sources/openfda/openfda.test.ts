import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftOf, said } from '@/server/evidence/schema';
import { skipAllFor } from '@/tests/skip';
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
import { openfda } from '.';
import { parseApplications, parseCounts, parseLabels, parseTotal } from './parse';
import { boxedLabelsRequest, newestLabelsRequest, reportsUrl } from './requests';

const fixture = (name: string) =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

const NOTHING = JSON.stringify({ error: { code: 'NOT_FOUND', message: 'No matches found!' } });
const EXAMPLUMAB = subjectNamed('Examplumab');
const total = (count: number) => ({ meta: { results: { total: count } }, results: [{}] });
const counts = (...terms: [string, number][]) => ({
  results: terms.map(([term, count]) => ({ term, count })),
});

/** Answers "nothing found" to all but the requests whose address contains one of the keys. */
function openfdaWith(bodies: Record<string, unknown>) {
  return new ScriptedHttp('openfda', ({ url }) => {
    const asked = decodeURIComponent(url);
    const key = Object.keys(bodies).find((part) => asked.includes(part));
    return key === undefined
      ? { status: 404, text: NOTHING }
      : { status: 200, text: JSON.stringify(bodies[key]) };
  });
}

describe('the requests', () => {
  it('search a few names in the fields that hold names', () => {
    const names = Array.from({ length: 9 }, (_, i) => `name ${i}`);
    const search = new URL(newestLabelsRequest(subjectNamed(...names)).url).searchParams.get(
      'search',
    );
    expect(search?.split(' OR ')).toHaveLength(18);
    expect(search).toMatch(
      /^openfda\.generic_name:"name 0" OR openfda\.brand_name:"name 0" OR openfda\.substance_name:"name 0" OR /,
    );
  });

  it('bracket the names where more is asked', () => {
    const search = new URL(boxedLabelsRequest(EXAMPLUMAB).url).searchParams.get('search');
    expect(search).toMatch(/^\(openfda\..+\) AND _exists_:boxed_warning$/);
  });

  it('lead to the reports with drug and reaction', () => {
    expect(new URL(reportsUrl(EXAMPLUMAB, 'NAUSEA')).searchParams.get('search')).toMatch(
      /^\(patient\.drug.+\) AND patient\.reaction\.reactionmeddrapt\.exact:"NAUSEA"$/,
    );
  });
});

describe('reading labels', () => {
  const snapshot = snapshotOf('openfda', fixture('labels.json'));
  const { records, leftOut } = parseLabels(snapshot);

  it('cites every fact at the place where it stands', () => {
    expect(brokenPlaces(records, [snapshot])).toEqual([]);
  });

  it('reads indications and boxed warnings', () => {
    expect(records[0]).toMatchObject({
      externalId: '00000000-0000-4000-8000-000000000001',
      title: 'Label of EXAMPLAR',
      publishedOn: '2024-02-29',
    });
    expect(records[0]?.facts.boxedWarning.map((text) => said(text))).toEqual([
      'WARNING: INVENTED HARM. See 5.1 — composed.',
    ]);
    expect(records[0]?.facts.indications.map((text) => said(text))).toHaveLength(2);
    expect(records[0]?.facts.route.map((route) => said(route))).toEqual(['ORAL', 'TOPICAL']);
  });

  it('leaves unknown things null and counts labels without an id', () => {
    expect(records[1]).toMatchObject({ publishedOn: null });
    expect(records[1]?.facts).toMatchObject({ brandName: null, boxedWarning: [], indications: [] });
    expect(leftOut).toBe(1);
  });
});

describe('reading applications', () => {
  const snapshot = snapshotOf('openfda', fixture('applications.json'));
  const { records } = parseApplications(snapshot);

  it('cites every fact at the place where it stands', () => {
    expect(brokenPlaces(records, [snapshot])).toEqual([]);
  });

  it('dates the approval by the earliest approved original submission', () => {
    expect(records[0]).toMatchObject({
      externalId: 'NDA900001',
      title: 'NDA900001: EXAMPLAR',
      publishedOn: '2001-05-10',
    });
    expect(records[0]?.url).toMatch(/ApplNo=900001$/);
    expect(said(records[0]?.facts.firstApprovedOn)).toBe('20010510');
  });

  it('takes a tentative approval for none', () => {
    expect(records[1]).toMatchObject({ publishedOn: null, title: 'ANDA900002' });
    expect(records[1]?.facts).toMatchObject({ firstApprovedOn: null, products: [] });
  });
});

describe('nothing found', () => {
  it('is a 404 in the form of openFDA, and no fault', () => {
    const nothing = snapshotOf('openfda', NOTHING, 404);
    expect(parseLabels(nothing)).toEqual({ records: [], leftOut: 0, total: 0 });
    expect(parseCounts(nothing)).toEqual([]);
    expect(parseTotal(nothing)).toBeNull();
  });

  it.each(['<html>Not Found</html>', '{"error":{"code":"GONE"}}', '{}', ''])(
    'is not the 404 %s',
    (body) => {
      expect(() => parseLabels(snapshotOf('openfda', body, 404))).toThrow(
        expect.objectContaining({ kind: 'http-status', status: 404 }),
      );
    },
  );

  it.each(['{"error":{"code":"NOT_FOUND"}}', '{"results":{}}', 'null', '{"results":[]}'])(
    'is not the answer %s with status 200',
    (body) => {
      expect(() => parseLabels(snapshotOf('openfda', body))).toThrow(
        expect.objectContaining({ kind: 'unreadable' }),
      );
    },
  );
});

describe('asking for labels', () => {
  const label = (id: string, ...boxed_warning: string[]) => ({ set_id: id, boxed_warning });
  const page = (count: number, ...results: object[]) => ({
    meta: { results: { total: count } },
    results,
  });

  it('asks whether an older label has a boxed warning when no newer one has', async () => {
    const http = answering('openfda', page(80, label('a')), page(3, label('b', 'WARNING')));
    const { records, capped } = await gather(openfda, EXAMPLUMAB, http, 'labels');
    expect(records.map(({ externalId }) => externalId)).toEqual(['a', 'b']);
    expect(capped).toEqual([]);
  });

  it('does not ask when one has, or when all labels were read', async () => {
    const withWarning = answering('openfda', page(80, label('a', 'WARNING')));
    await gather(openfda, EXAMPLUMAB, withWarning, 'labels');
    const allRead = answering('openfda', page(1, label('a')));
    await gather(openfda, EXAMPLUMAB, allRead, 'labels');
    expect([withWarning.requests.length, allRead.requests.length]).toEqual([1, 1]);
  });
});

describe('asking for adverse events', () => {
  it('cites the four counts of each reaction in their own answers', async () => {
    const http = openfdaWith({
      'exact:"RARE"': total(7),
      'Examplumab"&count=': counts(['NAUSEA', 40], ['RARE', 5]),
      'Examplumab"&limit=1': total(90),
      'json?count=': counts(['NAUSEA', 5000], ['HEADACHE', 4000]),
      'json?limit=1': total(100000),
    });
    const { records, capped } = await gather(openfda, EXAMPLUMAB, http, 'adverse-events');
    const tables = (records as DraftOf<'adverse-event'>[]).map(({ facts }) => [
      said(facts.reaction),
      said(facts.a),
      said(facts.drugTotal),
      said(facts.reactionTotal),
      said(facts.total),
    ]);
    expect(tables).toEqual([
      ['NAUSEA', 40, 90, 5000, 100000],
      ['RARE', 5, 90, 7, 100000],
    ]);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });

  it('asks one question only when no report names the drug', async () => {
    const http = openfdaWith({});
    expect(await gather(openfda, EXAMPLUMAB, http, 'adverse-events')).toEqual({
      records: [],
      capped: [],
    });
    expect(http.requests).toHaveLength(1);
  });

  it('asks for at most ten rare reactions and leaves the other totals unknown', async () => {
    const rare = Array.from({ length: 25 }, (_, i): [string, number] => [`RARE ${i}`, 3]);
    const http = openfdaWith({
      'exact:"RARE': total(4),
      'Examplumab"&count=': counts(...rare),
      'Examplumab"&limit=1': total(90),
      'json?count=': counts(['NAUSEA', 5000]),
      'json?limit=1': total(100000),
    });
    const { records } = await gather(openfda, EXAMPLUMAB, http, 'adverse-events');
    expect(http.requests).toHaveLength(14);
    const totals = (records as DraftOf<'adverse-event'>[]).map(({ facts }) =>
      said(facts.reactionTotal),
    );
    expect(totals.filter((known) => known === 4)).toHaveLength(10);
    expect(totals.filter((known) => known === null)).toHaveLength(15);
  });
});

const MOLECULES: [name: string, kind: string][] = [
  ['Pembrolizumab', 'label'],
  ['silicea', 'label'],
  ['imatinib', 'approval'],
  ['semaglutide', 'approval'],
  ['ambrisentan', 'adverse-event'],
  ['sildenafil', 'adverse-event'],
];

describe('on recorded records', () => {
  skipAllFor(noSimulator());
  let simulator: Simulator;
  beforeAll(async () => {
    if (!noSimulator()) simulator = await startSimulator();
  });
  afterAll(() => simulator?.close());

  it.each(MOLECULES)('finds for %s a %s, each fact in its place', async (name, kind) => {
    const http = simulated(simulator, 'openfda');
    const { records, capped } = await gather(openfda, subjectNamed(name), http);
    expect(records.map((record) => record.kind)).toContain(kind);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });

  it('finds nothing, without a fault, for what nobody wrote about', async () => {
    const http = simulated(simulator, 'openfda');
    expect(await gather(openfda, subjectNamed('zzyzxumab'), http)).toEqual({
      records: [],
      capped: [],
    });
  });
});

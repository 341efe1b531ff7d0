import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftOf, type EvidenceDraft, type Subject, said } from '@/server/evidence/schema';
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
import { opentargets } from '.';
import { parseDrug, parseSearch, parseWarnings } from './parse';

const fixture = (name: string) =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

const known = (chembl: string, ...names: string[]): Subject => ({
  ...subjectNamed(...names),
  xrefs: { chembl },
});
const ofKind = <K extends EvidenceDraft['kind']>(records: EvidenceDraft[], kind: K) =>
  records.filter((record) => record.kind === kind) as unknown as DraftOf<K>[];
const NO_DRUG = { data: { drug: null } };
const hits = (...names: string[]) => ({
  data: { search: { hits: names.map((name) => ({ id: `CHEMBL:${name}`, entity: 'drug', name })) } },
});

describe('reading a drug', () => {
  const snapshot = snapshotOf('opentargets', fixture('drug.json'));
  const { records, leftOut } = parseDrug(snapshot)!;

  it('cites every fact at the place where it stands', () => {
    expect(records.length).toBeGreaterThan(0);
    expect(brokenPlaces(records, [snapshot])).toEqual([]);
  });

  it('reads mechanisms with their targets, each once', () => {
    const mechanisms = ofKind(records, 'mechanism');
    expect(mechanisms.map(({ title }) => title)).toEqual(['Invented receptor inhibitor']);
    expect(mechanisms[0]?.facts.genes.map((gene) => said(gene))).toEqual(['INV1', 'INV2']);
    expect(ofKind(records, 'target').map(({ externalId, url }) => [externalId, url])).toEqual([
      ['CHEMBL9900001:target:INV1', 'https://platform.opentargets.org/target/ENSG90000000001'],
      ['CHEMBL9900001:target:INV2', 'https://platform.opentargets.org/target/ENSG90000000002'],
    ]);
  });

  it('reads indications, also of stages not known yet, and counts rows without disease', () => {
    const indications = ofKind(records, 'indication').map(({ facts }) => [
      said(facts.efoId),
      said(facts.efoTerm),
      facts.maxPhase && 'value' in facts.maxPhase ? facts.maxPhase.value : null,
    ]);
    expect(indications).toEqual([
      ['MONDO_9900001', 'invented fever', 'APPROVAL'],
      [null, 'ötherwise named cough', 'SOME_FUTURE_STAGE'],
      ['EFO_9900003', null, null],
    ]);
    expect(leftOut).toBe(1);
  });

  it('names the drug itself, with the highest stage', () => {
    const [compound] = ofKind(records, 'compound');
    expect(compound).toMatchObject({
      externalId: 'CHEMBL9900001:compound',
      title: 'EXAMPLUMAB',
      url: 'https://platform.opentargets.org/drug/CHEMBL9900001',
    });
    expect(compound?.facts.maxPhase).toMatchObject({ value: 'APPROVAL' });
  });

  it('reads releases that give phases as numbers', () => {
    const older = snapshotOf('opentargets', fixture('drug-with-phases.json'));
    const read = parseDrug(older)!;
    const [indication] = ofKind(read.records, 'indication');
    expect(indication?.facts.maxPhase).toMatchObject({ value: 3 });
    expect(indication?.facts.references.map((reference) => said(reference))).toEqual([
      'NCT90000001',
      'NCT90000002',
    ]);
    expect(brokenPlaces(read.records, [older])).toEqual([]);
  });
});

describe('reading warnings', () => {
  it('keeps withdrawals of different countries apart and repetitions once', () => {
    const snapshot = snapshotOf('opentargets', fixture('warnings.json'));
    const warnings = parseWarnings(snapshot)!;
    expect(warnings.map(({ title }) => title)).toEqual([
      'Withdrawn, hepatotoxicity, Nowhere, 1998',
      'Withdrawn, hepatotoxicity, Elsewhere',
      'Black Box Warning, cardiotoxicity, United States',
    ]);
    expect(brokenPlaces(warnings, [snapshot])).toEqual([]);
  });

  it('takes a drug without warnings for one without', () => {
    const body = '{"data":{"drug":{"id":"CHEMBL1","drugWarnings":null}}}';
    expect(parseWarnings(snapshotOf('opentargets', body))).toEqual([]);
  });
});

describe('errors of GraphQL', () => {
  it.each([
    ['{"data":{"drug":null},"errors":[{"message":"boom"}]}', 200],
    ['{"data":null,"errors":[{"message":"Cannot query field \'x\' on type \'Drug\'."}]}', 400],
    ['{}', 400],
    ['{"data":null}', 200],
    ['<html></html>', 200],
  ])('make %s a fault, never empty', (body, status) => {
    expect(() => parseDrug(snapshotOf('opentargets', body, status))).toThrow(
      expect.objectContaining({ kind: 'unreadable' }),
    );
  });
});

describe('finding a drug by name', () => {
  it('takes the same name only, whatever its case', () => {
    const snapshot = snapshotOf('opentargets', JSON.stringify(hits('ASPIRIN LYSINE', 'ASPIRIN')));
    expect(parseSearch(snapshot, ['Aspirin'])).toBe('CHEMBL:ASPIRIN');
    expect(parseSearch(snapshot, ['acetylsalicylic acid'])).toBeNull();
  });
});

describe('asking', () => {
  it('asks by ChEMBL id', async () => {
    const http = answering('opentargets', fixture('drug.json'), fixture('warnings.json'));
    const { records, capped } = await gather(opentargets, known('CHEMBL9900001', 'x'), http);
    expect(http.requests.map(({ body }) => body)).toMatchObject([
      { variables: { chemblId: 'CHEMBL9900001' } },
      { variables: { chemblId: 'CHEMBL9900001' } },
    ]);
    expect(new Set(records.map(({ kind }) => kind))).toEqual(
      new Set(['compound', 'mechanism', 'target', 'indication', 'warning']),
    );
    expect(new Set(records.map(({ externalId }) => externalId)).size).toBe(records.length);
    expect(capped).toEqual(['some indications were not given or name no disease']);
  });

  it('asks by name where the id is unknown to Open Targets', async () => {
    const http = answering('opentargets', NO_DRUG, hits('examplumab'), fixture('drug.json'));
    const { records } = await gather(opentargets, known('CHEMBL1', 'Examplumab'), http, 'drug');
    expect(records.length).toBeGreaterThan(0);
  });

  it('tries up to three names and finds nothing without a fault', async () => {
    const http = answering('opentargets', hits(), hits('other'), hits());
    const subject = subjectNamed('a1', 'a2', 'a3', 'a4');
    expect(await gather(opentargets, subject, http, 'drug')).toEqual({ records: [], capped: [] });
    expect(http.requests).toHaveLength(3);
  });

  it('asks a release without clinical stages in its own words', async () => {
    const http = new ScriptedHttp('opentargets', ({ body }) =>
      JSON.stringify(body).includes('maxClinicalStage')
        ? {
            status: 400,
            text: `{"errors":[{"message":"Cannot query field 'maximumClinicalStage' on type 'Drug'."}]}`,
          }
        : { status: 200, text: fixture('drug-with-phases.json') },
    );
    const { records } = await gather(opentargets, known('CHEMBL9900001', 'x'), http, 'drug');
    expect(ofKind(records, 'indication')).toHaveLength(1);
  });

  it('refuses a compound with neither id nor name', () => {
    expect(opentargets.refuses(subjectNamed())).toMatch(/^the compound has neither/);
    expect(opentargets.refuses(known('CHEMBL25'))).toBeNull();
    expect(opentargets.refuses(subjectNamed('aspirin'))).toBeNull();
  });
});

const MOLECULES = [
  'Pembrolizumab',
  'gefitinib',
  'osimertinib',
  'erlotinib',
  'afatinib',
  'poziotinib',
  'brigatinib',
  'dacomitinib',
  'icotinib',
  'lazertinib',
  'dabrafenib',
  'neratinib',
];

describe('on recorded drugs', () => {
  skipAllFor(noSimulator());
  let simulator: Simulator;
  beforeAll(async () => {
    if (!noSimulator()) simulator = await startSimulator();
  });
  afterAll(() => simulator?.close());

  it.each(MOLECULES)('finds %s, each fact in its place', async (name) => {
    const http = simulated(simulator, 'opentargets');
    const { records, capped } = await gather(opentargets, subjectNamed(name), http);
    expect(records.length).toBeGreaterThan(0);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });

  it('reads all indications of pembrolizumab by its ChEMBL id', async () => {
    const http = simulated(simulator, 'opentargets');
    const { records } = await gather(opentargets, known('CHEMBL3137343'), http, 'drug');
    expect(ofKind(records, 'indication').length).toBeGreaterThan(200);
    expect(ofKind(records, 'target').map(({ title }) => title)).toEqual([
      'PDCD1: programmed cell death 1',
    ]);
  });
});

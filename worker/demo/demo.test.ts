import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUNDLE_FILE, DEMO_MOLECULE, DEMO_MOLECULES, demoBundle } from '@/server/demo';
import type { EvidenceDraft, SourceId } from '@/server/evidence/schema';
import { bodyOf, createBundleIndex, isAnswer, readBundle, writeBundle } from '@/server/reports';
import type { Bundle } from '@/server/reports/bundle';
import { createSourceHttp, type ExchangeKey } from '../http';
import { memoryPorts } from '../http/testing';
import { identify } from '../identify';
import type { Snapshot, SourceHttp } from '../sources/contract';
import { CONNECTORS, connectorOf } from '../sources/registry';
import { brokenPlaces } from '../sources/testing';
import { compose } from './compose';
import { isCheckedHere } from './compose/opentargets';
import { composeBundle, spellings } from './compose-bundle';
import { DEMO_FACTS } from './facts';

const REBUILD = 'stale: run `node --import tsx worker/demo/build.ts`';

let committed: Bundle;
let folder: string;

beforeAll(async () => {
  committed = await readBundle(DEMO_BUNDLE_FILE);
  folder = await mkdtemp(path.join(tmpdir(), 'phial-demo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the committed bundle', () => {
  it('is what is composed today', async () => {
    const { header, lines } = await composeBundle();
    const file = path.join(folder, 'bundle.ndjson.gz');
    await writeBundle(file, header, lines);
    const composed = await readBundle(file);
    expect(committed.header, REBUILD).toEqual(composed.header);
    expect(committed.lines.map(keyOf), REBUILD).toEqual(composed.lines.map(keyOf));
    expect(committed.lines, REBUILD).toEqual(composed.lines);
    // RDKit is loaded here first.
  });

  it('composes the same twice', async () => {
    expect(await composeBundle()).toEqual(await composeBundle());
  });

  it('shows no status and no time, as nothing was asked', () => {
    expect(committed.header).toMatchObject({ origin: 'composed', createdAt: null });
    expect(committed.lines.length).toBeGreaterThan(0);
    for (const line of committed.lines) {
      expect(line).toMatchObject({ status: null, retrievedAt: null });
      expect(isAnswer(line)).toBe(true);
    }
  });

  it('is small', async () => {
    expect((await demoBundle()).byteLength).toBeLessThan(150_000);
  });
});

describe.each(DEMO_FACTS)('a pinned job on $compound.name', (facts) => {
  it.each(spellings(facts))('finds every answer in the bundle for “%s”', async (text) => {
    const asked = new Map<string, Snapshot>();
    const http = (id: SourceId) => pinned(id, asked);
    const found = await identify(
      text,
      { choice: null },
      { pubchem: http('pubchem'), chembl: http('chembl') },
    );
    if (found.kind !== 'subject') throw new Error(JSON.stringify(found));
    expect(found.subject).toMatchObject({
      name: facts.compound.name,
      inchiKey: facts.compound.inchiKey,
      xrefs: { pubchem: String(facts.compound.pubchemCid), chembl: facts.compound.chemblId },
      limits: [],
    });

    const records: EvidenceDraft[] = [];
    const capped: string[] = [];
    for (const connector of CONNECTORS) {
      expect(connector.refuses(found.subject)).toBeNull();
      for (const question of connector.questions(found.subject)) {
        for await (const yielded of question.ask(http(connector.id))) {
          if ('records' in yielded) records.push(...yielded.records);
          else capped.push(`${connector.id}: ${yielded.capped}`);
        }
      }
    }
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, [...asked.values()])).toEqual([]);
    const ids = (source: SourceId, kind: EvidenceDraft['kind']) =>
      records.filter((r) => r.source === source && r.kind === kind).map((r) => r.externalId);
    expect(ids('clinicaltrials', 'trial')).toEqual(facts.trials.map(({ nctId }) => nctId));
    expect(ids('pubmed', 'article')).toEqual(facts.articles.map(({ pmid }) => pmid));
    expect(ids('europepmc', 'article')).toEqual(facts.articles.map(({ pmid }) => pmid));
    expect(ids('europepmc', 'patent')).toEqual(facts.patents.map(({ number }) => `PAT:${number}`));
    expect(ids('chembl', 'mechanism')).toHaveLength(facts.mechanisms.length);
    expect(ids('chembl', 'indication')).toHaveLength(facts.indications.length);
    expect(ids('opentargets', 'mechanism')).toHaveLength(
      facts.mechanisms.filter(({ target }) => target !== null && isCheckedHere(target)).length,
    );
    expect(ids('openfda', 'label')).toEqual(facts.labels.map(({ setId }) => setId));
    expect(ids('openfda', 'approval')).toEqual(
      facts.applications.map(({ applicationNumber }) => applicationNumber),
    );
  });
});

describe('the demonstration', () => {
  it('names its molecules', () => {
    expect(DEMO_MOLECULES).toEqual(DEMO_FACTS.map(({ compound }) => compound.name));
    expect(DEMO_MOLECULES).toContain(DEMO_MOLECULE);
  });

  it('gives every row the place where it was checked', () => {
    for (const { compound, ...rows } of DEMO_FACTS) {
      for (const row of [compound, ...Object.values(rows).flat()]) {
        expect(row.source.trim(), JSON.stringify(row)).not.toBe('');
      }
    }
  });

  it('does not answer a question it has no form for', () => {
    const request = { url: 'https://clinicaltrials.gov/api/v2/stats/size' };
    expect(() => compose('clinicaltrials', request, DEMO_FACTS)).toThrow(/cannot answer/);
  });

  it('answers a search for another molecule with nothing', () => {
    const request = { url: 'https://clinicaltrials.gov/api/v2/studies?query.intr=%22water%22' };
    const { body } = compose('clinicaltrials', request, DEMO_FACTS);
    expect(JSON.parse(body)).toEqual({ totalCount: 0, studies: [] });
  });
});

/** The bundle as a pinned job reads it. */
function pinned(id: SourceId, asked: Map<string, Snapshot>): SourceHttp {
  const index = createBundleIndex(committed.lines);
  const ports = memoryPorts({
    async replay(key: ExchangeKey) {
      const line = index.find(key);
      const body = line && isAnswer(line) ? bodyOf(line) : null;
      if (!line || !isAnswer(line) || body === null || typeof body === 'string') {
        throw new Error(`not in bundle: ${key.method} ${key.url}`);
      }
      return { exchange: { ...line, body, status: 200, error: null }, pinned: true };
    },
  });
  const http = createSourceHttp(connectorOf(id), ports);
  return {
    async ask(request) {
      const snapshot = await http.ask(request);
      asked.set(snapshot.sha256, snapshot);
      return snapshot;
    },
  };
}

function keyOf(line: Bundle['lines'][number]): string {
  return 'url' in line ? `${line.method} ${line.url} ${line.requestBodySha256 ?? ''}` : line.step;
}

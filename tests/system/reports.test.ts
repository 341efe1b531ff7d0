/** Reports on real records: whatever the sources hold, every statement can be computed again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duplicatesOf } from '@/server/evidence/dedupe';
import { type Evidence, type SourceResult, type Subject, said } from '@/server/evidence/schema';
import { assess, WEIGHTS_VERSION } from '@/server/evidence/score';
import { citableNames } from '@/server/reports/blocks/subject-names';
import { roundNumbers } from '@/server/reports/canonical';
import { type ComposeInput, composeReport, sealReport } from '@/server/reports/compose';
import { evidenceId } from '@/server/reports/hash';
import { createBody } from '@/server/reports/places';
import { type SnapshotLookup, verifyReport } from '@/server/reports/verify';
import { SourceFault } from '@/worker/sources/contract';
import { CONNECTORS } from '@/worker/sources/registry';
import {
  gather,
  noSimulator,
  type Simulator,
  simulated,
  startSimulator,
  subjectNamed,
} from '@/worker/sources/testing';
import { skipAllFor } from '../skip';

const MOLECULES = [
  'arsenic trioxide',
  'gefitinib',
  'cisplatin',
  'cyclophosphamide',
  'formoterol',
  'pembrolizumab',
  'sildenafil',
  'thalidomide',
];
const reason = noSimulator();
let simulator: Simulator;

beforeAll(async () => {
  if (!reason) simulator = await startSimulator();
});
afterAll(() => simulator?.close());

interface Gathered {
  input: ComposeInput;
  lookup: SnapshotLookup;
}

/** Asks every source about a name, as a job does after identification by name. */
async function gathered(name: string): Promise<Gathered> {
  let subject: Subject = subjectNamed(name);
  const evidence = new Map<string, Evidence>();
  const sources: SourceResult[] = [];
  const bodies = new Map<string, Parameters<typeof answer>[0]>();
  for (const connector of CONNECTORS) {
    const http = simulated(simulator, connector.id);
    const result: SourceResult = {
      id: connector.id,
      outcome: 'empty',
      reason: connector.refuses(subject),
      requests: 0,
      records: 0,
      retrievedAt: null,
    };
    sources.push(result);
    if (result.reason !== null) {
      result.outcome = 'not-searched';
      continue;
    }
    try {
      const { records } = await gather(connector, subject, http);
      for (const draft of records) {
        const id = evidenceId(draft.source, draft.externalId);
        if (evidence.has(id)) continue;
        evidence.set(id, { ...draft, id, connectorVersion: connector.version, retrievedAt: null });
        result.records += 1;
      }
      result.outcome = result.records > 0 ? 'ok' : 'empty';
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      Object.assign(result, { outcome: 'failed', reason: error.message });
    }
    http.snapshots.forEach(({ sha256, text }, index) => {
      const url = http.requests[index]?.url ?? '';
      bodies.set(sha256, { sha256, source: connector.id, url, text });
    });
    const synonyms = [...evidence.values()].flatMap((item) =>
      item.kind === 'compound'
        ? item.facts.synonyms.slice(0, 10).map((synonym) => said(synonym))
        : [],
    );
    subject = { ...subject, names: [name, ...new Set(synonyms)].slice(0, 12) };
  }
  const duplicates = duplicatesOf([...evidence.values()]);
  const kept = [...evidence.values()].filter(({ id }) => !duplicates.has(id));
  return {
    input: {
      job: { id: 'j', kind: 'molecule', status: 'completed', startedAt: null, finishedAt: null },
      subject,
      options: { indication: null, sources: CONNECTORS.map(({ id }) => id), maxRequests: 300 },
      sources,
      evidence: kept,
      answers: [...bodies.values()].map(answer),
      assessment: assess({
        subject: { name, names: citableNames({ subject, evidence: kept }) },
        evidence: kept,
        outcomes: Object.fromEntries(sources.map(({ id, outcome }) => [id, outcome])),
      }),
      attributions: [],
      versions: { app: '0', weights: WEIGHTS_VERSION, rdkit: '0' },
    },
    lookup: (sha256) => {
      const body = bodies.get(sha256);
      return body ? { source: body.source, bytes: Buffer.from(body.text) } : null;
    },
  };
}

function answer(body: { sha256: string; source: SourceResult['id']; url: string; text: string }) {
  const { sha256, source, url, text } = body;
  return { sha256, source, url, body: createBody(text) };
}

describe('a report on real records', () => {
  skipAllFor(reason);
  it.each(MOLECULES)('of %s loses nothing and holds', async (name) => {
    const { input, lookup } = await gathered(name);
    const dropped: string[] = [];
    const draft = composeReport({
      ...input,
      onDrop: ({ what, reason: why }) => dropped.push(`${what}: ${why}`),
    });
    const report = sealReport(draft, lookup);
    expect(dropped).toEqual([]);
    expect(report.dropped).toBe(0);
    expect(report.claims.length).toBeGreaterThan(5);
    expect(verifyReport(report, lookup)).toMatchObject({ ok: true, problems: [] });

    // What the claims derive is what was assessed: two ways to the same figures.
    expect(report.candidates).toEqual(roundNumbers(input.assessment.candidates));
    expect(report.decision).toEqual(input.assessment.decision);

    const shuffled = sealReport(
      composeReport({
        ...input,
        evidence: [...input.evidence].reverse(),
        answers: [...input.answers].reverse(),
        sources: [...input.sources].reverse(),
      }),
      lookup,
    );
    expect(shuffled.reportHash).toBe(report.reportHash);
  });
});

/** What holds for every connector; each runs it on answers of its own source's form. */
import { describe, expect, test } from 'vitest';
import {
  EVIDENCE_KINDS,
  type EvidenceDraft,
  SOURCE_IDS,
  type Subject,
} from '@/server/evidence/schema';
import {
  type Connector,
  type FaultKind,
  SourceFault,
  type SourceHttp,
  type SourceRequest,
} from './contract';
import { brokenPlaces, gather, ScriptedHttp } from './testing';

type Answer = (request: SourceRequest) => { status: number; text: string };

export interface ConnectorCase {
  /** A subject that the connector does not refuse. */
  subject: Subject;
  /** Answers with records. */
  full: Answer;
  /** The source's own "nothing found". */
  empty: Answer;
}

// Requests a second for the whole installation; what each source states, or a polite guess where it
// states nothing.
const PACE = {
  pubchem: 5,
  chembl: 2,
  clinicaltrials: 1,
  pubmed: 3,
  europepmc: 2,
  openfda: 4,
  opentargets: 2,
};

/** Registers the tests of the contract for one connector. */
export function connectorContract(connector: Connector, given: ConnectorCase): void {
  const { subject, full, empty } = given;

  describe(`${connector.name} as a connector`, () => {
    test('says who it is', () => {
      expect(SOURCE_IDS).toContain(connector.id);
      expect(new URL(connector.homepage).protocol).toBe('https:');
      expect(connector.name.trim()).not.toBe('');
      expect(connector.licence.trim()).not.toBe('');
      expect(connector.version).toMatch(/^\d/);
      expect(connector.requestsPerSecond).toBe(PACE[connector.id]);
      expect(connector.hosts.length).toBeGreaterThan(0);
      for (const host of connector.hosts) expect(host).toMatch(/^[a-z0-9.-]+\.[a-z]+$/);
    });

    test('has questions with keys of their own', () => {
      expect(connector.refuses(subject)).toBeNull();
      const questions = connector.questions(subject);
      expect(new Set(questions.map(({ key }) => key)).size).toBe(questions.length);
      for (const { key, title } of questions) {
        expect(key).toMatch(/^[a-z][a-z-]*$/);
        expect(title).toMatch(/\S/);
      }
    });

    test('refuses a subject without anything to search by, or asks nothing foreign', async () => {
      const nothing: Subject = {
        ...subject,
        name: '',
        names: [],
        inchiKey: null,
        canonicalSmiles: null,
        xrefs: {},
      };
      expect(connector.refuses(nothing)).toMatch(/\S/);
    });

    test('asks the same of its own hosts each time, without keys', async () => {
      const runs = [new ScriptedHttp(connector.id, full), new ScriptedHttp(connector.id, full)];
      for (const http of runs) await gather(connector, subject, http);
      expect(runs[0]?.requests.length).toBeGreaterThan(0);
      expect(runs[0]?.requests).toEqual(runs[1]?.requests);
      for (const { url, body } of runs[0]?.requests ?? []) {
        const { protocol, hostname, searchParams } = new URL(url);
        expect(protocol).toBe('https:');
        expect(connector.hosts).toContain(hostname);
        for (const name of ['api_key', 'tool', 'email', 'mailto']) {
          expect(searchParams.has(name)).toBe(false);
        }
        if (typeof body === 'string') expect(body).not.toMatch(/(^|&)(api_key|email|tool)=/);
      }
    });

    test('makes records whose every fact stands in a response', async () => {
      const http = new ScriptedHttp(connector.id, full);
      const { records } = await gather(connector, subject, http);
      expect(records.length).toBeGreaterThan(0);
      expect(brokenPlaces(records, http.snapshots)).toEqual([]);
      const stored = new Set(http.snapshots.map(({ sha256 }) => sha256));
      for (const record of records) expect(problemsOf(record, connector, stored)).toEqual([]);
    });

    test('gives one record under one id', async () => {
      const { records } = await gather(connector, subject, new ScriptedHttp(connector.id, full));
      const byId = new Map<string, EvidenceDraft>();
      for (const record of records) {
        const before = byId.get(record.externalId);
        expect(before?.kind ?? record.kind).toBe(record.kind);
        byId.set(record.externalId, record);
      }
    });

    test('takes "nothing found" for nothing', async () => {
      const http = new ScriptedHttp(connector.id, empty);
      expect((await gather(connector, subject, http)).records).toEqual([]);
      expect(http.requests.length).toBeGreaterThan(0);
    });

    test.each<FaultKind>([
      'unreachable',
      'timeout',
      'http-status',
      'too-large',
      'unreadable',
      'redirect',
      'breaker-open',
      'not-in-bundle',
      'budget',
      'finish-early',
      'cancelled',
    ])('never takes the fault "%s" for nothing', async (kind) => {
      const fault = new SourceFault(kind, 'as told');
      const http: SourceHttp = { ask: () => Promise.reject(fault) };
      for (const question of connector.questions(subject)) {
        const asking = gather(connector, subject, http, question.key);
        await expect(asking).rejects.toBe(fault);
      }
    });

    test.each(['{}', '[]', 'null', '"words"', '', '<html><body>busy</body></html>'])(
      'does not take %j for nothing found',
      async (text) => {
        const http = new ScriptedHttp(connector.id, () => ({ status: 200, text }));
        const outcomes = await Promise.all(
          connector.questions(subject).map(({ key }) =>
            gather(connector, subject, http, key).then(
              () => 'nothing found',
              (error: unknown) => (error instanceof SourceFault ? error.kind : String(error)),
            ),
          ),
        );
        expect(new Set(outcomes)).toEqual(new Set(['unreadable']));
      },
    );
  });
}

function problemsOf(
  record: EvidenceDraft,
  connector: Connector,
  stored: ReadonlySet<string>,
): string[] {
  const checks: [string, boolean][] = [
    ['kind', EVIDENCE_KINDS.includes(record.kind)],
    ['source', record.source === connector.id],
    ['external id', record.externalId.trim() !== ''],
    ['title', record.title.trim() !== ''],
    ['public address', /^https:\/\/\S+$/.test(record.url)],
    ['licence', record.licence.trim() !== ''],
    ['date', record.publishedOn === null || /^\d{4}(-\d\d(-\d\d)?)?$/.test(record.publishedOn)],
    ['snapshot', stored.has(record.snapshotSha256)],
  ];
  return checks.filter(([, holds]) => !holds).map(([name]) => `${record.externalId}: ${name}`);
}

/** A small world for tests: stored bodies of our own making and records that cite them. */
import { createHash } from 'node:crypto';
import type {
  Cited,
  EvidenceKind,
  EvidenceOf,
  FactsByKind,
  Json,
  SlicePlace,
  SourceId,
  Subject,
} from '@/server/evidence/schema';
import type { AnswerBody } from './blocks/block';
import { evidenceId } from './hash';
import { atPointer, createBody, displayOf } from './places';
import type { SnapshotLookup } from './verify';

export interface TestSnapshot {
  sha256: string;
  source: SourceId;
  url: string;
  text: string;
}

export function snapshot(source: SourceId, url: string, content: Json | string): TestSnapshot {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { sha256: createHash('sha256').update(text).digest('hex'), source, url, text };
}

/** Cites a value of a JSON snapshot; throws where nothing stands. */
export function at<T extends Json>(stored: TestSnapshot, pointer: string): Cited<T> {
  const value = atPointer(JSON.parse(stored.text) as Json, pointer);
  if (value === undefined) throw new Error(`Nothing stands at ${pointer}`);
  return { snapshotSha256: stored.sha256, pointer, value } as Cited<T>;
}

/** Cites the first occurrence of raw text after `after` in a markup snapshot. */
export function slice(stored: TestSnapshot, quote: string, after = ''): SlicePlace {
  const start = stored.text.indexOf(quote, stored.text.indexOf(after) + after.length);
  if (start < 0) throw new Error(`Nothing reads ${quote}`);
  return {
    snapshotSha256: stored.sha256,
    start,
    end: start + quote.length,
    quote,
    display: displayOf(quote),
  };
}

export function record<K extends EvidenceKind>(
  kind: K,
  stored: TestSnapshot,
  externalId: string,
  facts: FactsByKind[K],
): EvidenceOf<K> {
  return {
    id: evidenceId(stored.source, externalId),
    kind,
    source: stored.source,
    externalId,
    title: externalId,
    url: `https://example.org/${externalId}`,
    publishedOn: null,
    licence: 'Public domain',
    facts,
    snapshotSha256: stored.sha256,
    connectorVersion: '1',
    retrievedAt: '2026-11-22T10:00:00Z',
  } as unknown as EvidenceOf<K>;
}

export function answerOf(stored: TestSnapshot): AnswerBody {
  const { sha256, source, url, text } = stored;
  return { sha256, source, url, body: createBody(text) };
}

export function lookupIn(snapshots: readonly TestSnapshot[]): SnapshotLookup {
  const byHash = new Map(snapshots.map((stored) => [stored.sha256, stored]));
  return (sha256) => {
    const stored = byHash.get(sha256);
    return stored ? { source: stored.source, bytes: Buffer.from(stored.text) } : null;
  };
}

export function subjectOf(name: string, more: Partial<Subject> = {}): Subject {
  return {
    name,
    names: [name],
    canonicalSmiles: null,
    inchiKey: null,
    formula: null,
    massDa: null,
    matchedBy: 'name',
    xrefs: {},
    limits: [],
    ...more,
  };
}

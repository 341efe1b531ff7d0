/** Hashes that reports, evidence and snapshots are known by. */
import { sha256Hex } from '@/server/storage';
import { canonicalJson } from './canonical';
import type { Report, ReportDraft } from './schema';

/** The id of evidence: SHA-256 hex of source, a line feed, and the source's own id of the record. */
export function evidenceId(source: string, externalId: string): string {
  return sha256Hex(`${source}\n${externalId}`);
}

/**
 * The hash a report is known by: SHA-256 of the RFC 8785 form of report.json without what may differ
 * between two runs over the same bundle (CONTRACTS, report.json). Numbers are taken as they stand:
 * computed ones are rounded when the report is composed, cited ones stay exact.
 */
export function reportHash(report: Report | ReportDraft): string {
  return sha256Hex(canonicalJson(hashedPart(report)));
}

/** What the report hash covers. */
export function hashedPart(report: Report | ReportDraft): Record<string, unknown> {
  const {
    reportHash: _hash,
    job: _job,
    droppedPhrasings: _phrasings,
    ...covered
  } = report as Report;
  return {
    ...covered,
    sources: covered.sources.map(({ requests: _r, retrievedAt: _t, ...source }) => source),
    evidence: covered.evidence.map(({ retrievedAt: _t, ...evidence }) => evidence),
    claims: covered.claims.map(({ phrased: _p, ...claim }) => claim),
  };
}

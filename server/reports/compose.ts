/** Composes a report from what a job gathered and assessed, and seals what can be verified. */
import type { Evidence, Level, SourceResult, Subject } from '@/server/evidence/schema';
import { type AnswerBody, factClaims } from './blocks';
import { compareText, roundNumbers } from './canonical';
import { numberClaims } from './claims';
import { reportHash } from './hash';
import {
  type Candidate,
  type Decision,
  REPORT_SCHEMA,
  type Report,
  type ReportDraft,
} from './schema';
import { Bodies, checkClaim, type SnapshotLookup } from './verify';

export interface ComposeInput {
  job: Report['job'];
  subject: Subject;
  options: Report['options'];
  sources: readonly SourceResult[];
  /** Without duplicates. */
  evidence: readonly Evidence[];
  /** Answers with a status that counts as one, in any order. */
  answers: readonly AnswerBody[];
  candidates: readonly Candidate[];
  decision: Decision;
  levels: ReadonlyMap<string, Level | null>;
  attributions: readonly string[];
  versions: Report['versions'];
}

/** A report without hash: its claims are rendered, not yet held against the stored bodies. */
export function composeReport(input: ComposeInput): ReportDraft {
  const { name, canonicalSmiles, inchiKey, matchedBy, xrefs } = input.subject;
  const evidence = [...input.evidence].sort((a, b) => compareText(a.id, b.id));
  const base = roundNumbers({
    schema: REPORT_SCHEMA,
    job: input.job,
    subject: { name, canonicalSmiles, inchiKey, matchedBy, xrefs },
    options: { ...input.options, sources: [...input.options.sources].sort(compareText) },
    decision: input.decision,
    candidates: [...input.candidates],
    sources: [...input.sources].sort((a, b) => compareText(a.id, b.id)),
    evidence: evidence.map((item) => reportEvidence(item, input.levels)),
    attributions: [...new Set(input.attributions)].sort(compareText),
    versions: input.versions,
  } satisfies Omit<ReportDraft, 'claims' | 'dropped' | 'droppedPhrasings'>);
  const material = {
    subject: input.subject,
    sources: base.sources,
    evidence,
    answers: [...input.answers].sort(
      (a, b) => compareText(a.url, b.url) || compareText(a.sha256, b.sha256),
    ),
  };
  const { claims, dropped } = numberClaims(factClaims(material), base);
  return { ...base, claims, dropped: dropped.length, droppedPhrasings: 0 };
}

function reportEvidence(item: Evidence, levels: ComposeInput['levels']): Report['evidence'][0] {
  return {
    id: item.id,
    kind: item.kind,
    source: item.source,
    externalId: item.externalId,
    title: item.title,
    url: item.url,
    publishedOn: item.publishedOn,
    level: levels.get(item.id) ?? null,
    licence: item.licence,
    connectorVersion: item.connectorVersion,
    retrievedAt: item.retrievedAt,
    snapshotSha256: item.snapshotSha256,
  };
}

/** Drops and counts every claim that does not verify, and hashes what is left. */
export function sealReport(draft: ReportDraft, lookup: SnapshotLookup): Report {
  const bodies = new Bodies(lookup);
  const claims = draft.claims.filter(
    (claim) => checkClaim(claim, draft, bodies).problems.length === 0,
  );
  const sealed: ReportDraft = {
    ...draft,
    claims,
    dropped: draft.dropped + draft.claims.length - claims.length,
  };
  return { ...sealed, reportHash: reportHash(sealed) };
}

/** report.json, `phial.report/1`, as CONTRACTS fixes it. Browser-safe: types only. */
import type { Citation, EvidenceKind, Level, Outcome, SourceId } from '@/server/evidence/schema';

export const REPORT_SCHEMA = 'phial.report/1';

export const LABELS = ['Go', 'Investigate', 'No-Go', 'Insufficient evidence'] as const;
export type Label = (typeof LABELS)[number];

export interface Interval {
  low: number;
  high: number;
}

/** One term of a candidate's score. `contribution = weight × value`, signed: negative speaks against. */
export interface Term {
  name: string;
  weight: number;
  /** Null when unknown; it then widens the interval. */
  value: number | null;
  contribution: Interval;
  evidenceIds: string[];
}

export interface Candidate {
  indication: string;
  /** Vocabulary ids that are joined in this candidate: MeSH descriptor first, EFO by stated pairs. */
  ids: { mesh: string | null; efo: string[] };
  /** Null for approved uses. */
  label: Label | null;
  labelReason: string;
  support: Interval;
  against: Interval;
  interval: Interval;
  terms: Term[];
  /** What is not known, each in words. */
  unknown: string[];
  /** What would change the label, each in words. */
  flips: { label: Label; change: string }[];
  /** Highest phase in which the molecule is the studied treatment; null when none is stated. */
  bestPhase: string | null;
  approved: boolean;
  trials: {
    total: number;
    studied: number;
    byStatus: Record<string, number>;
    stopped: number;
    negative: number;
    withResults: number;
  };
  articles: { supports: number; contradicts: number; unclear: number };
  evidenceIds: string[];
}

export interface Decision {
  label: Label | null;
  /** Indication name of the candidate that the label belongs to. */
  candidate: string | null;
  reason: string;
}

/** A slot is a cited value (index into the claim's citations) or derived from slots and citations. */
export type Slot = { citation: number } | { derive: string; from: (string | number)[] };

export interface Claim {
  id: string;
  section: string;
  /** `name@version`; old versions stay readable. */
  template: string;
  slots: Record<string, Slot>;
  /** Always the template's rendering of the slots. */
  text: string;
  phrased?: { text: string; sha256: string; verdict: 'verified' };
  citations: Citation[];
  verdict: 'verified';
}

export interface ReportEvidence {
  id: string;
  kind: EvidenceKind;
  source: SourceId;
  externalId: string;
  title: string;
  url: string;
  publishedOn: string | null;
  level: Level | null;
  licence: string;
  connectorVersion: string;
  /** Null when it rests on a snapshot composed for demonstration: show the Demo badge. */
  retrievedAt: string | null;
  snapshotSha256: string;
}

export interface Report {
  schema: typeof REPORT_SCHEMA;
  reportHash: string;
  job: {
    id: string;
    kind: string;
    status: string;
    startedAt: string | null;
    finishedAt: string | null;
  };
  subject: {
    name: string;
    canonicalSmiles: string | null;
    inchiKey: string | null;
    matchedBy: string;
    xrefs: Record<string, string>;
  };
  /** What was asked for, without paths and the pin. */
  options: { indication: string | null; sources: SourceId[]; maxRequests: number };
  decision: Decision;
  candidates: Candidate[];
  sources: {
    id: SourceId;
    outcome: Outcome;
    reason: string | null;
    requests: number;
    records: number;
    retrievedAt: string | null;
  }[];
  evidence: ReportEvidence[];
  claims: Claim[];
  /** Claims that did not pass the verifier, counted. */
  dropped: number;
  droppedPhrasings: number;
  attributions: string[];
  versions: { app: string; weights: string; rdkit: string };
}

export type ReportDraft = Omit<Report, 'reportHash'>;

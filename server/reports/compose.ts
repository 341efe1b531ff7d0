/** Composes a report from what a job gathered and assessed, and seals what can be verified. */
import type { Evidence, Json, SourceResult, Subject } from '@/server/evidence/schema';
import type { Assessment } from '@/server/evidence/score';
import { type AnswerBody, factClaims, type Material } from './blocks';
import { CandidateCiter } from './blocks/candidate';
import { candidateClaims, decided } from './blocks/candidates';
import { literatureClaims } from './blocks/literature';
import { compareText, roundNumbers } from './canonical';
import { numberClaims } from './claims';
import { reportHash } from './hash';
import { REPORT_SCHEMA, type Report, type ReportDraft } from './schema';
import { withDerivedLevels } from './score-claims';
import { NotDerivable, slotValues } from './slots';
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
  /** Made with the names that {@link citableNames} gives: others cannot be shown. */
  assessment: Assessment;
  /** Told of each statement that is left out because it cannot be derived. */
  onDrop?: (dropped: { what: string; reason: string }) => void;
  attributions: readonly string[];
  versions: Report['versions'];
}

/** A report without hash: its claims are rendered, not yet held against the stored bodies. */
export function composeReport(input: ComposeInput): ReportDraft {
  const { name, canonicalSmiles, inchiKey, matchedBy, xrefs } = input.subject;
  const evidence = [...input.evidence].sort((a, b) => compareText(a.id, b.id));
  const { assessment } = input;
  const levels = new Map(assessment.understanding.map((item) => [item.evidenceId, item.level]));
  const base = roundNumbers({
    schema: REPORT_SCHEMA as typeof REPORT_SCHEMA,
    job: input.job,
    subject: { name, canonicalSmiles, inchiKey, matchedBy, xrefs },
    options: { ...input.options, sources: [...input.options.sources].sort(compareText) },
    sources: [...input.sources].sort((a, b) => compareText(a.id, b.id)),
    evidence: evidence.map((item) => ({
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
    })),
    attributions: [...new Set(input.attributions)].sort(compareText),
    versions: input.versions,
  });
  const material: Material = {
    subject: input.subject,
    sources: base.sources,
    evidence,
    answers: [...input.answers].sort(
      (a, b) => compareText(a.url, b.url) || compareText(a.sha256, b.sha256),
    ),
  };
  const citer = new CandidateCiter(material, assessment, base);
  const scored = candidateClaims(assessment, citer, base.options.indication);
  const { claims, values, dropped } = numberClaims(
    [
      ...scored.drafts,
      ...factClaims(material),
      ...literatureClaims(material, assessment, citer, base),
    ],
    base,
  );
  for (const { template, reason } of dropped) input.onDrop?.({ what: template, reason });
  for (const { indication, reason } of scored.dropped) input.onDrop?.({ what: indication, reason });
  const draft: ReportDraft = {
    ...base,
    decision: roundNumbers(scored.decision),
    candidates: roundNumbers(scored.candidates),
    claims,
    dropped: dropped.length + scored.dropped.length,
    droppedPhrasings: 0,
  };
  return withDerivedLevels(draft, (claim) => values.get(claim.id) ?? null);
}

function valuesOrNull(claim: Report['claims'][number], report: ReportDraft) {
  try {
    return slotValues(claim, report);
  } catch (error) {
    if (error instanceof NotDerivable) return null;
    throw error;
  }
}

/** Drops and counts every claim that does not verify, and hashes what is left. */
export function sealReport(draft: ReportDraft, lookup: SnapshotLookup): Report {
  const bodies = new Bodies(lookup);
  const lost = new Set<string>();
  const claims = draft.claims.filter((claim) => {
    const { problems, values } = checkClaim(claim, draft, bodies);
    if (problems.length === 0) return true;
    const indication = claim.section === 'candidates' && indicationOf(values);
    if (indication) lost.add(indication);
    return false;
  });
  // A candidate stands or falls with the claim that derives it.
  const candidates = draft.candidates.filter(({ indication }) => !lost.has(indication));
  const kept = claims.filter((claim) => {
    const values = lost.size > 0 && 'scored' in claim.slots ? valuesOrNull(claim, draft) : null;
    return !lost.has(indicationOf(values) ?? '');
  });
  const sealed: ReportDraft = {
    ...draft,
    candidates,
    decision: decided(draft.decision, candidates, draft.options.indication),
    claims: kept,
    dropped: draft.dropped + draft.claims.length - kept.length,
  };
  return { ...sealed, reportHash: reportHash(sealed) };
}

function indicationOf(values: Record<string, Json> | null): string | null {
  const scored = values?.scored as { indication?: string } | undefined;
  return scored?.indication ?? null;
}

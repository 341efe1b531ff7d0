/** Blocks 1, 3 and 11: the decision, the candidates, and why their scores are what they are. */
import type { Assessment } from '@/server/evidence/score';
import type { CandidateFeatures } from '@/server/evidence/score/features';
import { ClaimDraft, type DraftedClaim } from '../claim-draft';
import type { Candidate, Decision } from '../schema';
import { NotDerivable } from '../slots';
import type { CandidateCiter } from './candidate';

/** Candidates whose terms are said in sentences; all stand in the report's figures. */
const MAX_EXPLAINED = 3;

export interface ScoredClaims {
  drafts: DraftedClaim[];
  /** As their claims derive them, in the assessment's order. */
  candidates: Candidate[];
  decision: Decision;
  /** Candidates left out because what they rest on cannot be cited. */
  dropped: { indication: string; reason: string }[];
}

export function candidateClaims(
  assessment: Assessment,
  citer: CandidateCiter,
  asked: string | null,
): ScoredClaims {
  const drafts: DraftedClaim[] = [];
  const candidates: Candidate[] = [];
  const dropped: ScoredClaims['dropped'] = [];
  for (const assessed of assessment.candidates) {
    const features = assessment.features.candidates.find(
      ({ indication, ids }) => indication === assessed.indication && ids.mesh === assessed.ids.mesh,
    );
    if (!features) continue;
    if (features.evidenceIds.length === 0) {
      candidates.push(assessed);
      continue;
    }
    try {
      const { draft, candidate } = standing(features, citer);
      drafts.push(draft);
      candidates.push(candidate);
    } catch (error) {
      if (!(error instanceof NotDerivable)) throw error;
      dropped.push({ indication: assessed.indication, reason: error.message });
    }
  }
  const decision = decided(assessment.decision, candidates, asked);
  const featuresOf = (name: string | null) =>
    assessment.features.candidates.find(({ indication }) => indication === name);
  const judged = featuresOf(decision.candidate);
  if (judged && judged.evidenceIds.length > 0) drafts.push(decisionClaim(judged, citer));
  const explained = new Set([
    decision.candidate,
    ...candidates.filter(({ approved }) => !approved).map(({ indication }) => indication),
  ]);
  for (const name of [...explained].slice(0, MAX_EXPLAINED)) {
    const features = featuresOf(name);
    const candidate = candidates.find(({ indication }) => indication === name);
    if (!features || !candidate || candidate.terms.length === 0 || candidate.approved) continue;
    drafts.push(termsClaim(features, candidate, citer));
  }
  return { drafts, candidates, decision, dropped };
}

function filled(template: string, features: CandidateFeatures, citer: CandidateCiter): ClaimDraft {
  const draft = new ClaimDraft(template);
  if (!citer.fill(draft, features)) {
    throw new NotDerivable('a record it rests on cannot be cited');
  }
  return draft;
}

function standing(features: CandidateFeatures, citer: CandidateCiter) {
  const template = features.approved ? 'candidate.approved@1' : 'candidate.standing@1';
  const draft = filled(template, features, citer);
  const candidate = citer.said<Candidate>(draft, 'scored');
  for (const name of ['trials', 'studied', 'negative', 'supporting', 'contradicting', 'unclear']) {
    draft.derive(slotOf(name), `candidate.${name}@1`, 'scored');
  }
  if (features.approved) {
    draft.derive('approved', 'candidate.approved@1', 'scored');
    draft.derive('statement', 'approval.statement@1', citer.approvalOf(features));
    return { draft: draft.build(), candidate };
  }
  for (const name of ['indication', 'label', 'reason', 'support', 'against', 'interval']) {
    draft.derive(name, `candidate.${name}@1`, 'scored');
  }
  if (candidate.bestPhase !== null) {
    draft.derive('bestPhase', 'candidate.best-phase@1', 'scored');
  }
  return { draft: draft.build(), candidate };
}

/** The list of a candidate's trials is itself a slot. */
function slotOf(name: string): string {
  return name === 'trials' ? 'trialCount' : name;
}

function decisionClaim(features: CandidateFeatures, citer: CandidateCiter): DraftedClaim {
  if (features.approved) {
    return filled('decision.approved@1', features, citer)
      .derive('approved', 'candidate.approved@1', 'scored')
      .build();
  }
  const draft = filled('decision.label@1', features, citer);
  for (const name of ['indication', 'label', 'interval', 'reason']) {
    draft.derive(name, `candidate.${name}@1`, 'scored');
  }
  return draft.build();
}

function termsClaim(
  features: CandidateFeatures,
  candidate: Candidate,
  citer: CandidateCiter,
): DraftedClaim {
  const draft = filled('score.terms@1', features, citer);
  for (const name of ['indication', 'support', 'against', 'terms']) {
    draft.derive(name, `candidate.${name}@1`, 'scored');
  }
  if (candidate.flips.length > 0) draft.derive('flips', 'candidate.flips@1', 'scored');
  return draft.build();
}

/**
 * The assessment's decision, held to the candidates that can be shown: about the one asked for, else
 * about the first that is no approved use.
 */
export function decided(
  decision: Decision,
  candidates: readonly Candidate[],
  asked: string | null,
): Decision {
  const judged =
    candidates.find(({ indication }) => indication === decision.candidate) ??
    (asked === null ? candidates.find(({ approved }) => !approved) : undefined);
  if (judged) {
    return { label: judged.label, candidate: judged.indication, reason: judged.labelReason };
  }
  return {
    label: 'Insufficient evidence',
    candidate: asked === null ? null : decision.candidate,
    reason: decision.label === 'Insufficient evidence' ? decision.reason : 'nothing can be shown',
  };
}

/** Whether candidates, decision and levels are what their claims derive. */
import type { Json, Level } from '@/server/evidence/schema';
import type { ReadTrial } from '@/server/evidence/score/read-trial';
import { sameJson } from './canonical';
import type { ArticleReading } from './derivations/article';
import type { Candidate, Claim, Report, ReportDraft } from './schema';

export interface ScoreProblem {
  what: string;
  claimId: string | null;
}

/** Values of a claim's slots, where they can be computed. */
export type ValuesOf = (claim: Claim) => Record<string, Json> | null;

export function scoreProblems(report: Report, valuesOf: ValuesOf): ScoreProblem[] {
  const scored = report.claims.flatMap((claim) => {
    const candidate = 'scored' in claim.slots ? valuesOf(claim)?.scored : undefined;
    return candidate === undefined ? [] : [{ claim, candidate: candidate as unknown as Candidate }];
  });
  return [
    ...candidateProblems(report, scored),
    ...decisionProblems(report),
    ...withdrawalProblems(
      report,
      scored.map(({ claim }) => claim),
    ),
    ...levelProblems(report, valuesOf),
  ];
}

interface ScoredClaim {
  claim: Claim;
  candidate: Candidate;
}

function candidateProblems(report: Report, scored: ScoredClaim[]): ScoreProblem[] {
  const problems: ScoreProblem[] = [];
  const named = (candidate: Candidate) => JSON.stringify([candidate.indication, candidate.ids]);
  const stated = new Map(report.candidates.map((candidate) => [named(candidate), candidate]));
  if (stated.size !== report.candidates.length) {
    problems.push({ what: 'a candidate is listed twice', claimId: null });
  }
  for (const { claim, candidate } of scored) {
    const listed = stated.get(named(candidate));
    if (!listed) {
      problems.push({
        what: `it derives a candidate that is not listed: ${candidate.indication}`,
        claimId: claim.id,
      });
    } else if (!sameJson(listed, candidate)) {
      const fields = (Object.keys(candidate) as (keyof Candidate)[]).filter(
        (field) => !sameJson(listed[field], candidate[field]),
      );
      problems.push({
        what: `the candidate ${candidate.indication} is not what it derives (${fields.join(', ')})`,
        claimId: claim.id,
      });
    }
  }
  const derived = new Set(
    scored
      .filter(({ claim }) => claim.section === 'candidates')
      .map(({ candidate }) => named(candidate)),
  );
  for (const candidate of report.candidates) {
    if (derived.has(named(candidate))) continue;
    const isEmpty =
      candidate.evidenceIds.length === 0 &&
      candidate.label === 'Insufficient evidence' &&
      !candidate.approved;
    if (!isEmpty) {
      problems.push({
        what: `no claim derives the candidate ${candidate.indication}`,
        claimId: null,
      });
    }
  }
  return problems;
}

function decisionProblems(report: Report): ScoreProblem[] {
  const { decision, candidates, options } = report;
  const problem = (what: string) => [{ what: `the decision ${what}`, claimId: null }];
  const judged = candidates.filter(({ indication }) => indication === decision.candidate);
  if (options.indication === null) {
    const top = candidates.find(({ approved }) => !approved);
    if (decision.candidate !== (top?.indication ?? null)) {
      return problem('is not about the first candidate');
    }
  }
  if (judged.length === 0) {
    return decision.label === 'Insufficient evidence'
      ? []
      : problem('has a label without a candidate');
  }
  const isTheirs = judged.some(
    ({ label, labelReason }) => label === decision.label && labelReason === decision.reason,
  );
  return isTheirs ? [] : problem("is not its candidate's label");
}

/** A withdrawal that is told among the safety statements bears on every candidate. */
function withdrawalProblems(report: Report, scored: Claim[]): ScoreProblem[] {
  const withdrawals = new Set(
    report.claims
      .filter(({ slots }) => 'kind' in slots && isDerivedBy(slots.kind, 'warning.kind@1'))
      .filter(({ text }) => text.includes('withdrawal from a market'))
      .flatMap(({ citations }) => citations.map(({ evidenceId }) => evidenceId)),
  );
  return scored.flatMap((claim) => {
    const cited = new Set(claim.citations.map(({ evidenceId }) => evidenceId));
    return [...withdrawals].every((id) => cited.has(id))
      ? []
      : [{ what: 'it leaves out a withdrawal of the molecule', claimId: claim.id }];
  });
}

function isDerivedBy(slot: Claim['slots'][string] | undefined, name: string): boolean {
  return slot !== undefined && 'derive' in slot && slot.derive === name;
}

function levelProblems(report: Report, valuesOf: ValuesOf): ScoreProblem[] {
  const stated = new Map(report.evidence.map(({ id, level }) => [id, level]));
  return report.claims.flatMap((claim) =>
    [...levelsIn(valuesOf(claim))]
      .filter(([id, level]) => stated.has(id) && stated.get(id) !== level)
      .map(([id]) => ({
        what: `the level of evidence ${id} is not what it derives`,
        claimId: claim.id,
      })),
  );
}

/** Levels of evidence that a claim's slots derive. */
export function levelsIn(values: Record<string, Json> | null): Map<string, Level | null> {
  const levels = new Map<string, Level | null>();
  const trials = values?.readings;
  if (Array.isArray(trials)) {
    for (const { understood } of trials as unknown as ReadTrial[]) {
      levels.set(understood.evidenceId, understood.level);
    }
  }
  const articles = values?.articles;
  if (Array.isArray(articles)) {
    for (const { evidenceId, level } of articles as unknown as ArticleReading[]) {
      levels.set(evidenceId, level);
    }
  }
  return levels;
}

/** The draft with the levels that its claims derive, so that list and claims agree. */
export function withDerivedLevels<R extends ReportDraft>(report: R, valuesOf: ValuesOf): R {
  const derived = new Map(report.claims.flatMap((claim) => [...levelsIn(valuesOf(claim))]));
  return {
    ...report,
    evidence: report.evidence.map((item) => ({
      ...item,
      level: derived.has(item.id) ? (derived.get(item.id) ?? null) : item.level,
    })),
  };
}

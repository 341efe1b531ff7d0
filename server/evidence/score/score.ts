/**
 * Scores candidates from their features with given weights: terms, interval, label, flips, ranking.
 * Fast and free of I/O: the sliders of the candidates page call it on every move.
 */
import { byCodeUnit, round6 } from '@/server/evidence/understand/text';
import type { Candidate, Decision, Label, Term } from '@/server/reports/schema';
import type { CandidateFeatures, ScoreFeatures } from './features';
import { flipsOf } from './flips';
import { intervalOf, labelOf, sumsOf } from './label';
import { literatureTerms } from './literature';
import { DEFAULT_WEIGHTS, type Weights } from './weights';

export interface Scored {
  /** Best first: by label, then by the middle of the interval; approved uses last, without label. */
  candidates: Candidate[];
  /** The key of each candidate, in the same order: names may stand twice, keys do not. */
  keys: string[];
  decision: Decision;
}

export function score(features: ScoreFeatures, weights: Weights = DEFAULT_WEIGHTS): Scored {
  const ranked = features.candidates
    .map((candidate) => ({
      features: candidate,
      scored: scoreCandidate(candidate, features, weights),
    }))
    .sort((a, b) => compare(a.scored, b.scored, a.features, b.features));
  return {
    candidates: ranked.map(({ scored }) => scored),
    keys: ranked.map((candidate) => candidate.features.key),
    decision: decisionOf(features, ranked),
  };
}

export function termsOf(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
): Term[] {
  return [
    ...candidate.trialTerms.map((term): Term => {
      const weight = term.weight === null ? 0 : weights[term.weight];
      return {
        name: term.name,
        weight,
        value: term.low === term.high ? term.low : null,
        contribution: { low: round6(weight * term.low), high: round6(weight * term.high) },
        evidenceIds: term.evidenceIds,
      };
    }),
    ...literatureTerms(candidate.literature, weights),
    ...withdrawalTerms(features, weights),
  ];
}

function withdrawalTerms({ withdrawal }: ScoreFeatures, weights: Weights): Term[] {
  if (withdrawal.kind === 'none') return [];
  const weight = weights['safety.withdrawal'];
  const isKnown = withdrawal.kind !== 'unexplained';
  return [
    {
      name: isKnown ? 'Withdrawn for safety' : 'Withdrawn, reason not stated',
      weight,
      value: isKnown ? -1 : null,
      contribution: { low: round6(-weight), high: isKnown ? round6(-weight) : 0 },
      evidenceIds: withdrawal.evidenceIds,
    },
  ];
}

function scoreCandidate(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
): Candidate {
  const terms = termsOf(candidate, features, weights);
  const { support, against } = sumsOf(terms.map(({ contribution }) => contribution));
  const interval = intervalOf(support, against);
  const given = labelOf({
    hasRecord: candidate.hasRecord,
    ...features.outcomes,
    isWithdrawn: features.withdrawal.kind === 'full',
    interval,
    againstLow: against.low,
    go: weights['threshold.go'],
    noGo: weights['threshold.no-go'],
  });
  return {
    indication: candidate.indication,
    ids: candidate.ids,
    label: candidate.approved ? null : given.label,
    labelReason: candidate.approved ? 'already approved' : given.reason,
    support,
    against,
    interval,
    terms,
    unknown: candidate.unknown,
    flips: candidate.approved ? [] : flipsOf(candidate, features, weights, given.label),
    bestPhase: candidate.bestPhase,
    approved: candidate.approved,
    trials: candidate.trials,
    articles: candidate.articles,
    evidenceIds: candidate.evidenceIds,
  };
}

const LABEL_ORDER: readonly (Label | null)[] = [
  'Go',
  'Investigate',
  'No-Go',
  'Insufficient evidence',
  null,
];

/**
 * By label; within one, names broader than an approved use last; then by the middle of the interval,
 * its upper end, and the key, which no two share.
 */
function compare(
  a: Candidate,
  b: Candidate,
  featuresA: CandidateFeatures,
  featuresB: CandidateFeatures,
): number {
  const isBroad = (features: CandidateFeatures) => (features.broaderThanApproved === null ? 0 : 1);
  return (
    LABEL_ORDER.indexOf(a.label) - LABEL_ORDER.indexOf(b.label) ||
    isBroad(featuresA) - isBroad(featuresB) ||
    round6(b.interval.low + b.interval.high - a.interval.low - a.interval.high) ||
    b.interval.high - a.interval.high ||
    byCodeUnit(featuresA.key, featuresB.key)
  );
}

function decisionOf(
  features: ScoreFeatures,
  ranked: readonly { features: CandidateFeatures; scored: Candidate }[],
): Decision {
  const { requested } = features;
  if (requested) {
    const asked = ranked.find((candidate) => candidate.features.key === requested.key)?.scored;
    if (asked)
      return { label: asked.label, candidate: asked.indication, reason: asked.labelReason };
    return {
      label: 'Insufficient evidence',
      candidate: requested.text,
      reason: 'no record names this indication',
    };
  }
  const top = ranked.find(({ scored }) => !scored.approved)?.scored;
  if (top) return { label: top.label, candidate: top.indication, reason: top.labelReason };
  const { clinicaltrials } = features.outcomes;
  const reason =
    clinicaltrials === 'failed'
      ? 'ClinicalTrials.gov could not be asked'
      : clinicaltrials === 'not-searched'
        ? 'ClinicalTrials.gov was not searched'
        : ranked.length > 0
          ? 'only approved uses were found'
          : 'no candidate indication was found';
  return { label: 'Insufficient evidence', candidate: null, reason };
}

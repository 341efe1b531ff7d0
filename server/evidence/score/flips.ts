/** Which single change would change a candidate's label, found by scoring again with that change. */
import { byCodeUnit } from '@/server/evidence/understand/text';
import type { Candidate, Interval, Label } from '@/server/reports/schema';
import type { CandidateFeatures, ScoreFeatures } from './features';
import { labelNamed, labelRuleOf, sumsOf } from './label';
import { literatureContributions } from './literature';
import { WEIGHTS, type WeightId, type Weights } from './weights';

type Flip = Candidate['flips'][number];
/** One change to what is scored. */
interface Case {
  weights: Weights;
  /** Added to the contributions as they are. */
  change?: Interval;
  hasRecord?: boolean;
  answered?: boolean;
  registryAnswered?: boolean;
  notWithdrawn?: boolean;
}

export function contributionsOf(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
): Interval[] {
  const contributions: Interval[] = [];
  for (const { weight, low, high } of candidate.trialTerms) {
    const each = weight === null ? 0 : weights[weight];
    contributions.push({ low: each * low, high: each * high });
  }
  contributions.push(...literatureContributions(candidate.literature, weights));
  const { kind } = features.withdrawal;
  if (kind !== 'none') {
    const weight = weights['safety.withdrawal'];
    contributions.push({ low: -weight, high: kind === 'unexplained' ? 0 : -weight });
  }
  return contributions;
}

/** Sorted by label and words; each change by itself. */
export function flipsOf(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
  label: Label,
): Flip[] {
  const usual = contributionsOf(candidate, features, weights);
  const labelIf = (tried: Case): Label => {
    const contributions =
      tried.weights === weights ? [...usual] : contributionsOf(candidate, features, tried.weights);
    if (tried.change) contributions.push(tried.change);
    const { support, against } = sumsOf(contributions);
    const { outcomes, withdrawal } = features;
    return labelNamed(
      labelRuleOf({
        hasRecord: tried.hasRecord ?? candidate.hasRecord,
        clinicaltrials: tried.registryAnswered ? 'ok' : outcomes.clinicaltrials,
        openfda: tried.answered ? 'ok' : outcomes.openfda,
        chembl: tried.answered ? 'ok' : outcomes.chembl,
        isWithdrawn: withdrawal.kind === 'full' && !tried.notWithdrawn,
        support,
        against,
        go: tried.weights['threshold.go'],
        noGo: tried.weights['threshold.no-go'],
      }),
    );
  };
  const flips: Flip[] = [];
  const tryOut = (change: string, tried: Omit<Case, 'weights'> & { weights?: Weights }) => {
    const other = labelIf({ ...tried, weights: tried.weights ?? weights });
    if (other !== label) flips.push({ label: other, change });
  };

  tryOut('ClinicalTrials.gov answered', { registryAnswered: true });
  tryOut('openFDA and ChEMBL answered in full', { answered: true });
  tryOut('an approval today were recorded, so that the withdrawal counted as a term', {
    notWithdrawn: true,
  });
  unknowns(candidate, weights, usual, tryOut);
  tryOut('a further phase 3 trial met its primary outcome', {
    hasRecord: true,
    change: both(weights['phase.3']),
  });
  tryOut('a further phase 3 trial missed its primary outcome', {
    hasRecord: true,
    change: both(-weights['phase.3']),
  });
  movedWeights(candidate, features, weights, tryOut);
  return flips.sort((a, b) => byCodeUnit(a.label, b.label) || byCodeUnit(a.change, b.change));
}

type TryOut = (change: string, tried: Omit<Case, 'weights'> & { weights?: Weights }) => void;

/** Each unknown resolved by itself, once well and once badly. */
function unknowns(
  candidate: CandidateFeatures,
  weights: Weights,
  usual: readonly Interval[],
  tryOut: TryOut,
): void {
  candidate.trialTerms.forEach((term) => {
    if (!term.resolved) return;
    const weight = term.weight === null ? 0 : weights[term.weight];
    // One member leaves the unknown and stands at a known value: both ends move there.
    for (const { value, words } of term.resolved) {
      const change = {
        low: weight * (value - term.each.low),
        high: weight * (value - term.each.high),
      };
      tryOut(`${term.example} ${words}`, { change });
    }
  });
  const literature = usual[candidate.trialTerms.length + 2];
  if (!literature || literature.low === literature.high) return;
  const spread = literature.high - literature.low;
  tryOut('the literature that could not be read spoke for it', {
    change: { low: spread, high: 0 },
  });
  tryOut('the literature that could not be read spoke against it', {
    change: { low: 0, high: -spread },
  });
}

/** Each weight the candidate's terms use, and both thresholds, at its bounds. */
function movedWeights(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
  tryOut: TryOut,
): void {
  const used = weightsUsed(candidate, features);
  for (const { id, label, min, max } of WEIGHTS) {
    if (!used.has(id)) continue;
    for (const bound of [min, max]) {
      if (bound === weights[id]) continue;
      tryOut(`the weight "${label}" stood at ${bound}`, { weights: { ...weights, [id]: bound } });
    }
  }
}

function weightsUsed(candidate: CandidateFeatures, features: ScoreFeatures): Set<WeightId> {
  const used = new Set<WeightId>(['threshold.go', 'threshold.no-go']);
  for (const { weight, low, high } of candidate.trialTerms) {
    if (weight !== null && (low !== 0 || high !== 0)) used.add(weight);
  }
  for (const groups of Object.values(candidate.literature)) {
    for (const level of Object.keys(groups)) used.add(`literature.${level}` as WeightId);
  }
  if (features.withdrawal.kind !== 'none') used.add('safety.withdrawal');
  return used;
}

function both(value: number): Interval {
  return { low: value, high: value };
}

/** Which single change would change a candidate's label, found by weighing again with that change. */
import { byCodeUnit, round6 } from '@/server/evidence/understand/text';
import type { Candidate, Label } from '@/server/reports/schema';
import type { CandidateFeatures, ScoreFeatures } from './features';
import { labelNamed, labelRuleOf } from './label';
import { literatureContributions } from './literature';
import { WEIGHTS, type WeightId, type Weights } from './weights';

type Flip = Candidate['flips'][number];

/** The two ends of the interval, and what is at least known against. */
interface Standing {
  low: number;
  high: number;
  againstLow: number;
}

interface Circumstances {
  hasRecord?: boolean;
  drugSourcesAnswered?: boolean;
  registryAnswered?: boolean;
  isApprovedToday?: boolean;
  isWithdrawn?: boolean;
}

/** Sorted by label and words; each change by itself. */
export function flipsOf(
  candidate: CandidateFeatures,
  features: ScoreFeatures,
  weights: Weights,
  label: Label,
): Flip[] {
  const parts = partsOf(candidate, features, weights);
  const { usual } = parts;
  const flips: Flip[] = [];
  const tryOut = (
    change: () => string,
    standing: Standing,
    circumstances: Circumstances = {},
    go = weights['threshold.go'],
    noGo = weights['threshold.no-go'],
  ) => {
    const other = labelIn(standing, circumstances, go, noGo, candidate, features);
    if (other !== label) flips.push({ label: other, change: change() });
  };

  tryOut(() => 'ClinicalTrials.gov answered', usual, { registryAnswered: true });
  tryOut(() => 'openFDA and ChEMBL answered in full', usual, { drugSourcesAnswered: true });
  tryOut(() => 'an approval today were recorded, so that the withdrawal counted as a term', usual, {
    isApprovedToday: true,
  });
  // One member leaves the unknown and stands at a known value: both ends move there.
  for (const { weight, each, resolved, example } of candidate.trialTerms) {
    if (weight === null) continue;
    for (const { value, words } of resolved) {
      const by = weights[weight];
      tryOut(
        () => `${example} ${words}`,
        shifted(usual, by * (value - each.low), by * (value - each.high)),
      );
    }
  }
  const { more, less } = parts.literature;
  if (more + less > 0) {
    const what = 'the literature that could not be read spoke';
    tryOut(() => `${what} for it`, shifted(usual, more + less, 0));
    tryOut(() => `${what} against it`, shifted(usual, 0, -more - less));
  }
  for (const [sign, words] of [
    [1, 'met'],
    [-1, 'missed'],
  ] as const) {
    const value = sign * weights['phase.3'];
    tryOut(
      () => `a further phase 3 trial ${words} its primary outcome`,
      shifted(usual, value, value),
      { hasRecord: true },
    );
  }
  for (const { id, label: name, min, max } of WEIGHTS) {
    if (!parts.used.has(id)) continue;
    for (const bound of [min, max]) {
      if (bound === weights[id]) continue;
      tryOut(
        () => `the weight "${name}" stood at ${bound}`,
        moved(parts, candidate, weights, id, bound),
        {},
        id === 'threshold.go' ? bound : undefined,
        id === 'threshold.no-go' ? bound : undefined,
      );
    }
  }
  return flips.sort((a, b) => byCodeUnit(a.label, b.label) || byCodeUnit(a.change, b.change));
}

function labelIn(
  { low, high, againstLow }: Standing,
  circumstances: Circumstances,
  go: number,
  noGo: number,
  candidate: CandidateFeatures,
  { outcomes, withdrawal }: ScoreFeatures,
): Label {
  return labelNamed(
    labelRuleOf({
      hasRecord: circumstances.hasRecord ?? candidate.hasRecord,
      clinicaltrials: circumstances.registryAnswered ? 'ok' : outcomes.clinicaltrials,
      openfda: circumstances.drugSourcesAnswered ? 'ok' : outcomes.openfda,
      chembl: circumstances.drugSourcesAnswered ? 'ok' : outcomes.chembl,
      isWithdrawn:
        circumstances.isWithdrawn ?? (withdrawal.kind === 'full' && !circumstances.isApprovedToday),
      interval: { low: round6(low), high: round6(high) },
      againstLow: round6(againstLow),
      go,
      noGo,
    }),
  );
}

function shifted({ low, high, againstLow }: Standing, byLow: number, byHigh: number): Standing {
  return {
    low: low + byLow,
    high: high + byHigh,
    againstLow: againstLow + Math.max(0, -byHigh),
  };
}

/** A candidate's sum taken apart by weight: but for literature it is linear in each. */
interface Parts {
  byWeight: ReadonlyMap<WeightId, Standing>;
  literature: ReturnType<typeof literatureContributions>;
  usual: Standing;
  used: ReadonlySet<WeightId>;
}

function partsOf(candidate: CandidateFeatures, features: ScoreFeatures, weights: Weights): Parts {
  const byWeight = new Map<WeightId, Standing>();
  const add = (weight: WeightId, low: number, high: number) => {
    const part = byWeight.get(weight) ?? { low: 0, high: 0, againstLow: 0 };
    byWeight.set(weight, shifted(part, low, high));
  };
  for (const { weight, low, high } of candidate.trialTerms) {
    if (weight !== null && (low !== 0 || high !== 0)) add(weight, low, high);
  }
  const { kind } = features.withdrawal;
  if (kind !== 'none') add('safety.withdrawal', -1, kind === 'unexplained' ? 0 : -1);
  const used = new Set<WeightId>([...byWeight.keys(), 'threshold.go', 'threshold.no-go']);
  for (const groups of Object.values(candidate.literature)) {
    for (const level of Object.keys(groups)) used.add(`literature.${level}` as WeightId);
  }
  const literature = literatureContributions(candidate.literature, (id) => weights[id]);
  const usual = withLiterature({ low: 0, high: 0, againstLow: 0 }, literature, 1);
  for (const [id, part] of byWeight) {
    usual.low += weights[id] * part.low;
    usual.high += weights[id] * part.high;
    usual.againstLow += weights[id] * part.againstLow;
  }
  return { byWeight, literature, usual, used };
}

function withLiterature(
  { low, high, againstLow }: Standing,
  { plus, minus, more, less }: Parts['literature'],
  times: 1 | -1,
): Standing {
  return {
    low: low + times * (plus - minus - less),
    high: high + times * (plus - minus + more),
    againstLow: againstLow + times * minus,
  };
}

function moved(
  { byWeight, usual, literature }: Parts,
  candidate: CandidateFeatures,
  weights: Weights,
  id: WeightId,
  value: number,
): Standing {
  if (id.startsWith('literature.')) {
    const other = literatureContributions(candidate.literature, (asked) =>
      asked === id ? value : weights[asked],
    );
    return withLiterature(withLiterature(usual, literature, -1), other, 1);
  }
  const part = byWeight.get(id);
  if (!part) return usual;
  const by = value - weights[id];
  return {
    low: usual.low + by * part.low,
    high: usual.high + by * part.high,
    againstLow: usual.againstLow + by * part.againstLow,
  };
}

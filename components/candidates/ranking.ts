/** Candidates weighed for the screen: where each stands, and where it usually stands. Pure. */
import type { SourceId } from '@/server/evidence/schema';
import type { CandidateFeatures, ScoreFeatures } from '@/server/evidence/score/features';
import { score } from '@/server/evidence/score/score';
import { DEFAULT_WEIGHTS, type Weights } from '@/server/evidence/score/weights';
import type { Candidate, Interval, Label } from '@/server/reports/schema';

export interface Ranked {
  key: string;
  candidate: Candidate;
  features: CandidateFeatures;
  /** Place among the candidates, from 1; null for approved uses. */
  rank: number | null;
  /** Place and label under the report's weights. */
  usualRank: number | null;
  usualLabel: Label | null;
  isRequested: boolean;
}

/** `usual` are the places under the report's weights: a screen that weighs often takes them once. */
export function rankCandidates(
  features: ScoreFeatures,
  weights: Weights,
  usual = usualPlaces(features),
): Ranked[] {
  const byKey = new Map(features.candidates.map((candidate) => [candidate.key, candidate]));
  return [...places(features, weights)].flatMap(([key, { candidate, rank }]) => {
    const own = byKey.get(key);
    const before = usual.get(key);
    return own && before
      ? [
          {
            key,
            candidate,
            features: own,
            rank,
            usualRank: before.rank,
            usualLabel: before.candidate.label,
            isRequested: features.requested?.key === key,
          },
        ]
      : [];
  });
}

export const usualPlaces = (features: ScoreFeatures) => places(features, DEFAULT_WEIGHTS);

function places(features: ScoreFeatures, weights: Weights) {
  const { candidates, keys } = score(features, weights);
  let rank = 0;
  return new Map(
    candidates.map((candidate, index) => [
      keys[index]!,
      { candidate, rank: candidate.approved ? null : ++rank },
    ]),
  );
}

export interface CandidateFilter {
  search: string;
  labels: readonly string[];
  /** Only candidates with a record from each of these sources. */
  needs: readonly string[];
}

export type SourcesByKey = Readonly<Record<string, readonly SourceId[]>>;

export function narrowCandidates(
  ranked: readonly Ranked[],
  filter: CandidateFilter,
  sources: SourcesByKey,
): Ranked[] {
  const search = filter.search.trim().toLowerCase();
  return ranked.filter(
    ({ key, candidate }) =>
      (search === '' ||
        `${candidate.indication} ${idsOf(candidate)}`.toLowerCase().includes(search)) &&
      (filter.labels.length === 0 || filter.labels.includes(candidate.label ?? '')) &&
      filter.needs.every((need) => sources[key]?.includes(need as SourceId)),
  );
}

/** MeSH descriptor first; empty for what no vocabulary names. */
export function idsOf({ ids }: Pick<Candidate, 'ids'>): string {
  return [ids.mesh, ...ids.efo].filter(Boolean).join(' · ');
}

/** The half-width of the scale that all rows share. */
export function scaleOf(ranked: readonly Ranked[]): number {
  return Math.max(
    0.5,
    ...ranked.flatMap(({ candidate: { support, against, interval } }) => [
      support.high,
      against.high,
      Math.abs(interval.low),
      Math.abs(interval.high),
    ]),
  );
}

/** Columns of the heat view, strongest first. */
export const TERM_GROUPS = [
  { id: 'phase.4', label: 'Phase 4' },
  { id: 'phase.3', label: 'Phase 3' },
  { id: 'phase.2', label: 'Phase 2' },
  { id: 'phase.1', label: 'Phase 1' },
  { id: 'phase.unstated', label: 'No phase stated' },
  { id: 'literature.for', label: 'Literature for' },
  { id: 'literature.against', label: 'Literature against' },
  { id: 'literature.unknown', label: 'Literature, unread' },
  { id: 'safety', label: 'Withdrawal' },
] as const;
export type TermGroup = (typeof TERM_GROUPS)[number]['id'];

/** What each group of terms contributes; a group without a counting term is absent. */
export function termSums({
  candidate,
  features,
}: Pick<Ranked, 'candidate' | 'features'>): Partial<Record<TermGroup, Interval>> {
  const sums: Partial<Record<TermGroup, Interval>> = {};
  candidate.terms.forEach((term, index) => {
    const trialTerm = features.trialTerms[index];
    const group = trialTerm ? trialGroup(trialTerm.weight) : otherGroup(term.name);
    if (!group) return;
    const { low, high } = sums[group] ?? { low: 0, high: 0 };
    sums[group] = { low: low + term.contribution.low, high: high + term.contribution.high };
  });
  return sums;
}

function trialGroup(weight: string | null): TermGroup | null {
  if (weight === 'phase.early-1') return 'phase.1';
  return weight as TermGroup | null;
}

function otherGroup(name: string): TermGroup {
  if (name.startsWith('Literature for')) return 'literature.for';
  if (name.startsWith('Literature against')) return 'literature.against';
  return name.startsWith('Literature') ? 'literature.unknown' : 'safety';
}

/**
 * Every weight and threshold of the score, each with its source. Change any default together with
 * {@link WEIGHTS_VERSION}: it stands in every report.
 */
import type { Level } from '@/server/evidence/schema';
import type { PhaseKey } from '@/server/evidence/understand/phase';

export const WEIGHTS_VERSION = '1';

export interface WeightDefinition {
  id: string;
  /** For people, beside the slider. */
  label: string;
  default: number;
  /** Bounds of the slider, and how far `flips` moves it. */
  min: number;
  max: number;
  source: string;
}

/** Evidence page of the Open Targets documentation, ChEMBL section: score by clinical phase. */
const OPEN_TARGETS =
  'Open Targets Platform documentation, platform-docs.opentargets.org/evidence (ChEMBL, clinical phase; read 2026-11-22)';

export const WEIGHTS = [
  {
    id: 'phase.early-1',
    label: 'Trial, early phase 1',
    default: 0.09,
    min: 0,
    max: 0.2,
    source: OPEN_TARGETS,
  },
  {
    id: 'phase.1',
    label: 'Trial, phase 1',
    default: 0.1,
    min: 0,
    max: 0.3,
    source: OPEN_TARGETS,
  },
  {
    id: 'phase.2',
    label: 'Trial, phase 2',
    default: 0.2,
    min: 0,
    max: 0.6,
    source: OPEN_TARGETS,
  },
  {
    id: 'phase.3',
    label: 'Trial, phase 3 (and 4 without an approval)',
    default: 0.7,
    min: 0.2,
    max: 1,
    source: OPEN_TARGETS,
  },
  {
    id: 'phase.4',
    label: 'Trial, phase 4, of an approved use',
    default: 1,
    min: 0.5,
    max: 1,
    source: OPEN_TARGETS,
  },
  {
    id: 'phase.unstated',
    label: 'Trial without a stated phase, at most',
    default: 0.1,
    min: 0,
    max: 0.7,
    source:
      'Own judgement: registries write "not applicable" mostly for small or behavioural studies, so at most as much as phase 1',
  },
  {
    id: 'literature.L1',
    label: 'Literature, level 1',
    default: 0.25,
    min: 0,
    max: 0.7,
    source:
      'Own judgement: the report of a phase 3 trial or of a meta-analysis, read by rules from its abstract, counts about a third of the registered result',
  },
  {
    id: 'literature.L2',
    label: 'Literature, level 2',
    default: 0.12,
    min: 0,
    max: 0.4,
    source: 'Own judgement: about half of level 1',
  },
  {
    id: 'literature.L3',
    label: 'Literature, level 3',
    default: 0.05,
    min: 0,
    max: 0.2,
    source: 'Own judgement: half a phase 1 trial; cases and cohorts are open to confounding',
  },
  {
    id: 'literature.L4',
    label: 'Literature, level 4',
    default: 0.03,
    min: 0,
    max: 0.1,
    source: 'Own judgement: most effects in animals do not carry over to patients',
  },
  {
    id: 'literature.L5',
    label: 'Literature, level 5',
    default: 0.02,
    min: 0,
    max: 0.1,
    source: 'Own judgement: below level 4',
  },
  {
    id: 'literature.L6',
    label: 'Literature, level 6',
    default: 0.01,
    min: 0,
    max: 0.1,
    source: 'Own judgement: below level 5',
  },
  {
    id: 'literature.unclassified',
    label: 'Literature of unknown level, at most',
    default: 0.03,
    min: 0,
    max: 0.25,
    source: 'Own judgement: a report whose design is not told counts at most like one in animals',
  },
  {
    id: 'safety.withdrawal',
    label: 'Withdrawn for safety somewhere or once',
    default: 0.2,
    min: 0,
    max: 0.7,
    source: 'Own judgement: as much against as a failed phase 2 trial',
  },
  {
    id: 'threshold.go',
    label: 'G: Go from this lower end on',
    default: 0.45,
    min: 0.1,
    max: 1.5,
    source:
      'Own judgement: one phase 3 success reaches it even if literature of unread direction is counted against it (0.7 - 0.25); two phase 2 successes alone (0.4) do not',
  },
  {
    id: 'threshold.no-go',
    label: 'N: No-Go below this upper end',
    default: 0,
    min: -0.7,
    max: 0.4,
    source: 'Own judgement: even read at its best, the evidence speaks more against than for',
  },
] as const satisfies readonly WeightDefinition[];

export type WeightId = (typeof WEIGHTS)[number]['id'];
export type Weights = Record<WeightId, number>;

export const DEFAULT_WEIGHTS: Weights = Object.fromEntries(
  WEIGHTS.map((weight) => [weight.id, weight.default]),
) as Weights;

/** Defaults with some weights moved; each is kept within its bounds, anything else is left out. */
export function weightsWith(moved: Partial<Record<string, number>>): Weights {
  return Object.fromEntries(
    WEIGHTS.map(({ id, default: usual, min, max }) => {
      const value = moved[id];
      const isGiven = value !== undefined && Number.isFinite(value);
      return [id, isGiven ? Math.min(max, Math.max(min, value)) : usual];
    }),
  ) as Weights;
}

/** A phase 4 trial weighs as phase 3 unless an approval for that indication is recorded. */
export function phaseWeightId(phase: PhaseKey | null, isApproved: boolean): WeightId {
  switch (phase) {
    case 'early-phase-1':
      return 'phase.early-1';
    case 'phase-1':
      return 'phase.1';
    case 'phase-2':
      return 'phase.2';
    case 'phase-3':
      return 'phase.3';
    case 'phase-4':
      return isApproved ? 'phase.4' : 'phase.3';
    case null:
      return 'phase.unstated';
  }
}

export function literatureWeightId(level: Level | null): WeightId {
  return level === null ? 'literature.unclassified' : `literature.${level}`;
}

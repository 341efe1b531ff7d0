/** What the order is learned from: what a person can see of a record. Pure and browser-safe. */
import type { EvidenceRow } from '@/server/evidence/rows';
import { EVIDENCE_KINDS, SOURCE_IDS } from '@/server/evidence/schema';

/** Years after which recency has halved. */
const HALF_LIFE_YEARS = 8;

const LEVELS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6'];

export const FEATURES: readonly string[] = [
  ...SOURCE_IDS.map((id) => `source ${id}`),
  ...EVIDENCE_KINDS.map((kind) => `kind ${kind}`),
  'level',
  'not classified',
  'phase',
  'recency',
  'names the molecule',
  'supports',
  'contradicts',
  'alarm',
  'earlier votes',
];

export interface FeatureContext {
  /** Names of the molecule. */
  names: readonly string[];
  year: number;
  /** Others' votes on a record before, by evidence id. */
  earlier: ReadonlyMap<string, { up: number; down: number }>;
}

/** One number per name of {@link FEATURES}, each between −1 and 1. */
export function featuresOf(row: EvidenceRow, { names, year, earlier }: FeatureContext): number[] {
  const title = row.title.toLowerCase();
  const published = Number(row.publishedOn?.slice(0, 4)) || null;
  const phase = Number(/^(?:Early )?phase (\d)/i.exec(row.summary ?? '')?.[1] ?? 0);
  const votes = earlier.get(row.id) ?? { up: 0, down: 0 };
  return [
    ...SOURCE_IDS.map((id) => Number(row.source === id)),
    ...EVIDENCE_KINDS.map((kind) => Number(row.kind === kind)),
    row.level ? 1 - LEVELS.indexOf(row.level) / (LEVELS.length - 1) : 0,
    Number(row.level === null),
    phase / 4,
    published === null ? 0 : 0.5 ** (Math.max(0, year - published) / HALF_LIFE_YEARS),
    Number(names.some((name) => title.includes(name.toLowerCase()))),
    Number(row.stance === 'supports'),
    Number(row.stance === 'contradicts'),
    Number(row.alarm !== null),
    (votes.up - votes.down) / (votes.up + votes.down + 2),
  ];
}

/** As they are kept: by name, so that they outlive a change of {@link FEATURES}. */
export const namedWeights = (weights: readonly number[]): Record<string, number> =>
  Object.fromEntries(FEATURES.map((name, i) => [name, weights[i] ?? 0]));
/** What was not known when they were learned weighs nothing. */
export const weightsOf = (kept: unknown): number[] =>
  FEATURES.map((name) => (kept as Record<string, number>)[name] ?? 0);

export const scoreOf = (weights: readonly number[], features: readonly number[]): number =>
  features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);

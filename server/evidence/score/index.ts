/**
 * From evidence to explained candidates. `prepare` reads (slow, once), `score` weighs (fast, as often as
 * a slider moves); a browser that only moves sliders imports `./score` and `./weights`.
 */
import type { Candidate, Decision } from '@/server/reports/schema';
import type { ScoreFeatures, Understanding } from './features';
import { type AssessmentInput, prepare } from './prepare';
import { score } from './score';
import { DEFAULT_WEIGHTS, WEIGHTS_VERSION, type Weights } from './weights';

export type {
  ArticleUnderstanding,
  CandidateFeatures,
  ScoreFeatures,
  TrialUnderstanding,
  Understanding,
} from './features';
export { intervalOf, type LabelFacts, labelOf, sumsOf } from './label';
export { type AssessmentInput, prepare } from './prepare';
export { type Scored, score } from './score';
export {
  DEFAULT_WEIGHTS,
  WEIGHTS,
  WEIGHTS_VERSION,
  type WeightDefinition,
  type WeightId,
  type Weights,
  weightsWith,
} from './weights';

/** Survives JSON; `features` is all that moving sliders needs. */
export interface Assessment {
  candidates: Candidate[];
  decision: Decision;
  /** Of every trial and article, sorted by evidence id. */
  understanding: Understanding[];
  features: ScoreFeatures;
  weightsVersion: string;
}

/** The same evidence, in whatever order, gives the same assessment on any machine. */
export function assess(input: AssessmentInput & { weights?: Weights }): Assessment {
  const { features, understanding } = prepare(input);
  const { candidates, decision } = score(features, input.weights ?? DEFAULT_WEIGHTS);
  return { candidates, decision, understanding, features, weightsVersion: WEIGHTS_VERSION };
}

/**
 * What a score is computed from: plain values that survive JSON. Made once from evidence (slow), scored
 * with any weights (fast). Types only.
 */
import type { Citation, Level, Outcome } from '@/server/evidence/schema';
import type { PrimaryVerdict } from '@/server/evidence/understand/primary-outcome';
import type { RetractionState } from '@/server/evidence/understand/retraction';
import type { SentencePlace, StanceKind } from '@/server/evidence/understand/stance';
import type { TrialRole } from '@/server/evidence/understand/trial-role';
import type { TrialState } from '@/server/evidence/understand/trial-state';
import type { Candidate } from '@/server/reports/schema';
import type { WeightId } from './weights';

export const FEATURES_FORMAT = 'phial.features/1';

/** A group of trials (or a database's record) that share weight and reading. */
export interface TrialTerm {
  name: string;
  /** Null for what is shown and not counted: its weight is 0. */
  weight: WeightId | null;
  /** Multiples of the weight the group adds, at least and at most; negative speaks against. */
  low: number;
  high: number;
  /** The same for a single member. */
  each: { low: number; high: number };
  /** What a single member may turn out to be, in words that follow its id; none where all is known. */
  resolved: { value: number; words: string }[];
  evidenceIds: string[];
  /** The first member's own id, to name it. */
  example: string;
}

/** Ids of articles by level; `unclassified` where the level is unknown. */
export type ByLevel = Partial<Record<Level | 'unclassified', string[]>>;

export interface LiteratureFeatures {
  /** Direction, level and standing are read. */
  supports: ByLevel;
  contradicts: ByLevel;
  /**
   * What may count so as well: direction not read, level unknown, under an expression of concern, or
   * not known whether retracted.
   */
  maySupport: ByLevel;
  mayContradict: ByLevel;
}

export interface CandidateFeatures {
  key: string;
  indication: string;
  ids: Candidate['ids'];
  approved: boolean;
  /** What states the approval; null where not approved. */
  approvedBy: Citation | null;
  /** Name of an approved use that this one is a broader name of; ranks below its equals. */
  broaderThanApproved: string | null;
  hasRecord: boolean;
  trialTerms: TrialTerm[];
  literature: LiteratureFeatures;
  /** In words, whatever the weights. */
  unknown: string[];
  bestPhase: string | null;
  trials: Candidate['trials'];
  articles: Candidate['articles'];
  evidenceIds: string[];
}

export interface Withdrawal {
  /**
   * `full`: for safety, with no approval today. `partial`: for safety somewhere or once. `unexplained`:
   * withdrawn, why is not stated. `unsure`: for safety, and whether it is approved today is not known.
   */
  kind: 'none' | 'full' | 'partial' | 'unexplained' | 'unsure';
  evidenceIds: string[];
}

export interface ScoreFeatures {
  format: typeof FEATURES_FORMAT;
  molecule: string;
  outcomes: { clinicaltrials: Outcome; openfda: Outcome; chembl: Outcome };
  withdrawal: Withdrawal;
  candidates: CandidateFeatures[];
  /** What `--indication` asked for, and the key of the candidate it names. */
  requested: { text: string; key: string } | null;
}

export interface TrialUnderstanding {
  kind: 'trial';
  evidenceId: string;
  role: TrialRole;
  /** Labels of the arms that give the molecule. */
  arms: string[];
  phase: string | null;
  stop: { class: string; rule: string } | null;
  primaryOutcome: PrimaryVerdict;
  /** The primary outcome was met as non-inferiority. */
  nonInferior: boolean;
  state: TrialState;
  level: Level | null;
  levelRule: string;
  /** Candidates it is listed under, and those it counts for. */
  candidates: string[];
  countsFor: string[];
}

export interface ArticleUnderstanding {
  kind: 'article';
  evidenceId: string;
  retraction: RetractionState;
  level: Level | null;
  levelRule: string;
  stances: {
    candidate: string;
    stance: StanceKind;
    rule: string;
    /** Within `said(facts.abstract[section].text)`, or the title. */
    sentence: SentencePlace | null;
  }[];
  /** Whether title, abstract or index terms name the molecule at all. */
  namesMolecule: boolean;
}

export type Understanding = TrialUnderstanding | ArticleUnderstanding;

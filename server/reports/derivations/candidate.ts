/**
 * Derivations by which a candidate's score, label and figures follow from what is cited for it. The
 * rules themselves are those of the assessment; when one of them changes, these get a new version and
 * the old rule stays for the old one.
 */
import {
  type Citation,
  type Evidence,
  type Json,
  OUTCOMES,
  type Outcome,
} from '@/server/evidence/schema';
import { candidateFeatures } from '@/server/evidence/score/candidate';
import {
  type ArticleUnderstanding,
  type CandidateFeatures,
  FEATURES_FORMAT,
  type Withdrawal,
} from '@/server/evidence/score/features';
import { type ReadTrial, readTrial } from '@/server/evidence/score/read-trial';
import { score } from '@/server/evidence/score/score';
import { WEIGHTS_VERSION } from '@/server/evidence/score/weights';
import { withdrawalOf } from '@/server/evidence/score/withdrawal';
import { approvingSentence, isApprovedPhase } from '@/server/evidence/understand/approved';
import { diseasePhrases } from '@/server/evidence/understand/disease-names';
import { roundNumbers } from '../canonical';
import type { Candidate, Interval } from '../schema';
import type { ArticleReading } from './article';
import {
  type Derivation,
  type Derivations,
  objectOf,
  pure,
  textOf,
  textOrNull,
  textsOf,
} from './derivation';
import { type Disease, type Stated, vocabularyFrom } from './disease';
import { evidenceOf, fact, factOrNull, trialEvidence } from './facts';
import { figure } from './generic';
import type { TrialRecord } from './trial-record';

const as = <T>(value: Json | undefined) => value as unknown as T;
const json = (value: unknown) => value as Json;

export const CANDIDATE: Derivations = {
  /** The molecule's names: cited ones, and the one asked about. */
  'molecule.names@1': pure((values) => [...new Set(values.map(textOf))].sort()),

  /** Trials understood for the molecule: its names, what states the indications, and the trials. */
  'trials.understand@1': pure(([names, stated, trials]) => {
    const records = as<TrialRecord[]>(trials);
    const known = textsOf(names);
    const vocabulary = vocabularyFrom(as<Stated[]>(stated), records);
    return json(records.map((trial) => readTrial(trialEvidence(trial), known, vocabulary)));
  }),

  /** The place that states an approval for this very indication. */
  'approval.by@1': {
    compute: ([disease, statement], _report, citations) => {
      const { terms, names } = as<Disease>(disease);
      const isApproval =
        typeof statement === 'string' && !/^\d/.test(statement)
          ? approvingSentence(statement, diseasePhrases([...terms, ...names])) !== null
          : isApprovedPhase(statement as string | number);
      if (!isApproval) throw new Error('it states no approval for this indication');
      return json(citations[1]);
    },
    takes: (position) =>
      position === 1 ? { pointer: /\/(?:max_phase_for_ind|indications_and_usage\/\d+)$/ } : null,
  },

  /** What states an approval, in words. */
  'approval.statement@1': pure(([statement]) =>
    typeof statement === 'string' && !/^\d/.test(statement)
      ? `the US label says “${statement}”`
      : 'ChEMBL records the highest phase, 4, for it',
  ),

  /** How the molecule was withdrawn: its names, openFDA's outcome, then statements of both. */
  'withdrawal.of@1': pure(([names, outcome, ...statements]) =>
    json(
      withdrawalOf(
        statements.map((statement) => as<Evidence>(statement)),
        textsOf(names),
        outcomeOf(outcome),
      ),
    ),
  ),
  'withdrawal.warning@1': statement([/\/(?:warning_type|warningType)$/], ([type, harm, why], id) =>
    evidenceOf('warning', id, id, {
      type: fact(textOf(type)),
      toxicityClass: factOrNull(textOrNull(harm)),
      country: null,
      year: null,
      description: factOrNull(textOrNull(why)),
    }),
  ),
  'withdrawal.flag@1': statement([/\/withdrawn_flag$/], ([flag], id) =>
    evidenceOf('compound', id, id, {
      name: null,
      inchiKey: null,
      smiles: null,
      formula: null,
      massDa: null,
      moleculeType: null,
      maxPhase: null,
      firstApproval: null,
      withdrawn: fact(flag === true),
      blackBoxWarning: null,
      parentId: null,
      synonyms: [],
      xrefs: [],
    }),
  ),
  'approval.marketed@1': statement([/\/marketing_status$/], ([status], id) =>
    evidenceOf('approval', id, id, {
      applicationNumber: fact(''),
      sponsor: null,
      products: [{ brand: null, status: fact(textOf(status)) }],
      firstApprovedOn: null,
    }),
  ),
  'label.named@1': statement([/\/(?:generic_name|brand_name)\/\d+$/], ([name], id) =>
    evidenceOf('label', id, id, {
      setId: fact(''),
      brandName: null,
      genericName: fact(textOf(name)),
      manufacturer: null,
      effectiveOn: null,
      indications: [],
      boxedWarning: [],
      route: [],
    }),
  ),

  /** What the records come to before any weight: indication, trials, statements, approvals, articles. */
  'candidate.features@1': pure(([disease, trials, stated, approvals, articles]) => {
    const { key, efo, terms, names, indication } = as<Disease>(disease);
    const read = as<ReadTrial[]>(trials);
    const foreign = read.find(({ named }) => !named.some((condition) => condition.key === key));
    if (foreign) throw new Error(`${foreign.externalId} is no trial of this indication`);
    return json(
      candidateFeatures({
        key,
        efo,
        terms: new Set(terms),
        names: new Set(names),
        indication: () => indication,
        trials: [...read].sort((a, b) => compare(a.understood.evidenceId, b.understood.evidenceId)),
        recorded: as<Stated[]>(stated)
          .map(({ evidenceId, phase }) => ({ evidenceId, phase, source: 'chembl' as const }))
          .sort((a, b) => compare(a.evidenceId, b.evidenceId)),
        approvals: as<Citation[]>(approvals),
        articles: as<ArticleReading[]>(articles)
          .map(({ stance, ...article }) => ({ article: article as ArticleUnderstanding, stance }))
          .sort((a, b) => compare(a.article.evidenceId, b.article.evidenceId)),
      }),
    );
  }),

  /** The candidate as the report states it, by the weights the report names. */
  'candidate.scored@1': {
    compute: ([features, withdrawal, clinicaltrials, openfda, chembl], { versions }) => {
      if (versions.weights !== WEIGHTS_VERSION) {
        throw new Error(`it knows the weights ${WEIGHTS_VERSION}, not ${versions.weights}`);
      }
      const { candidates } = score({
        format: FEATURES_FORMAT,
        molecule: '',
        outcomes: {
          clinicaltrials: outcomeOf(clinicaltrials),
          openfda: outcomeOf(openfda),
          chembl: outcomeOf(chembl),
        },
        withdrawal: as<Withdrawal>(withdrawal),
        candidates: [as<CandidateFeatures>(features)],
        requested: null,
      });
      return json(roundNumbers(candidates[0]));
    },
  },

  'candidate.indication@1': part(({ indication }) => indication),
  'candidate.label@1': part(({ label }) => label ?? 'already approved'),
  'candidate.reason@1': part(({ labelReason }) => labelReason),
  'candidate.support@1': part(({ support }) => range(support)),
  'candidate.against@1': part(({ against }) => range(against)),
  'candidate.interval@1': part(({ interval }) => range(interval)),
  'candidate.best-phase@1': part(({ bestPhase }) => {
    if (bestPhase === null) throw new Error('no phase is stated');
    return bestPhase.toLowerCase();
  }),
  'candidate.trials@1': part(({ trials }) => trials.total),
  'candidate.studied@1': part(({ trials }) => trials.studied),
  'candidate.negative@1': part(({ trials }) => trials.negative),
  'candidate.supporting@1': part(({ articles }) => articles.supports),
  'candidate.contradicting@1': part(({ articles }) => articles.contradicts),
  'candidate.unclear@1': part(({ articles }) => articles.unclear),
  /** Each term with its contribution, in words. */
  'candidate.terms@1': part(({ terms }) => {
    if (terms.length === 0) throw new Error('there are no terms');
    return terms
      .map(
        ({ name, contribution, evidenceIds }) =>
          `${name} (${evidenceIds.length}): ${range(contribution)}`,
      )
      .join('; ');
  }),
  'candidate.flips@1': part(({ flips }) => {
    if (flips.length === 0) throw new Error('nothing single would change it');
    return flips.map(({ label, change }) => `${label} if ${change}`).join('; ');
  }),
  /** An approved use in words; refuses any other candidate. */
  'candidate.approved@1': part(({ approved, indication }) => {
    if (!approved) throw new Error('no approval is recorded');
    return indication;
  }),
};

function part(read: (candidate: Candidate) => Json): Derivation {
  return pure(([candidate]) => read(objectOf(candidate) as unknown as Candidate));
}

/** A record of which only some fields are cited, for understanding that reads no others. */
function statement(
  fields: readonly RegExp[],
  build: (values: Json[], evidenceId: string) => Evidence,
): Derivation {
  return {
    compute: (values, _report, citations) => json(build(values, citations[0]?.evidenceId ?? '')),
    takes: (position) => {
      const pointer = fields[position];
      return pointer ? { pointer } : null;
    },
  };
}

function outcomeOf(value: Json | undefined): Outcome {
  const outcome = OUTCOMES.find((known) => known === value);
  if (!outcome) throw new Error('it takes the outcome of a source');
  return outcome;
}

function range({ low, high }: Interval): string {
  return low === high ? figure(low) : `${figure(low)} to ${figure(high)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

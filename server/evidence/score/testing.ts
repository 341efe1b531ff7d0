/** Small evidence for tests: cited facts without a stored body behind them. */
import type {
  ArticleFacts,
  Evidence,
  EvidenceKind,
  EvidenceOf,
  FactsByKind,
  Outcome,
  SourceId,
  TrialFacts,
  ValuePlace,
} from '@/server/evidence/schema';
import type { AssessmentInput } from './prepare';

const SNAPSHOT = '0'.repeat(64);

export function cited<T>(value: T): ValuePlace<T> {
  return { snapshotSha256: SNAPSHOT, pointer: '/made', value };
}

const mesh = (terms: readonly (readonly [string | null, string])[]) =>
  terms.map(([id, term]) => ({ id: id === null ? null : cited(id), term: cited(term) }));

function evidence<K extends EvidenceKind>(
  kind: K,
  source: SourceId,
  externalId: string,
  facts: FactsByKind[K],
): EvidenceOf<K> {
  return {
    id: `${kind}-${externalId}`,
    kind,
    source,
    externalId,
    title: externalId,
    url: `https://example.org/${externalId}`,
    publishedOn: null,
    licence: 'none',
    facts,
    snapshotSha256: SNAPSHOT,
    connectorVersion: '1',
    retrievedAt: null,
  } as unknown as EvidenceOf<K>;
}

export const FEVER = ['D900001', 'Invented Fever'] as const;
export const COUGH = ['D900002', 'Invented Cough'] as const;

export interface TrialGiven {
  id: string;
  phases?: string[] | null;
  status?: string;
  why?: string;
  /** p-value of a posted primary analysis with a hazard ratio of 0.5. */
  p?: string;
  hasResults?: boolean;
  conditions?: readonly (readonly [string | null, string])[];
  named?: string[];
  role?: 'studied' | 'combination' | 'comparator' | 'background' | 'not-given' | 'unclear';
  studyType?: string;
}

const ARMS: Record<NonNullable<TrialGiven['role']>, [type: string, ...given: string[]][]> = {
  studied: [
    ['EXPERIMENTAL', 'examplinib'],
    ['PLACEBO_COMPARATOR', 'placebo'],
  ],
  combination: [['EXPERIMENTAL', 'examplinib', 'novumab']],
  comparator: [
    ['EXPERIMENTAL', 'novumab'],
    ['ACTIVE_COMPARATOR', 'examplinib'],
  ],
  background: [
    ['EXPERIMENTAL', 'novumab', 'examplinib'],
    ['ACTIVE_COMPARATOR', 'examplinib'],
  ],
  'not-given': [['EXPERIMENTAL', 'novumab']],
  unclear: [
    ['ACTIVE_COMPARATOR', 'novumab'],
    ['ACTIVE_COMPARATOR', 'examplinib'],
  ],
};

/** A completed phase 3 trial of examplinib in invented fever, without results, unless told otherwise. */
export function trial(given: TrialGiven): EvidenceOf<'trial'> {
  const arms = ARMS[given.role ?? 'studied'];
  const drugs = [...new Set(arms.flatMap(([, ...names]) => names))];
  const phases = given.phases === undefined ? ['PHASE3'] : given.phases;
  const facts: TrialFacts = {
    nctId: cited(given.id),
    title: cited(given.id),
    studyType: cited(given.studyType ?? 'INTERVENTIONAL'),
    phases: phases === null ? null : cited(phases),
    status: cited(given.status ?? 'COMPLETED'),
    whyStopped: given.why === undefined ? null : cited(given.why),
    conditions: (given.named ?? []).map(cited),
    conditionMesh: mesh(given.conditions ?? (given.named ? [] : [FEVER])),
    interventionMesh: [],
    interventions: drugs.map((name) => ({
      type: cited('DRUG'),
      name: cited(name),
      otherNames: [],
      armLabels: [],
    })),
    arms: arms.map(([type, ...names], i) => ({
      label: cited(`arm ${i}`),
      type: cited(type),
      interventionNames: names.map((name) => cited(`Drug: ${name}`)),
    })),
    primaryPurpose: null,
    allocation: cited('RANDOMIZED'),
    masking: null,
    enrolment: null,
    enrolmentType: null,
    hasResults: cited(given.hasResults ?? given.p !== undefined),
    startDate: null,
    completionDate: null,
    sponsor: null,
    sponsorClass: null,
    primaryOutcomes: [],
    primaryAnalyses:
      given.p === undefined
        ? []
        : [
            {
              measure: cited('Overall Survival'),
              groupIds: null,
              groupTitles: [cited('examplinib'), cited('placebo')],
              pValue: cited(given.p),
              parameter: cited('Hazard Ratio (HR)'),
              estimate: cited('0.5'),
              ciLower: null,
              ciUpper: null,
              nonInferiority: cited('SUPERIORITY'),
            },
          ],
    references: [],
  };
  return evidence('trial', 'clinicaltrials', given.id, facts);
}

export interface ArticleGiven {
  id: string;
  says?: 'for' | 'against' | 'nothing';
  level?: 'L1' | 'L2' | 'L3' | 'L5' | null;
  notices?: string[] | null;
  about?: readonly [string | null, string];
  molecule?: string;
}

const TYPES = {
  L1: ['Clinical Trial, Phase III'],
  L2: ['Randomized Controlled Trial'],
  L3: ['Case Reports'],
  L5: ['Journal Article'],
} as const;

/** An article on examplinib in invented fever. */
export function article(given: ArticleGiven): EvidenceOf<'article'> {
  const level = given.level === undefined ? 'L1' : given.level;
  const molecule = given.molecule ?? 'Examplinib';
  const said = {
    for: `${molecule} significantly improved overall survival.`,
    against: `${molecule} did not improve overall survival.`,
    nothing: `${molecule} was given to all.`,
  }[given.says ?? 'nothing'];
  const facts: ArticleFacts = {
    pmid: cited(given.id),
    doi: null,
    pmcid: null,
    title: cited(`${molecule} in ${(given.about ?? FEVER)[1]}`),
    abstract: [
      ...(level === 'L5' ? [{ label: null, text: cited('Cultured cells were used.') }] : []),
      { label: cited('CONCLUSIONS'), text: cited(said) },
    ],
    journal: null,
    year: null,
    authors: [],
    publicationTypes: level === null ? [] : TYPES[level].map((type: string) => cited(type)),
    mesh: mesh([given.about ?? FEVER]).map((term) => ({ ...term, major: true })),
    substances: [],
    notices:
      given.notices === null
        ? null
        : (given.notices ?? []).map((type) => ({ type: cited(type), reference: null })),
    citedBy: null,
  };
  return evidence('article', 'pubmed', given.id, facts);
}

export function indication(
  id: string,
  maxPhase: number | string,
  given: {
    mesh?: readonly [string, string];
    efo?: readonly [string, string];
    source?: 'chembl' | 'opentargets';
  },
): EvidenceOf<'indication'> {
  return evidence('indication', given.source ?? 'chembl', id, {
    meshId: given.mesh ? cited(given.mesh[0]) : null,
    meshHeading: given.mesh ? cited(given.mesh[1].toUpperCase()) : null,
    efoId: given.efo ? cited(given.efo[0]) : null,
    efoTerm: given.efo ? cited(given.efo[1]) : null,
    maxPhase: cited(maxPhase) as ReturnType<typeof cited<number>>,
    references: [],
  });
}

export function label(indications: string, name = 'Examplinib'): EvidenceOf<'label'> {
  return evidence('label', 'openfda', `label-${indications.length}`, {
    setId: cited('set'),
    brandName: null,
    genericName: cited(name),
    manufacturer: null,
    effectiveOn: null,
    indications: [cited(indications)],
    boxedWarning: [],
    route: [],
  });
}

export function approval(status: string): EvidenceOf<'approval'> {
  return evidence('approval', 'openfda', `NDA-${status}`, {
    applicationNumber: cited('NDA1'),
    sponsor: null,
    products: [{ brand: null, status: cited(status) }],
    firstApprovedOn: null,
  });
}

export function withdrawn(reason: string | null = 'Cardiotoxicity'): EvidenceOf<'warning'> {
  return evidence('warning', 'chembl', 'withdrawn', {
    type: cited('Withdrawn'),
    toxicityClass: reason === null ? null : cited(reason),
    country: cited('Nowhere'),
    year: null,
    description: null,
  });
}

export const ALL_ANSWERED: Record<SourceId, Outcome> = {
  pubchem: 'ok',
  chembl: 'ok',
  clinicaltrials: 'ok',
  pubmed: 'ok',
  europepmc: 'ok',
  openfda: 'ok',
  opentargets: 'ok',
};

/** About examplinib; all sources have answered. */
export function about(
  given: readonly Evidence[],
  rest: Partial<AssessmentInput> = {},
): AssessmentInput {
  return {
    subject: { name: 'Examplinib', names: ['Examplinib', 'EX-101'] },
    evidence: given,
    outcomes: ALL_ANSWERED,
    ...rest,
  };
}

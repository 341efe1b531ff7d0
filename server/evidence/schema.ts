/**
 * The words of the evidence domain: sources, outcomes, cited facts and the kinds of evidence.
 * Browser-safe: types and constants only.
 *
 * A fact is never a bare value. It is stored as the citation that carries it, so that whatever is
 * later said of it can point to the exact place in a stored, hashed response.
 */

export const SOURCE_IDS = [
  'pubchem',
  'chembl',
  'clinicaltrials',
  'pubmed',
  'europepmc',
  'openfda',
  'opentargets',
] as const;
export type SourceId = (typeof SOURCE_IDS)[number];

/** How asking a source ended. A failure is never shown as "nothing found". */
export const OUTCOMES = ['ok', 'empty', 'partial', 'failed', 'not-searched'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON value at an RFC 6901 pointer of a stored JSON body; compared by deep equality. */
export interface ValuePlace<T = Json> {
  snapshotSha256: string;
  pointer: string;
  value: T;
}

/** Words inside the decoded JSON string at `pointer`; offsets in UTF-16 units of that string. */
export interface QuotePlace {
  snapshotSha256: string;
  pointer: string;
  start: number;
  end: number;
  quote: string;
}

/**
 * A raw slice of an XML or text body decoded as UTF-8 (BOM kept); offsets in UTF-16 units.
 * `display` is the slice without tags and escapes.
 */
export interface SlicePlace {
  snapshotSha256: string;
  start: number;
  end: number;
  quote: string;
  display: string;
}

export type Place<T = Json> = ValuePlace<T> | QuotePlace | SlicePlace;

/** A fact together with where it stands. Read it with {@link said}. */
export type Cited<T> = ValuePlace<T> | (T extends string ? QuotePlace | SlicePlace : never);

/** A place and the evidence it was read for: the form in which reports cite (CONTRACTS, Citations). */
export type Citation = Place & { evidenceId: string };

/** What a cited fact says: the JSON value, or the words. */
export function said<T>(cited: Cited<T>): T;
export function said<T>(cited: Cited<T> | null | undefined): T | null;
export function said<T>(cited: Cited<T> | null | undefined): T | null {
  if (!cited) return null;
  if ('value' in cited) return cited.value;
  if ('display' in cited) return cited.display as T;
  return (cited as QuotePlace).quote as T;
}

/** A descriptor of a disease vocabulary: MeSH `D…`, EFO/MONDO/… with underscore as Open Targets writes them. */
export interface CitedTerm {
  id: Cited<string> | null;
  term: Cited<string>;
}

export interface TrialFacts {
  nctId: Cited<string>;
  title: Cited<string>;
  studyType: Cited<string> | null;
  /** As the registry writes them: `["PHASE1","PHASE2"]`, `["NA"]`; null where not stated. */
  phases: Cited<string[]> | null;
  status: Cited<string>;
  whyStopped: Cited<string> | null;
  conditions: Cited<string>[];
  /** `derivedSection.conditionBrowseModule.meshes`; ancestors are deliberately not read. */
  conditionMesh: CitedTerm[];
  /** `derivedSection.interventionBrowseModule.meshes`. */
  interventionMesh: CitedTerm[];
  interventions: {
    type: Cited<string> | null;
    name: Cited<string>;
    otherNames: Cited<string>[];
    armLabels: Cited<string>[];
  }[];
  arms: {
    label: Cited<string>;
    type: Cited<string> | null;
    interventionNames: Cited<string>[];
  }[];
  primaryPurpose: Cited<string> | null;
  allocation: Cited<string> | null;
  masking: Cited<string> | null;
  enrolment: Cited<number> | null;
  enrolmentType: Cited<string> | null;
  hasResults: Cited<boolean> | null;
  startDate: Cited<string> | null;
  completionDate: Cited<string> | null;
  sponsor: Cited<string> | null;
  sponsorClass: Cited<string> | null;
  primaryOutcomes: Cited<string>[];
  /** Posted statistical analyses of PRIMARY outcome measures only. */
  primaryAnalyses: {
    measure: Cited<string>;
    groupIds: Cited<string[]> | null;
    groupTitles: Cited<string>[];
    pValue: Cited<string> | null;
    parameter: Cited<string> | null;
    estimate: Cited<string> | null;
    ciLower: Cited<string> | null;
    ciUpper: Cited<string> | null;
    nonInferiority: Cited<string> | null;
  }[];
  /** Articles the registry lists, by PMID, with their role (`RESULT`, `DERIVED`, `BACKGROUND`). */
  references: { pmid: Cited<string>; type: Cited<string> | null }[];
}

export interface ArticleFacts {
  pmid: Cited<string> | null;
  doi: Cited<string> | null;
  pmcid: Cited<string> | null;
  title: Cited<string>;
  /** Sections of the abstract, each one contiguous place; `label` such as RESULTS where given. */
  abstract: { label: Cited<string> | null; text: Cited<string> }[];
  journal: Cited<string> | null;
  year: Cited<string> | null;
  authors: Cited<string>[];
  publicationTypes: Cited<string>[];
  mesh: (CitedTerm & { major: boolean })[];
  substances: CitedTerm[];
  /**
   * Notices about this article. Retraction, concern and correction are different things; an empty
   * list means that the source lists none, `null` that this source does not say.
   */
  notices: { type: Cited<string>; reference: Cited<string> | null }[] | null;
  citedBy: Cited<number> | null;
}

export interface PatentFacts {
  number: Cited<string>;
  title: Cited<string>;
  abstract: Cited<string> | null;
  publishedOn: Cited<string> | null;
  applicants: Cited<string>[];
}

export interface CompoundFacts {
  name: Cited<string> | null;
  inchiKey: Cited<string> | null;
  smiles: Cited<string> | null;
  formula: Cited<string> | null;
  massDa: Cited<string> | Cited<number> | null;
  moleculeType: Cited<string> | null;
  maxPhase: Cited<number> | Cited<string> | null;
  firstApproval: Cited<number> | null;
  withdrawn: Cited<boolean> | null;
  blackBoxWarning: Cited<number> | Cited<boolean> | null;
  parentId: Cited<string> | null;
  synonyms: Cited<string>[];
  xrefs: { source: string; id: Cited<string> | Cited<number> }[];
}

export interface MechanismFacts {
  mechanism: Cited<string>;
  action: Cited<string> | null;
  targetName: Cited<string> | null;
  targetId: Cited<string> | null;
  genes: Cited<string>[];
  organism: Cited<string> | null;
}

/** An indication that a drug database records for the molecule, with the highest phase reached. */
export interface IndicationFacts {
  meshId: Cited<string> | null;
  meshHeading: Cited<string> | null;
  efoId: Cited<string> | null;
  efoTerm: Cited<string> | null;
  /** ChEMBL `max_phase_for_ind` (4 = approved) or Open Targets' clinical stage. */
  maxPhase: Cited<number> | Cited<string> | null;
  references: Cited<string>[];
}

export interface PotencyFacts {
  targetName: Cited<string>;
  targetId: Cited<string> | null;
  organism: Cited<string> | null;
  assayType: Cited<string> | null;
  /** IC50, Ki, EC50 … */
  type: Cited<string>;
  relation: Cited<string> | null;
  value: Cited<string> | Cited<number> | null;
  units: Cited<string> | null;
  pchembl: Cited<string> | Cited<number> | null;
  document: Cited<string> | null;
}

export interface WarningFacts {
  /** `Black Box Warning` or `Withdrawn`. */
  type: Cited<string>;
  toxicityClass: Cited<string> | null;
  country: Cited<string> | null;
  year: Cited<number> | null;
  description: Cited<string> | null;
}

export interface LabelFacts {
  setId: Cited<string>;
  brandName: Cited<string> | null;
  genericName: Cited<string> | null;
  manufacturer: Cited<string> | null;
  effectiveOn: Cited<string> | null;
  indications: Cited<string>[];
  boxedWarning: Cited<string>[];
  route: Cited<string>[];
}

export interface ApprovalFacts {
  applicationNumber: Cited<string>;
  sponsor: Cited<string> | null;
  products: { brand: Cited<string> | null; status: Cited<string> | null }[];
  firstApprovedOn: Cited<string> | null;
}

/**
 * Counts of spontaneous reports for one reaction, openFDA drug/event. Reports do not say which drug
 * is the suspect ("co-reported") and are not incidence.
 */
export interface AdverseEventFacts {
  reaction: Cited<string>;
  /** Reports with drug and reaction. */
  a: Cited<number>;
  /** Reports with the drug. */
  drugTotal: Cited<number>;
  /** Reports with the reaction. */
  reactionTotal: Cited<number> | null;
  /** All reports. */
  total: Cited<number> | null;
}

/** Association of a target of the molecule with a disease (Open Targets), or a target itself. */
export interface TargetFacts {
  symbol: Cited<string>;
  name: Cited<string> | null;
  targetId: Cited<string> | null;
}

export interface FactsByKind {
  compound: CompoundFacts;
  trial: TrialFacts;
  article: ArticleFacts;
  patent: PatentFacts;
  mechanism: MechanismFacts;
  indication: IndicationFacts;
  potency: PotencyFacts;
  warning: WarningFacts;
  label: LabelFacts;
  approval: ApprovalFacts;
  'adverse-event': AdverseEventFacts;
  target: TargetFacts;
}
export type EvidenceKind = keyof FactsByKind;
export const EVIDENCE_KINDS = [
  'compound',
  'trial',
  'article',
  'patent',
  'mechanism',
  'indication',
  'potency',
  'warning',
  'label',
  'approval',
  'adverse-event',
  'target',
] as const satisfies readonly EvidenceKind[];

/** Evidence level, of the design and never the direction (L1 strongest; null = unclassified). */
export type Level = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6';

interface EvidenceBase<K extends EvidenceKind> {
  kind: K;
  source: SourceId;
  /** The source's own id of the record: NCT number, PMID, patent number … */
  externalId: string;
  title: string;
  /** Public https page of the record. */
  url: string;
  /** ISO date, or year / year-month as far as known. */
  publishedOn: string | null;
  /** Licence or terms of the record, as the source states them. */
  licence: string;
  facts: FactsByKind[K];
  /** The response the record was read from. Facts may cite further responses. */
  snapshotSha256: string;
}

/** What a connector makes of a response; `recordEvidence` gives it its id. */
export type EvidenceDraft = { [K in EvidenceKind]: EvidenceBase<K> }[EvidenceKind];
export type DraftOf<K extends EvidenceKind> = EvidenceBase<K>;

/** One normalised record. `id` = SHA-256 hex of source and external id, unique within a job. */
export type Evidence = EvidenceDraft & {
  id: string;
  connectorVersion: string;
  /** ISO time (UTC) of the response; null for composed snapshots. */
  retrievedAt: string | null;
};
export type EvidenceOf<K extends EvidenceKind> = Extract<Evidence, { kind: K }>;

/** The compound (or name) a job is about; the result of identification. */
export interface Subject {
  /** Preferred name to show and search. */
  name: string;
  /** Names to search sources with, best first, without ambiguous ones; includes `name`. */
  names: string[];
  canonicalSmiles: string | null;
  inchiKey: string | null;
  formula: string | null;
  massDa: number | null;
  matchedBy: 'inchikey' | 'smiles' | 'name' | 'first-block' | 'source-id' | 'name-only';
  /** Cross references by source: `pubchem` CID, `chembl` id, `unii` … */
  xrefs: Record<string, string>;
  /** What cannot be done for this subject and why (no structure, polymer …), for people. */
  limits: string[];
}

/** A row of the ledger: what came of one source. */
export interface SourceResult {
  id: SourceId;
  outcome: Outcome;
  /** Why it is not plainly `ok`; stable wording without numbers that vary between runs. */
  reason: string | null;
  requests: number;
  records: number;
  retrievedAt: string | null;
}

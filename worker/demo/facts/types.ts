/**
 * What the demonstration says of a molecule. Each row names in `source` where it was checked; what
 * could not be checked is left out or null.
 */

export interface MoleculeFacts {
  compound: CompoundRow;
  mechanisms: MechanismRow[];
  indications: IndicationRow[];
  trials: TrialRow[];
  articles: ArticleRow[];
  patents: PatentRow[];
  labels: LabelRow[];
  applications: ApplicationRow[];
}

interface Checked {
  source: string;
}

export interface CompoundRow extends Checked {
  name: string;
  /** International and other generic names, best first. */
  genericNames: string[];
  tradeNames: string[];
  pubchemCid: number;
  chemblId: string;
  inchiKey: string;
  smiles: string;
  formula: string;
  /** As PubChem writes it: a decimal string in g/mol. */
  molecularWeight: string;
  moleculeType: string;
  maxPhase: number;
  firstApproval: number | null;
  blackBoxWarning: 0 | 1 | null;
  withdrawn: boolean | null;
  otherIds: string[];
}

export interface MechanismRow extends Checked {
  mechanism: string;
  action: string;
  target: {
    chemblId: string | null;
    name: string;
    organism: string | null;
    genes: { symbol: string; name: string | null; ensemblId: string | null }[];
  } | null;
}

export interface IndicationRow extends Checked {
  mesh: Term;
  /** Ontology term as Open Targets writes it: `MONDO_0005149`. */
  efo: Term | null;
  /** Highest phase reached; 4 is approved. */
  maxPhase: 1 | 2 | 3 | 4;
  trials: string[];
}

/** An id with its term. */
export type Term = readonly [id: string, term: string];

export interface TrialRow extends Checked {
  nctId: string;
  title: string;
  studyType: 'INTERVENTIONAL' | 'OBSERVATIONAL';
  phases: string[];
  status: string;
  whyStopped?: string;
  conditions: string[];
  conditionMesh: Term[];
  interventionMesh?: Term[];
  interventions: { type: string; name: string; arms?: string[] }[];
  arms?: { label: string; type: string; interventions: string[] }[];
  allocation?: string;
  masking?: string;
  purpose?: string;
  enrolment: { count: number; type?: 'ACTUAL' | 'ESTIMATED' };
  /** Left out where it could not be checked whether results are posted. */
  hasResults?: boolean;
  firstPosted?: string;
  start?: string;
  completion?: string;
  sponsor: { name: string; class?: string } | null;
  primaryOutcomes: string[];
  /** PMIDs that the registry lists. */
  references: string[];
}

export interface ArticleRow extends Checked {
  pmid: string;
  doi: string | null;
  pmcid: string | null;
  title: string;
  journal: string | null;
  year: string | null;
  publicationTypes: string[];
}

export interface PatentRow extends Checked {
  number: string;
  title: string | null;
  publishedOn: string | null;
  applicants: string[];
}

export interface LabelRow extends Checked {
  setId: string;
  brandName: string;
  genericName: string;
  manufacturer: string | null;
  /** As the label writes it: `20260213`. */
  effectiveTime: string | null;
  indications: string[];
  boxedWarning: string[];
  route: string[];
}

export interface ApplicationRow extends Checked {
  applicationNumber: string;
  sponsor: string | null;
  products: { brand: string; ingredient: string; status: string | null }[];
  /** Approval of the original application, `19980327`; null where not checked. */
  approvedOn: string | null;
}

import type { MoleculeFacts } from './types';

const HUB = 'Drug Repurposing Hub table of 2020-03-24';

export const imatinib: MoleculeFacts = {
  compound: {
    name: 'Imatinib',
    genericNames: ['Imatinib', 'Imatinibum'],
    tradeNames: ['Gleevec'],
    pubchemCid: 5291,
    chemblId: 'CHEMBL941',
    inchiKey: 'KTUFNOKKBVMGRW-UHFFFAOYSA-N',
    smiles: 'CN1CCN(Cc2ccc(cc2)C(=O)Nc2ccc(C)c(Nc3nccc(n3)-c3cccnc3)c2)CC1',
    formula: 'C29H31N7O',
    molecularWeight: '493.6',
    moleculeType: 'Small molecule',
    maxPhase: 4,
    firstApproval: null,
    blackBoxWarning: null,
    withdrawn: null,
    otherIds: ['UNII-BKJ8M8G5HI', 'DB00619', '152459-95-5'],
    source:
      'DrugBank vocabulary and Drug Repurposing Hub tables; ChEMBL id by the name resolver of the ChEMBL web client',
  },
  mechanisms: ['Bcr-Abl kinase inhibitor', 'KIT inhibitor'].map((mechanism) => ({
    mechanism,
    action: 'INHIBITOR',
    target: null,
    source: HUB,
  })),
  indications: [
    {
      mesh: ['D015464', 'Leukemia, Myelogenous, Chronic, BCR-ABL Positive'],
      efo: null,
      maxPhase: 4,
      trials: [],
      source: `${HUB}: launched; MeSH id from registry records of trials in leukemia`,
    },
  ],
  trials: [
    {
      nctId: 'NCT05071482',
      title: 'Flumatinib Versus Imatinib Combined With Chemotherapy for de Novo Ph+ ALL',
      studyType: 'INTERVENTIONAL',
      phases: ['PHASE4'],
      status: 'RECRUITING',
      conditions: ['Acute Leukemia'],
      conditionMesh: [['D007938', 'Leukemia']],
      interventionMesh: [['D000068877', 'Imatinib Mesylate']],
      interventions: [
        { type: 'DRUG', name: 'Flumatinib', arms: ['flumatinib arm'] },
        { type: 'DRUG', name: 'Imatinib', arms: ['imatinib arm'] },
      ],
      arms: [
        {
          label: 'flumatinib arm',
          type: 'EXPERIMENTAL',
          interventions: ['Drug: Flumatinib'],
        },
        {
          label: 'imatinib arm',
          type: 'ACTIVE_COMPARATOR',
          interventions: ['Drug: Imatinib'],
        },
      ],
      allocation: 'RANDOMIZED',
      masking: 'NONE',
      purpose: 'TREATMENT',
      enrolment: { count: 238, type: 'ESTIMATED' },
      hasResults: false,
      firstPosted: '2021-10-08',
      start: '2021-09-16',
      completion: '2025-10-30',
      sponsor: { name: 'wang, jianxiang', class: 'OTHER' },
      primaryOutcomes: ['Relapse free survival'],
      references: [],
      source: 'clinicaltrials.gov record of NCT05071482 (API copy)',
    },
  ],
  articles: [
    {
      pmid: '11287972',
      doi: '10.1056/NEJM200104053441401',
      pmcid: null,
      title:
        'Efficacy and safety of a specific inhibitor of the BCR-ABL tyrosine kinase in chronic myeloid leukemia.',
      journal: 'N Engl J Med',
      year: '2001',
      publicationTypes: [],
      source: 'reference lists of several public repositories that agree on title, DOI and PMID',
    },
  ],
  patents: [
    {
      number: 'US5521184',
      title: 'Pyrimidine derivatives and processes for the preparation thereof',
      publishedOn: '1996',
      applicants: ['Ciba-Geigy'],
      source: 'patent tables of two public repositories',
    },
  ],
  labels: [],
  applications: [
    {
      applicationNumber: 'NDA021588',
      sponsor: 'NOVARTIS',
      products: [{ brand: 'GLEEVEC', ingredient: 'IMATINIB MESYLATE', status: 'Prescription' }],
      approvedOn: '20030418',
      source: 'openFDA drugsfda record (API copy of 2026-08-11)',
    },
  ],
};

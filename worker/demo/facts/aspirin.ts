import type { MoleculeFacts } from './types';

const HUB = 'Drug Repurposing Hub table of 2020-03-24';

export const aspirin: MoleculeFacts = {
  compound: {
    name: 'Aspirin',
    genericNames: ['Aspirin', 'Acetylsalicylic Acid'],
    tradeNames: ['Ecotrin', 'Durlaza'],
    pubchemCid: 2244,
    chemblId: 'CHEMBL25',
    inchiKey: 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N',
    smiles: 'CC(=O)Oc1ccccc1C(=O)O',
    formula: 'C9H8O4',
    molecularWeight: '180.16',
    moleculeType: 'Small molecule',
    maxPhase: 4,
    firstApproval: 1950,
    blackBoxWarning: 0,
    withdrawn: false,
    otherIds: ['UNII-R16CO5Y76E', 'DB00945', '50-78-2'],
    source: 'ChEMBL record CHEMBL25 and PubChem property table of CID 2244 (API copies)',
  },
  mechanisms: [
    {
      mechanism: 'Cyclooxygenase inhibitor',
      action: 'INHIBITOR',
      target: null,
      source: HUB,
    },
  ],
  indications: [
    {
      mesh: ['D006261', 'Headache'],
      efo: null,
      maxPhase: 4,
      trials: [],
      source: `${HUB}: launched; MeSH id as public repositories write it`,
    },
  ],
  trials: [
    {
      nctId: 'NCT02387086',
      title: 'Gefitinib Combined With Thalidomide to Treat NSCLC',
      studyType: 'INTERVENTIONAL',
      phases: ['PHASE2', 'PHASE3'],
      status: 'UNKNOWN',
      conditions: ['NSCLC'],
      conditionMesh: [],
      interventionMesh: [
        ['D013792', 'Thalidomide'],
        ['D000077156', 'Gefitinib'],
        ['D001241', 'Aspirin'],
      ],
      interventions: [
        { type: 'DRUG', name: 'Thalidomide', arms: ['A:gefitinib and thalidomide/aspirin'] },
        { type: 'DRUG', name: 'placebo', arms: ['B:Placebo'] },
        {
          type: 'DRUG',
          name: 'Gefitinib',
          arms: ['A:gefitinib and thalidomide/aspirin', 'B:Placebo'],
        },
        {
          type: 'DRUG',
          name: 'Aspirin',
          arms: ['A:gefitinib and thalidomide/aspirin', 'B:Placebo'],
        },
      ],
      arms: [
        {
          label: 'A:gefitinib and thalidomide/aspirin',
          type: 'EXPERIMENTAL',
          interventions: ['Drug: Thalidomide', 'Drug: Gefitinib', 'Drug: Aspirin'],
        },
        {
          label: 'B:Placebo',
          type: 'PLACEBO_COMPARATOR',
          interventions: ['Drug: placebo', 'Drug: Gefitinib', 'Drug: Aspirin'],
        },
      ],
      allocation: 'RANDOMIZED',
      masking: 'DOUBLE',
      purpose: 'TREATMENT',
      enrolment: { count: 380, type: 'ESTIMATED' },
      hasResults: false,
      firstPosted: '2015-03-12',
      start: '2015-05',
      completion: '2017-05',
      sponsor: { name: 'Bai Jun', class: 'OTHER' },
      primaryOutcomes: ['progression-free survival (PFS)'],
      references: [],
      source: 'clinicaltrials.gov record of NCT02387086 (API copy)',
    },
  ],
  articles: [
    {
      pmid: '30221596',
      doi: '10.1056/NEJMoa1800722',
      pmcid: null,
      title: 'Effect of Aspirin on Disability-free Survival in the Healthy Elderly',
      journal: 'N Engl J Med',
      year: '2018',
      publicationTypes: [],
      source: 'lists of two public repositories that checked the title against PubMed',
    },
  ],
  patents: [
    {
      number: 'US644077',
      title: null,
      publishedOn: null,
      applicants: [],
      source: 'patent table and chemistry text of two public repositories',
    },
  ],
  labels: [],
  applications: [],
};

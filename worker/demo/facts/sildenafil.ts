import { sildenafilLungTrials } from './sildenafil-lung-trials';
import { sildenafilTrials } from './sildenafil-trials';
import type { ArticleRow, MoleculeFacts } from './types';

const pubmedRecord = (
  row: Pick<ArticleRow, 'pmid' | 'title' | 'publicationTypes'>,
): ArticleRow => ({
  ...row,
  doi: null,
  pmcid: null,
  journal: null,
  year: null,
  source: `PubMed record ${row.pmid} (stored copy of 2026: title and publication types)`,
});

export const sildenafil: MoleculeFacts = {
  compound: {
    name: 'Sildenafil',
    genericNames: ['Sildenafil', 'Sildenafilo'],
    tradeNames: ['Viagra', 'Revatio'],
    pubchemCid: 135398744,
    chemblId: 'CHEMBL192',
    inchiKey: 'BNRNXUUZRGQAQC-UHFFFAOYSA-N',
    smiles: 'CCCc1nn(C)c2c(=O)[nH]c(-c3cc(S(=O)(=O)N4CCN(C)CC4)ccc3OCC)nc12',
    formula: 'C22H30N6O4S',
    molecularWeight: '474.6',
    moleculeType: 'Small molecule',
    maxPhase: 4,
    firstApproval: 1998,
    blackBoxWarning: 0,
    withdrawn: null,
    otherIds: ['UNII-3M7OB98Y7H', 'DB00203', '139755-83-2'],
    source:
      'DrugBank vocabulary and Drug Repurposing Hub tables; ChEMBL record CHEMBL192 and BindingDB record BDBM14390 (stored copies)',
  },
  mechanisms: [
    {
      mechanism: 'Phosphodiesterase 5A inhibitor',
      action: 'INHIBITOR',
      target: {
        chemblId: 'CHEMBL1827',
        name: 'Phosphodiesterase 5A',
        organism: 'Homo sapiens',
        genes: [{ symbol: 'PDE5A', name: null, ensemblId: 'ENSG00000138735' }],
      },
      source:
        'Open Targets drug record (stored copy of 2026); ChEMBL target CHEMBL1827 (stored copy)',
    },
  ],
  indications: [
    {
      mesh: ['D007172', 'Erectile Dysfunction'],
      efo: null,
      maxPhase: 4,
      trials: [],
      source: 'Viagra label; MeSH id from the registry record of NCT02620995',
    },
    {
      mesh: ['D000081029', 'Pulmonary Arterial Hypertension'],
      efo: null,
      maxPhase: 4,
      trials: ['NCT00430716'],
      source: 'Revatio label (2009 highlights); MeSH id from the registry record of NCT00430716',
    },
  ],
  trials: [...sildenafilTrials, ...sildenafilLungTrials],
  articles: [
    {
      pmid: '20484178',
      doi: '10.1056/NEJMoa1002110',
      pmcid: 'PMC3587293',
      title: 'A Controlled Trial of Sildenafil in Advanced Idiopathic Pulmonary Fibrosis',
      journal: 'N Engl J Med',
      year: '2010',
      publicationTypes: [],
      source: 'PMC3587293 (stored copy)',
    },
    {
      pmid: '12049673',
      doi: '10.1186/1471-2490-2-6',
      pmcid: 'PMC115867',
      title:
        'Sildenafil (Viagra) for male erectile dysfunction: a meta-analysis of clinical trial reports',
      journal: 'BMC Urol',
      year: '2002',
      publicationTypes: [],
      source: 'PMC115867 (copy of the article page)',
    },
    pubmedRecord({
      pmid: '30383134',
      title:
        'On-Demand Sildenafil as a Treatment for Raynaud Phenomenon: A Series of n-of-1 Trials.',
      publicationTypes: [
        'Journal Article',
        'Randomized Controlled Trial',
        "Research Support, Non-U.S. Gov't",
      ],
    }),
    pubmedRecord({
      pmid: '21360507',
      title:
        "Modified-release sildenafil reduces Raynaud's phenomenon attack frequency in limited cutaneous systemic sclerosis.",
      publicationTypes: [
        'Journal Article',
        'Multicenter Study',
        'Randomized Controlled Trial',
        "Research Support, Non-U.S. Gov't",
      ],
    }),
    pubmedRecord({
      pmid: '28281457',
      title:
        'Evaluation of the effect of sildenafil on the microvascular blood flow in patients with systemic sclerosis: a randomised, double-blind, placebo-controlled study.',
      publicationTypes: ['Journal Article', 'Randomized Controlled Trial'],
    }),
    pubmedRecord({
      pmid: '22833239',
      title:
        'Prospective, open-label, uncontrolled pilot study to study safety and efficacy of sildenafil in systemic sclerosis-related pulmonary artery hypertension and cutaneous vascular complications.',
      publicationTypes: ['Clinical Trial', 'Journal Article'],
    }),
    pubmedRecord({
      pmid: '14578411',
      title:
        'Effects of sildenafil on retinal blood flow and flicker-induced retinal vasodilatation in healthy subjects.',
      publicationTypes: [
        'Clinical Trial',
        'Journal Article',
        'Randomized Controlled Trial',
        "Research Support, Non-U.S. Gov't",
      ],
    }),
  ],
  patents: [
    {
      number: 'WO2001019827',
      title: 'A novel process for the synthesis of sildenafil citrate',
      publishedOn: '2001-03-22',
      applicants: ['Cipla Ltd'],
      source: 'WIPO publication WO/2001/019827 (copy at sumobrain.com)',
    },
    {
      number: 'EP1097711',
      title: 'Treatment of pulmonary hypertension',
      publishedOn: null,
      applicants: ['Pfizer Ltd', 'Pfizer Inc'],
      source: 'Google Patents page of EP1097711B1 (stored copy)',
    },
  ],
  labels: [
    {
      setId: '0b0be196-0c62-461c-94f4-9a35339b4501',
      brandName: 'VIAGRA',
      genericName: 'SILDENAFIL CITRATE',
      manufacturer: null,
      effectiveTime: '20260213',
      indications: [
        '1 INDICATIONS AND USAGE VIAGRA is indicated for the treatment of erectile dysfunction.',
      ],
      boxedWarning: [],
      route: ['ORAL'],
      source:
        'openFDA label record of Viagra (stored copy of its indications); set id and version date by DailyMed file name',
    },
  ],
  applications: [
    {
      applicationNumber: 'NDA020895',
      sponsor: null,
      products: [{ brand: 'VIAGRA', ingredient: 'SILDENAFIL CITRATE', status: null }],
      approvedOn: '19980327',
      source: 'number and approval date as stated by three stored copies that name the application',
    },
    {
      applicationNumber: 'NDA021845',
      sponsor: 'VIATRIS',
      products: [{ brand: 'REVATIO', ingredient: 'SILDENAFIL CITRATE', status: null }],
      approvedOn: null,
      source: 'openFDA drugsfda record of Revatio (stored copy of number and sponsor)',
    },
  ],
};

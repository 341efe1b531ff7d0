/** A made-up molecule with records of several sources, in the sources' forms; for tests. */
import type { Evidence, EvidenceOf, SourceResult } from '@/server/evidence/schema';
import { assess, WEIGHTS_VERSION } from '@/server/evidence/score';
import { citableNames } from './blocks/subject-names';
import { type ComposeInput, composeReport, sealReport } from './compose';
import type { Report } from './schema';
import {
  answerOf,
  at,
  lookupIn,
  record,
  slice,
  snapshot,
  subjectOf,
  type TestSnapshot,
} from './testing';
import { studies, trial } from './testing-trials';

const pubmed = snapshot(
  'pubmed',
  'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&id=90000001%2C90000002&retmode=xml',
  `<?xml version="1.0"?>
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">90000001</PMID><Article><Journal><Title>Journal of Examples</Title></Journal>
<ArticleTitle>Novaril in asthma: a randomized controlled trial</ArticleTitle>
<Abstract><AbstractText Label="METHODS">Patients were randomly assigned to novaril or placebo.</AbstractText><AbstractText Label="CONCLUSIONS">Novaril significantly reduced asthma exacerbations compared with placebo (p &lt; 0.001).</AbstractText></Abstract>
<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList></Article>
<MeshHeadingList><MeshHeading><DescriptorName UI="D001249" MajorTopicYN="Y">Asthma</DescriptorName></MeshHeading><MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID Version="1">90000002</PMID><Article><Journal><Title>Journal of Examples</Title></Journal>
<ArticleTitle>Novaril does not lower uric acid in gout</ArticleTitle>
<Abstract><AbstractText>Mice were treated with novaril. Novaril did not reduce gout flares compared with vehicle.</AbstractText></Abstract>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
<MeshHeadingList><MeshHeading><DescriptorName UI="D006073" MajorTopicYN="Y">Gout</DescriptorName></MeshHeading><MeshHeading><DescriptorName UI="D051379" MajorTopicYN="N">Mice</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>
</PubmedArticleSet>`,
);

function article(
  pmid: string,
  parts: {
    title: string;
    abstract: [string | null, string][];
    types: string[];
    mesh: [string, string][];
  },
): EvidenceOf<'article'> {
  const after = `<PMID Version="1">${pmid}`;
  return record('article', pubmed, pmid, {
    pmid: slice(pubmed, pmid, '<PMID Version="1">'),
    doi: null,
    pmcid: null,
    title: slice(pubmed, parts.title, after),
    abstract: parts.abstract.map(([label, text]) => ({
      label: label ? slice(pubmed, label, after) : null,
      text: slice(pubmed, text, after),
    })),
    journal: slice(pubmed, 'Journal of Examples', after),
    year: null,
    authors: [],
    publicationTypes: parts.types.map((type) => slice(pubmed, type, after)),
    mesh: parts.mesh.map(([id, term]) => ({
      id: slice(pubmed, id, after),
      // The same word may stand in title or abstract: the heading is the one after its id.
      term: slice(pubmed, term, id),
      major: false,
    })),
    substances: [],
    notices: [],
    citedBy: null,
  });
}

const molecule = snapshot(
  'chembl',
  'https://www.ebi.ac.uk/chembl/api/data/molecule/CHEMBL9000000001.json',
  {
    pref_name: 'NOVARIL',
    molecule_type: 'Small molecule',
    max_phase: '3.0',
    molecule_structures: { standard_inchi_key: 'AAAAAAAAAAAAAA-BBBBBBBBBB-N' },
    molecule_synonyms: [{ molecule_synonym: 'NVR-1' }, { molecule_synonym: 'Novaril' }],
  },
);
const mechanisms = snapshot(
  'chembl',
  'https://www.ebi.ac.uk/chembl/api/data/mechanism.json?molecule_chembl_id=CHEMBL9000000001',
  {
    page_meta: { total_count: 1 },
    mechanisms: [
      { mec_id: 1, mechanism_of_action: 'Example kinase inhibitor', action_type: 'INHIBITOR' },
    ],
  },
);
const indications = snapshot(
  'chembl',
  'https://www.ebi.ac.uk/chembl/api/data/drug_indication.json?molecule_chembl_id=CHEMBL9000000001',
  {
    drug_indications: [
      {
        drugind_id: 1,
        mesh_id: 'D001249',
        mesh_heading: 'Asthma',
        efo_id: 'EFO:0000270',
        efo_term: 'asthma',
        max_phase_for_ind: '3.0',
      },
      {
        drugind_id: 2,
        mesh_id: 'D006261',
        mesh_heading: 'Headache',
        efo_id: null,
        efo_term: null,
        max_phase_for_ind: '4.0',
      },
    ],
  },
);
const warnings = snapshot(
  'chembl',
  'https://www.ebi.ac.uk/chembl/api/data/drug_warning.json?molecule_chembl_id=CHEMBL9000000001',
  {
    drug_warnings: [
      {
        warning_id: 1,
        warning_type: 'Withdrawn',
        warning_class: 'Hepatotoxicity',
        warning_country: 'France',
        warning_year: 2009,
      },
    ],
  },
);
const labels = snapshot('openfda', 'https://api.fda.gov/drug/label.json?search=novaril', {
  results: [
    {
      set_id: 'set-1',
      openfda: { brand_name: ['NOVARIL'] },
      effective_time: '20200101',
      boxed_warning: [
        'WARNING: LIVER INJURY. Monitor liver function before each dose. Stop novaril when transaminases rise.',
      ],
      indications_and_usage: ['Novaril is indicated for headache.'],
    },
  ],
});
const reactions = snapshot('openfda', 'https://api.fda.gov/drug/event.json?count=reaction', {
  results: [{ term: 'NAUSEA', count: 20 }],
  meta: { results: { total: 100 } },
});
const allReactions = snapshot('openfda', 'https://api.fda.gov/drug/event.json?count=all', {
  results: [{ term: 'NAUSEA', count: 200 }],
  meta: { results: { total: 10000 } },
});
const patents = snapshot(
  'europepmc',
  'https://www.ebi.ac.uk/europepmc/webservices/rest/search?query=novaril%20AND%20SRC%3APAT',
  {
    hitCount: 1,
    resultList: {
      result: [
        {
          id: 'WO2099000001',
          title: 'Novaril <i>salts</i>',
          firstPublicationDate: '2019-05-02',
          affiliation: 'Example Ltd',
        },
      ],
    },
  },
);

export const SNAPSHOTS: readonly TestSnapshot[] = [
  studies,
  pubmed,
  molecule,
  mechanisms,
  indications,
  warnings,
  labels,
  reactions,
  allReactions,
  patents,
];

export const ANSWERS = SNAPSHOTS.map(answerOf);

export const EVIDENCE: readonly Evidence[] = [
  ...[0, 1, 2, 3].map(trial),
  article('90000001', {
    title: 'Novaril in asthma: a randomized controlled trial',
    abstract: [
      ['METHODS', 'Patients were randomly assigned to novaril or placebo.'],
      [
        'CONCLUSIONS',
        'Novaril significantly reduced asthma exacerbations compared with placebo (p &lt; 0.001).',
      ],
    ],
    types: ['Randomized Controlled Trial'],
    mesh: [
      ['D001249', 'Asthma'],
      ['D006801', 'Humans'],
    ],
  }),
  article('90000002', {
    title: 'Novaril does not lower uric acid in gout',
    abstract: [
      [
        null,
        'Mice were treated with novaril. Novaril did not reduce gout flares compared with vehicle.',
      ],
    ],
    types: ['Journal Article'],
    mesh: [
      ['D006073', 'Gout'],
      ['D051379', 'Mice'],
    ],
  }),
  record('compound', molecule, 'CHEMBL9000000001', {
    name: at(molecule, '/pref_name'),
    inchiKey: at(molecule, '/molecule_structures/standard_inchi_key'),
    smiles: null,
    formula: null,
    massDa: null,
    moleculeType: at(molecule, '/molecule_type'),
    maxPhase: at<string>(molecule, '/max_phase'),
    firstApproval: null,
    withdrawn: null,
    blackBoxWarning: null,
    parentId: null,
    synonyms: [
      at(molecule, '/molecule_synonyms/0/molecule_synonym'),
      at(molecule, '/molecule_synonyms/1/molecule_synonym'),
    ],
    xrefs: [],
  }),
  record('mechanism', mechanisms, 'mechanism:1', {
    mechanism: at(mechanisms, '/mechanisms/0/mechanism_of_action'),
    action: at(mechanisms, '/mechanisms/0/action_type'),
    targetName: null,
    targetId: null,
    genes: [],
    organism: null,
  }),
  ...[0, 1].map((index) => {
    const row = `/drug_indications/${index}`;
    return record('indication', indications, `drug_indication/${index + 1}`, {
      meshId: at(indications, `${row}/mesh_id`),
      meshHeading: at(indications, `${row}/mesh_heading`),
      efoId: index === 0 ? at(indications, `${row}/efo_id`) : null,
      efoTerm: index === 0 ? at(indications, `${row}/efo_term`) : null,
      maxPhase: at<string>(indications, `${row}/max_phase_for_ind`),
      references: [],
    });
  }),
  record('warning', warnings, 'warning:1', {
    type: at(warnings, '/drug_warnings/0/warning_type'),
    toxicityClass: at(warnings, '/drug_warnings/0/warning_class'),
    country: at(warnings, '/drug_warnings/0/warning_country'),
    year: at<number>(warnings, '/drug_warnings/0/warning_year'),
    description: null,
  }),
  record('label', labels, 'set-1', {
    setId: at(labels, '/results/0/set_id'),
    brandName: at(labels, '/results/0/openfda/brand_name/0'),
    genericName: null,
    manufacturer: null,
    effectiveOn: at(labels, '/results/0/effective_time'),
    indications: [at(labels, '/results/0/indications_and_usage/0')],
    boxedWarning: [at(labels, '/results/0/boxed_warning/0')],
    route: [],
  }),
  record('adverse-event', reactions, 'adverse-event:NAUSEA', {
    reaction: at(reactions, '/results/0/term'),
    a: at(reactions, '/results/0/count'),
    drugTotal: at(reactions, '/meta/results/total'),
    reactionTotal: at(allReactions, '/results/0/count'),
    total: at(allReactions, '/meta/results/total'),
  }),
  record('patent', patents, 'PAT:WO2099000001', {
    number: at(patents, '/resultList/result/0/id'),
    title: at(patents, '/resultList/result/0/title'),
    abstract: null,
    publishedOn: at(patents, '/resultList/result/0/firstPublicationDate'),
    applicants: [at(patents, '/resultList/result/0/affiliation')],
  }),
];

const SOURCES = ['chembl', 'clinicaltrials', 'europepmc', 'openfda', 'pubmed'] as const;

export const LEDGER: readonly SourceResult[] = [
  ...SOURCES.map(
    (id): SourceResult => ({
      id,
      outcome: 'ok',
      reason: null,
      requests: 1,
      records: EVIDENCE.filter(({ source }) => source === id).length,
      retrievedAt: '2026-11-22T10:00:00Z',
    }),
  ),
  {
    id: 'opentargets',
    outcome: 'failed',
    reason: 'cannot be reached',
    requests: 3,
    records: 0,
    retrievedAt: null,
  },
];

/** What a job on this molecule hands to composing; anything may be put in its place. */
export function worldInput(more: Partial<ComposeInput> = {}): ComposeInput {
  const evidence = more.evidence ?? EVIDENCE;
  const sources = more.sources ?? LEDGER;
  const subject = more.subject ?? subjectOf('novaril', { names: ['novaril', 'NVR-1'] });
  const options = more.options ?? { indication: null, sources: [...SOURCES], maxRequests: 300 };
  return {
    job: { id: 'j', kind: 'molecule', status: 'completed', startedAt: null, finishedAt: null },
    answers: ANSWERS,
    attributions: ['B', 'A', 'B'],
    versions: { app: '1', weights: WEIGHTS_VERSION, rdkit: '1' },
    ...more,
    subject,
    options,
    sources,
    evidence,
    assessment: assess({
      subject: { name: subject.name, names: citableNames({ subject, evidence }) },
      evidence,
      outcomes: Object.fromEntries(sources.map(({ id, outcome }) => [id, outcome])),
      indication: options.indication ?? undefined,
    }),
  };
}

/** The sealed report of {@link worldInput}. */
export function worldReport(more: Partial<ComposeInput> = {}): Report {
  return sealReport(composeReport(worldInput(more)), lookupIn(SNAPSHOTS));
}

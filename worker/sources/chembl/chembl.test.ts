import { describe, expect, test } from 'vitest';
import { type Subject, said } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { connectorContract } from '../contract-suite';
import { brokenPlaces, gather, ScriptedHttp, subjectNamed } from '../testing';
import { chembl } from '.';

// Composed in ChEMBL's form: a made-up salt "examplinib mesylate" of a made-up parent.
const KEY = 'AAAAAAAAAAAAAA-UHFFFAOYSA-N';
const molecule = (id: string, name: string, parent: string, more: object = {}) => ({
  molecule_chembl_id: id,
  pref_name: name,
  molecule_type: 'Small molecule',
  max_phase: '4.0',
  first_approval: 2003,
  withdrawn_flag: false,
  black_box_warning: 1,
  molecule_hierarchy: {
    active_chembl_id: parent,
    molecule_chembl_id: id,
    parent_chembl_id: parent,
  },
  molecule_properties: { full_molformula: 'C9H8O4', full_mwt: '180.16' },
  molecule_structures: { canonical_smiles: 'CC(=O)O', standard_inchi_key: KEY },
  molecule_synonyms: [
    { molecule_synonym: 'Examplinib', syn_type: 'INN', synonyms: 'EXAMPLINIB' },
    { molecule_synonym: 'EXAMPLINIB', syn_type: 'USAN', synonyms: 'EXAMPLINIB' },
    { molecule_synonym: 'EX-1234', syn_type: 'RESEARCH_CODE', synonyms: 'EX-1234' },
  ],
  cross_references: [{ xref_id: 'DB99999', xref_name: 'x', xref_src: 'DrugBank' }],
  ...more,
});
const SALT = molecule('CHEMBL90', 'EXAMPLINIB MESYLATE', 'CHEMBL80');
const PARENT = molecule('CHEMBL80', 'EXAMPLINIB', 'CHEMBL80');

const ROWS: Record<string, object[]> = {
  mechanisms: [
    {
      mec_id: 7,
      mechanism_of_action: 'Example kinase inhibitor',
      action_type: 'INHIBITOR',
      target_chembl_id: 'CHEMBL5',
    },
    { mec_id: 8, mechanism_of_action: null, action_type: null, target_chembl_id: null },
  ],
  targets: [
    {
      target_chembl_id: 'CHEMBL5',
      pref_name: 'Example kinase',
      organism: 'Homo sapiens',
      target_components: [
        {
          target_component_synonyms: [
            { component_synonym: 'EXK1', syn_type: 'GENE_SYMBOL' },
            { component_synonym: 'Exk1', syn_type: 'GENE_SYMBOL' },
            { component_synonym: 'Kinase of examples', syn_type: 'UNIPROT' },
          ],
        },
      ],
    },
  ],
  drug_indications: [
    {
      drugind_id: 7,
      mesh_id: 'D015179',
      mesh_heading: 'Colorectal Neoplasms',
      efo_id: 'EFO:0005842',
      efo_term: 'colorectal cancer',
      max_phase_for_ind: '2.0',
      indication_refs: [{ ref_id: 'NCT00000001', ref_type: 'ClinicalTrials', ref_url: 'x' }],
    },
    { drugind_id: 9, mesh_id: null, mesh_heading: null, efo_term: null, max_phase_for_ind: 4 },
  ],
  activities: [
    {
      activity_id: 31,
      target_chembl_id: 'CHEMBL5',
      target_pref_name: 'Example kinase',
      target_organism: 'Homo sapiens',
      assay_type: 'B',
      standard_type: 'IC50',
      standard_relation: '=',
      standard_value: '12.0',
      standard_units: 'nM',
      pchembl_value: '7.92',
      document_chembl_id: 'CHEMBL1',
      document_year: 2011,
    },
  ],
  drug_warnings: [
    {
      warning_id: 4,
      warning_type: 'Black Box Warning',
      warning_class: 'cardiotoxicity',
      warning_country: 'United States',
      warning_year: 2009,
      warning_description: null,
    },
  ],
};
const LISTS: Record<string, string> = {
  molecule: 'molecules',
  mechanism: 'mechanisms',
  target: 'targets',
  drug_indication: 'drug_indications',
  activity: 'activities',
  drug_warning: 'drug_warnings',
};

const listOf = (url: string) => LISTS[/\/data\/(\w+)\.json/.exec(url)?.[1] ?? ''] ?? '';
const page = (list: string, rows: object[], next: string | null = null) => ({
  status: 200,
  text: JSON.stringify({
    [list]: rows,
    page_meta: { limit: 20, next, offset: 0, previous: null, total_count: rows.length },
  }),
});
const full = ({ url }: SourceRequest) => {
  const list = listOf(url);
  if (list !== 'molecules') return page(list, ROWS[list] ?? []);
  return page(list, [url.includes('CHEMBL80') ? PARENT : SALT]);
};
const empty = ({ url }: SourceRequest) => page(listOf(url), []);

const salt: Subject = {
  ...subjectNamed('Examplinib mesylate'),
  inchiKey: KEY,
  xrefs: { chembl: 'CHEMBL90' },
};

connectorContract(chembl, { subject: salt, full, empty });

describe('ChEMBL', () => {
  test('reads salt and parent, and all rows of the parent', async () => {
    const http = new ScriptedHttp('chembl', full);
    const { records, capped } = await gather(chembl, salt, http);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
    expect(capped).toEqual([]);
    expect(records.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['CHEMBL90', 'EXAMPLINIB MESYLATE'],
      ['CHEMBL80', 'EXAMPLINIB'],
      ['mechanism/7', 'Example kinase inhibitor'],
      ['drug_indication/7', 'Colorectal Neoplasms'],
      ['activity/31', 'IC50 at Example kinase'],
      ['drug_warning/4', 'Black Box Warning: cardiotoxicity'],
    ]);
    const parents = http.requests
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => /mechanism|indication|activity|warning/.test(pathname))
      .map(({ searchParams }) => searchParams.get('parent_molecule_chembl_id'));
    expect(parents).toEqual(['CHEMBL80', 'CHEMBL80', 'CHEMBL80', 'CHEMBL80']);
  });

  test('cites what the score needs', async () => {
    const http = new ScriptedHttp('chembl', full);
    const { records } = await gather(chembl, salt, http);
    const facts = Object.fromEntries(records.map((record) => [record.externalId, record.facts]));
    expect(facts['drug_indication/7']).toMatchObject({
      meshId: { value: 'D015179' },
      efoId: { value: 'EFO:0005842' },
      maxPhase: { pointer: '/drug_indications/0/max_phase_for_ind', value: '2.0' },
      references: [{ value: 'NCT00000001' }],
    });
    expect(facts.CHEMBL90).toMatchObject({
      withdrawn: { value: false },
      blackBoxWarning: { value: 1 },
      parentId: { value: 'CHEMBL80' },
      massDa: { value: '180.16' },
    });
    const [mechanism] = records.flatMap((record) => (record.kind === 'mechanism' ? record : []));
    expect(mechanism?.facts.genes.map(said)).toEqual(['EXK1']);
    expect(said(mechanism?.facts.organism)).toBe('Homo sapiens');
  });

  test('reads all pages, up to a cap that it states', async () => {
    const pages = (count: number) => (request: SourceRequest) => {
      const url = new URL(request.url);
      const list = listOf(request.url);
      if (list === 'molecules') return page(list, [PARENT]);
      const at = Number(url.searchParams.get('offset')) / Number(url.searchParams.get('limit'));
      const row = { ...ROWS.drug_warnings?.[0], warning_id: at };
      return page(list, [row], at + 1 < count ? '/chembl/api/data/next' : null);
    };
    const subject = { ...salt, xrefs: { chembl: 'CHEMBL80' } };
    const two = await gather(chembl, subject, new ScriptedHttp('chembl', pages(2)), 'warning');
    expect(two.records.map(({ externalId }) => externalId)).toEqual([
      'drug_warning/0',
      'drug_warning/1',
    ]);
    expect(two.capped).toEqual([]);
    const many = await gather(chembl, subject, new ScriptedHttp('chembl', pages(9)), 'warning');
    expect(many.records).toHaveLength(2);
    expect(many.capped).toEqual(['only the first 2000 rows were read']);
  });

  test('finds rows that carry only their own molecule', async () => {
    const http = new ScriptedHttp('chembl', (request) =>
      request.url.includes('parent_molecule_chembl_id') ? empty(request) : full(request),
    );
    const { records } = await gather(chembl, salt, http, 'indication');
    expect(records).toHaveLength(1);
    expect(http.requests.at(-1)?.url).toContain('molecule_chembl_id__in=CHEMBL90%2CCHEMBL80');
  });

  test('by name alone takes the preferred name, then synonyms, and never one of several', async () => {
    const named = subjectNamed('examplinib');
    const bySynonym = new ScriptedHttp('chembl', (request) =>
      request.url.includes('pref_name') ? empty(request) : full(request),
    );
    expect((await gather(chembl, named, bySynonym, 'warning')).records).toHaveLength(1);
    const several = new ScriptedHttp('chembl', (request) =>
      listOf(request.url) === 'molecules' ? page('molecules', [SALT, PARENT]) : full(request),
    );
    const gathered = await gather(chembl, named, several);
    expect(gathered.records).toEqual([]);
    expect(gathered.capped).toHaveLength(1);
  });
});

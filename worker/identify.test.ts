import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSourceHttp } from './http';
import { type MemoryPorts, memoryPorts, pinnedTo } from './http/testing';
import { type Identified, type IdentitySources, identify } from './identify';
import { chembl } from './sources/chembl';
import { SourceFault, type SourceHttp, type SourceRequest } from './sources/contract';
import { pubchem } from './sources/pubchem';
import { noSimulator, ScriptedHttp, type Simulator, startSimulator } from './sources/testing';

/** A compound as both sources state it. Keys are those of the structures. */
interface Known {
  cid?: number;
  chembl?: string;
  parent?: string;
  name: string;
  synonyms?: string[];
  smiles?: string;
  inchiKey?: string;
  type?: string;
}

const WATER: Known = {
  cid: 962,
  chembl: 'CHEMBL1098659',
  name: 'Water',
  smiles: 'O',
  inchiKey: 'XLYOFNOQVPJJNP-UHFFFAOYSA-N',
};
const VALPROATE: Known = {
  cid: 3121,
  chembl: 'CHEMBL109',
  name: 'Valproic Acid',
  synonyms: ['Depakene'],
  smiles: 'CCCC(CCC)C(=O)O',
  inchiKey: 'NIJJYAXOARWZEE-UHFFFAOYSA-N',
};
const SODIUM_VALPROATE: Known = {
  cid: 16760703,
  chembl: 'CHEMBL433',
  parent: 'CHEMBL109',
  name: 'Sodium Valproate',
  smiles: 'CCCC(CCC)C(=O)[O-].[Na+]',
  inchiKey: 'AEQFSUDEHCCHBT-UHFFFAOYSA-M',
};
const LITHIUM_CARBONATE: Known = {
  cid: 11125,
  name: 'Lithium Carbonate',
  smiles: '[Li+].[Li+].C(=O)([O-])[O-]',
  inchiKey: 'XGZVUEUWXADBQD-UHFFFAOYSA-L',
};
const CISPLATIN: Known = {
  cid: 5702198,
  name: 'Cisplatin',
  smiles: 'N.N.Cl[Pt]Cl',
  inchiKey: 'LXZZYRPGZAFOLE-UHFFFAOYSA-L',
};
const L_ALANINE: Known = {
  cid: 5950,
  name: 'Alanine',
  smiles: 'C[C@@H](C(=O)O)N',
  inchiKey: 'QNAYBMKLOCPYGJ-REOHCLBHSA-N',
};
const DL_ALANINE: Known = {
  chembl: 'CHEMBL1230',
  name: 'ALANINE',
  smiles: 'CC(N)C(=O)O',
  inchiKey: 'QNAYBMKLOCPYGJ-UHFFFAOYSA-N',
};
const ANTIBODY: Known = { chembl: 'CHEMBL2109', name: 'EXAMPLUMAB', type: 'Antibody' };
/** A compound that ChEMBL lists under its name without a structure. */
const OXAZOLE: Known = {
  cid: 9255,
  name: 'Oxazole',
  synonyms: ['1,3-oxazole'],
  smiles: 'c1cocn1',
  inchiKey: 'ZCQWOFVYLHDMMC-UHFFFAOYSA-N',
};
const OXAZOLE_UNDRAWN: Known = { chembl: 'CHEMBL3544', name: 'OXAZOLE', type: 'Small molecule' };
const KNOWN = [
  OXAZOLE,
  OXAZOLE_UNDRAWN,
  WATER,
  VALPROATE,
  SODIUM_VALPROATE,
  LITHIUM_CARBONATE,
  CISPLATIN,
  L_ALANINE,
  DL_ALANINE,
  ANTIBODY,
];

const namesOf = ({ name, synonyms = [] }: Known) =>
  [name, ...synonyms].map((each) => each.toLowerCase());

function pubchemAnswer({ url }: SourceRequest) {
  const path = new URL(url).pathname.split('/').map(decodeURIComponent);
  if (path.includes('autocomplete')) {
    return { status: 200, text: '{"dictionary_terms":{"compound":["valproic acid"]}}' };
  }
  const [by = '', value = '', operation] = path.slice(4);
  const hits = KNOWN.filter((known) =>
    by === 'cid'
      ? String(known.cid) === value
      : by === 'inchikey'
        ? known.inchiKey === value
        : namesOf(known).includes(value.toLowerCase()),
  ).filter(({ cid }) => cid !== undefined);
  if (hits.length === 0) return { status: 404, text: '{"Fault":{"Code":"PUGREST.NotFound"}}' };
  const body =
    operation === 'synonyms'
      ? {
          InformationList: {
            Information: hits.map((hit) => ({ CID: hit.cid, Synonym: namesOf(hit) })),
          },
        }
      : {
          PropertyTable: {
            Properties: hits.map((hit) => ({
              CID: hit.cid,
              Title: hit.name,
              MolecularFormula: 'X',
              MolecularWeight: '1',
              SMILES: hit.smiles,
              InChIKey: hit.inchiKey,
            })),
          },
        };
  return { status: 200, text: JSON.stringify(body) };
}

function chemblAnswer({ url }: SourceRequest) {
  const query = new URL(url).searchParams;
  const is = (field: string, test: (value: string) => boolean) => {
    const value = query.get(field);
    return value !== null && test(value);
  };
  const hits = KNOWN.filter(
    (known) =>
      known.chembl !== undefined &&
      (is('molecule_chembl_id', (id) => id === known.chembl) ||
        is('molecule_structures__standard_inchi_key', (key) => key === known.inchiKey) ||
        is('molecule_structures__standard_inchi_key__startswith', (block) =>
          Boolean(known.inchiKey?.startsWith(block)),
        ) ||
        is('pref_name__iexact', (name) => name.toLowerCase() === known.name.toLowerCase()) ||
        is('pref_name__istartswith', (start) =>
          known.name.toLowerCase().startsWith(start.toLowerCase()),
        ) ||
        is('molecule_synonyms__molecule_synonym__iexact', (name) =>
          namesOf(known).includes(name.toLowerCase()),
        )),
  );
  const molecules = hits.map((hit) => ({
    molecule_chembl_id: hit.chembl,
    pref_name: hit.name.toUpperCase(),
    molecule_type: hit.type ?? 'Small molecule',
    max_phase: '4.0',
    molecule_hierarchy: { parent_chembl_id: hit.parent ?? hit.chembl },
    molecule_structures: hit.inchiKey
      ? { canonical_smiles: hit.smiles, standard_inchi_key: hit.inchiKey }
      : null,
    molecule_synonyms: (hit.synonyms ?? []).map((name) => ({
      molecule_synonym: name,
      syn_type: 'TRADE_NAME',
    })),
  }));
  return { status: 200, text: JSON.stringify({ molecules, page_meta: { next: null } }) };
}

const up = (): IdentitySources => ({
  pubchem: new ScriptedHttp('pubchem', pubchemAnswer),
  chembl: new ScriptedHttp('chembl', chemblAnswer),
});
const down = (kind: 'unreachable' | 'cancelled' | 'not-in-bundle' = 'unreachable'): SourceHttp => ({
  ask: () => Promise.reject(new SourceFault(kind, 'PubChem could not be reached')),
});

const run = (text: string, choice: string | null = null, http = up()) =>
  identify(text, { choice }, http);

function subjectIn(identified: Identified) {
  if (identified.kind !== 'subject') throw new Error(JSON.stringify(identified));
  return identified.subject;
}
function choicesIn(identified: Identified) {
  if (identified.kind !== 'choices') throw new Error(JSON.stringify(identified));
  return identified;
}

describe('by name', () => {
  test('one compound, joined from both sources', async () => {
    const identified = await run('water');
    expect(subjectIn(identified)).toEqual({
      name: 'Water',
      names: ['Water'],
      canonicalSmiles: 'O',
      inchiKey: WATER.inchiKey,
      formula: 'H2O',
      massDa: 18.015,
      matchedBy: 'name',
      xrefs: { pubchem: '962', chembl: 'CHEMBL1098659' },
      limits: [],
    });
    expect(identified.kind === 'subject' && identified.drafts.map(({ source }) => source)).toEqual([
      'pubchem',
      'chembl',
    ]);
  });

  test('by a brand, the other names come along', async () => {
    const subject = subjectIn(await run('Depakene'));
    expect(subject).toMatchObject({ name: 'Valproic Acid', inchiKey: VALPROATE.inchiKey });
    expect(subject.names).toContain('Depakene');
  });

  test('a salt asks: the salt or its active part', async () => {
    const asked = choicesIn(await run('sodium valproate'));
    expect(asked.question).toBe('2 compounds match “sodium valproate”. Which one is meant?');
    expect(asked.choices).toEqual([
      {
        inchiKey: SODIUM_VALPROATE.inchiKey,
        name: 'Sodium Valproate',
        smiles: 'CCCC(CCC)C(=O)[O-].[Na+]',
        formula: 'C8H15NaO2',
        note: 'all parts together, as a salt or mixture',
      },
      {
        inchiKey: VALPROATE.inchiKey,
        name: 'Valproic Acid',
        smiles: 'CCCC(CCC)C(=O)O',
        formula: 'C8H16O2',
        note: 'this part alone, without counter-ions',
      },
    ]);
    const salt = subjectIn(await run('sodium valproate', SODIUM_VALPROATE.inchiKey));
    expect(salt).toMatchObject({
      inchiKey: SODIUM_VALPROATE.inchiKey,
      matchedBy: 'name',
      names: ['Sodium Valproate', 'Valproic acid'],
    });
    const parent = subjectIn(await run('sodium valproate', VALPROATE.inchiKey));
    expect(parent.xrefs).toEqual({ pubchem: '3121', chembl: 'CHEMBL109' });
  });

  test.each([LITHIUM_CARBONATE, CISPLATIN])('$name does not ask', async ({ name, inchiKey }) => {
    expect(subjectIn(await run(name)).inchiKey).toBe(inchiKey);
  });

  test('stereoisomers under one name ask', async () => {
    const asked = choicesIn(await run('alanine'));
    expect(asked.choices.map(({ inchiKey }) => inchiKey)).toEqual([
      L_ALANINE.inchiKey,
      DL_ALANINE.inchiKey,
    ]);
    expect(asked.choices[0]?.note).toContain('same skeleton as another');
  });

  test('a biologic goes on without a structure, and says so', async () => {
    const subject = subjectIn(await run('examplumab'));
    expect(subject).toMatchObject({
      name: 'Examplumab',
      inchiKey: null,
      canonicalSmiles: null,
      matchedBy: 'name',
      xrefs: { chembl: 'CHEMBL2109' },
    });
    expect(subject.limits).toEqual([
      'It is recorded as antibody, without a structure: it is searched by name, and nothing can be said by structure.',
    ]);
  });

  test('a record without structure is joined by the compound’s own name alone, and that is told', async () => {
    const subject = subjectIn(await run('oxazole'));
    expect(subject).toMatchObject({
      inchiKey: OXAZOLE.inchiKey,
      xrefs: { pubchem: '9255', chembl: 'CHEMBL3544' },
    });
    expect(subject.limits).toEqual([
      'ChEMBL states no structure in its record of this name (CHEMBL3544): it is taken for the same compound by its name alone.',
    ]);
    expect(subjectIn(await run('1,3-oxazole')).xrefs).toEqual({ pubchem: '9255' });
  });

  test('an unknown one is unknown only if every source answered', async () => {
    expect(await run('valproic acit')).toEqual({ kind: 'unknown-name', near: ['valproic acid'] });
    for (const kind of ['unreachable', 'not-in-bundle'] as const) {
      const subject = subjectIn(await run('valproic acit', null, { ...up(), pubchem: down(kind) }));
      expect(subject).toMatchObject({ name: 'valproic acit', matchedBy: 'name-only' });
    }
  });

  test('with every source down it goes on by name alone, stably worded', async () => {
    const http = { pubchem: down(), chembl: down() };
    const subject = subjectIn(await run('water', null, http));
    expect(subject).toMatchObject({
      name: 'water',
      names: ['water'],
      inchiKey: null,
      matchedBy: 'name-only',
      xrefs: {},
    });
    expect(subject.limits).toHaveLength(3);
    expect(subjectIn(await run('water', null, http))).toEqual(subject);
  });

  test('with one source down, what the other knows is taken, and the gap is told', async () => {
    const subject = subjectIn(await run('water', null, { ...up(), pubchem: down() }));
    expect(subject).toMatchObject({ inchiKey: WATER.inchiKey, xrefs: { chembl: WATER.chembl } });
    expect(subject.limits).toEqual([
      'PubChem could not be asked what this is: PubChem could not be reached.',
    ]);
  });

  test('a cancelled job ends', async () => {
    await expect(run('water', null, { ...up(), chembl: down('cancelled') })).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });

  test('letters that are no name may be atoms', async () => {
    expect(subjectIn(await run('OCO')).canonicalSmiles).toBe('OCO');
  });
});

describe('by structure', () => {
  test('a SMILES in one piece never asks', async () => {
    expect(subjectIn(await run('O'))).toMatchObject({
      name: 'Water',
      matchedBy: 'smiles',
      inchiKey: WATER.inchiKey,
    });
    expect(subjectIn(await run('C[C@@H](C(=O)O)N')).inchiKey).toBe(L_ALANINE.inchiKey);
  });

  test('a SMILES in parts asks, with the key of each part and of the whole', async () => {
    const smiles = '[Na+].CCCC(CCC)C([O-])=O';
    const asked = choicesIn(await run(smiles));
    expect(asked.choices.map(({ inchiKey, name }) => [inchiKey, name])).toEqual([
      [SODIUM_VALPROATE.inchiKey, 'Sodium Valproate'],
      [VALPROATE.inchiKey, 'Valproic Acid'],
      ['FKNQFGJONOIPTF-UHFFFAOYSA-N', 'Na+'],
    ]);
    const part = subjectIn(await run(smiles, VALPROATE.inchiKey));
    expect(part).toMatchObject({ name: 'Valproic Acid', matchedBy: 'smiles' });
  });

  test('a chosen part that nobody knows is still that part', async () => {
    const smiles = 'FC(F)CCCCBr.OC(=O)C(F)(F)F';
    const asked = choicesIn(await run(smiles));
    const part = asked.choices.find((choice) => choice.smiles === 'FC(F)CCCCBr');
    const subject = subjectIn(await run(smiles, part?.inchiKey ?? ''));
    expect(subject).toMatchObject({ canonicalSmiles: 'FC(F)CCCCBr', names: [] });
    expect(subject.limits).toEqual([
      'PubChem and ChEMBL do not know this compound, so there is no name to search with.',
    ]);
  });

  test('where only the skeleton is known, it says so', async () => {
    const subject = subjectIn(await run('C[C@H](C(=O)O)N'));
    expect(subject).toMatchObject({
      matchedBy: 'first-block',
      inchiKey: 'QNAYBMKLOCPYGJ-UWTATZPHSA-N',
      canonicalSmiles: 'C[C@@H](N)C(=O)O',
      names: ['Alanine'],
    });
    expect(subject.limits[0]).toContain('has the same skeleton');
  });

  test('an open structure goes on without a key, an unreadable one does not', async () => {
    const polymer = subjectIn(await run('*CC(*)c1ccccc1'));
    expect(polymer).toMatchObject({ inchiKey: null, names: [], formula: 'C8H8*2' });
    expect(polymer.limits[0]).toContain('open attachment points');
    expect(await run('CC(=O')).toMatchObject({
      kind: 'invalid',
      reason: 'SMILES_UNPARSABLE',
      message: expect.stringContaining('near position 3'),
    });
    expect(await run('\u0007')).toMatchObject({
      kind: 'invalid',
      reason: 'TEXT_CONTROL_CHARACTERS',
    });
  });
});

describe('by key', () => {
  test('an exact InChIKey never asks, a salt’s neither', async () => {
    expect(subjectIn(await run(SODIUM_VALPROATE.inchiKey ?? ''))).toMatchObject({
      name: 'Sodium Valproate',
      matchedBy: 'inchikey',
    });
    expect(subjectIn(await run('InChI=1S/H2O/h1H2')).name).toBe('Water');
  });

  test('by its first block alone the relative is taken, and named as such', async () => {
    const subject = subjectIn(await run('QNAYBMKLOCPYGJ-UWTATZPHSA-N'));
    expect(subject).toMatchObject({
      matchedBy: 'first-block',
      inchiKey: DL_ALANINE.inchiKey,
      canonicalSmiles: 'CC(N)C(=O)O',
    });
  });

  test('an unknown one is unknown, unless a source could not be asked', async () => {
    const key = 'AAAAAAAAAAAAAA-AAAAAAAAAA-N';
    expect(await run(key)).toEqual({ kind: 'unknown-name', near: [] });
    const subject = subjectIn(await run(key, null, { ...up(), chembl: down() }));
    expect(subject).toMatchObject({ inchiKey: key, names: [], matchedBy: 'inchikey' });
  });

  test('numbers of the sources are exact too', async () => {
    for (const id of ['CID 962', 'chembl1098659']) {
      expect(subjectIn(await run(id))).toMatchObject({
        inchiKey: WATER.inchiKey,
        matchedBy: 'source-id',
        xrefs: { pubchem: '962', chembl: 'CHEMBL1098659' },
      });
    }
    expect(await run('CHEMBL9999999')).toEqual({ kind: 'unknown-name', near: [] });
  });
});

describe('on the simulated sources', () => {
  let simulator: Simulator;
  beforeEach(({ skip }) => skip(noSimulator() !== null, noSimulator() ?? ''));
  beforeAll(async () => {
    if (noSimulator()) return;
    simulator = await startSimulator();
    // Its tables are read at the first request.
    await asked('gefitinib');
  });
  afterAll(() => simulator?.close());

  const sources = (ports: MemoryPorts): IdentitySources => ({
    pubchem: createSourceHttp(pubchem, ports),
    chembl: createSourceHttp(chembl, ports),
  });
  const asked = (text: string, ports = memoryPorts({ baseUrl: simulator.baseUrl })) =>
    identify(text, { choice: null }, sources(ports));

  test.each([
    ['arsenic-trioxide', 'IKWTVSLWAPBBKU-UHFFFAOYSA-N'],
    ['gefitinib', 'XGALLCVXEZPNRQ-UHFFFAOYSA-N'],
    ['GEFITINIB', 'XGALLCVXEZPNRQ-UHFFFAOYSA-N'],
    ['imatinib', 'KTUFNOKKBVMGRW-UHFFFAOYSA-N'],
    ['aspirin', 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N'],
  ])('%s identifies without asking', async (name, inchiKey) => {
    expect(subjectIn(await asked(name)).inchiKey).toBe(inchiKey);
  });

  test('a misspelt name offers the right one', async () => {
    expect(await asked('gefitnib')).toMatchObject({
      near: expect.arrayContaining(['Gefitinib']),
    });
    expect(await asked('asprin')).toMatchObject({ near: expect.arrayContaining(['Aspirin']) });
  });

  test('a recorded run identifies again from its bundle alone', async () => {
    const ports = memoryPorts({ baseUrl: simulator.baseUrl });
    const first = await asked('gefitinib', ports);
    expect(await asked('gefitinib', pinnedTo(ports))).toEqual(first);
    expect(await asked('gefitinib', pinnedTo(memoryPorts()))).toMatchObject({
      kind: 'subject',
      subject: { matchedBy: 'name-only' },
    });
  });

  // With the drug table's own structures: what asks is what is truly ambiguous.
  test('of the catalogue no drug with a structure asks but sulpiride', async () => {
    const catalog = (await (await fetch(`${simulator.baseUrl}/__catalog`)).json()) as {
      drugs: { name: string; smiles?: string | null; inchiKey?: string | null }[];
    };
    const structured = catalog.drugs.filter(({ smiles }) => smiles);
    const asking: string[] = [];
    for (const { name, inchiKey } of structured) {
      const identified = await asked(name);
      if (identified.kind === 'choices') asking.push(name);
      else expect([name, subjectIn(identified).inchiKey]).toEqual([name, inchiKey]);
    }
    expect(structured.length).toBeGreaterThan(100);
    expect(asking).toEqual(['sulpiride']);
  }, 120_000);
});

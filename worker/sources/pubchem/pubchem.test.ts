import { describe, expect, test } from 'vitest';
import type { Subject } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { connectorContract } from '../contract-suite';
import { brokenPlaces, gather, ScriptedHttp, snapshotOf, subjectNamed } from '../testing';
import { pubchem } from '.';
import { parseAutocomplete, parseProperties } from './parse';
import { autocompleteRequest, propertiesRequest } from './requests';

// Composed in PubChem's form; numbers of CID 2519.
const CAFFEINE = {
  PropertyTable: {
    Properties: [
      {
        CID: 2519,
        Title: 'Caffeine',
        MolecularFormula: 'C8H10N4O2',
        MolecularWeight: '194.19',
        SMILES: 'CN1C=NC2=C1C(=O)N(C(=O)N2C)C',
        InChIKey: 'RYYVLZVUVIJVGH-UHFFFAOYSA-N',
      },
    ],
  },
};
const SYNONYMS = {
  InformationList: {
    Information: [
      {
        CID: 2519,
        Synonym: ['caffeine', '58-08-2', 'Guaranine', 'CHEMBL113', 'UNII-3G6A5W338E', 'DB00201'],
      },
    ],
  },
};
const NOT_FOUND = { Fault: { Code: 'PUGREST.NotFound', Message: 'No CID found' } };

const caffeine: Subject = {
  ...subjectNamed('Caffeine'),
  inchiKey: 'RYYVLZVUVIJVGH-UHFFFAOYSA-N',
  xrefs: { pubchem: '2519' },
};

const full = ({ url }: SourceRequest) => ({
  status: 200,
  text: JSON.stringify(url.includes('/synonyms/') ? SYNONYMS : CAFFEINE),
});
const empty = () => ({ status: 404, text: JSON.stringify(NOT_FOUND) });

connectorContract(pubchem, { subject: caffeine, full, empty });

describe('PubChem', () => {
  test('reads the compound, every fact by its place', async () => {
    const http = new ScriptedHttp('pubchem', full);
    const { records } = await gather(pubchem, caffeine, http);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
    const [record] = records;
    if (record?.kind !== 'compound') throw new Error('no compound');
    expect(record).toMatchObject({
      externalId: '2519',
      title: 'Caffeine',
      url: 'https://pubchem.ncbi.nlm.nih.gov/compound/2519',
      facts: {
        massDa: { pointer: '/PropertyTable/Properties/0/MolecularWeight', value: '194.19' },
        maxPhase: null,
        withdrawn: null,
      },
    });
    expect(record.facts.xrefs.map(({ source, id }) => [source, id])).toEqual([
      ['pubchem', expect.objectContaining({ value: 2519 })],
      ['chembl', expect.objectContaining({ value: 'CHEMBL113' })],
      ['unii', expect.objectContaining({ value: 'UNII-3G6A5W338E' })],
      ['drugbank', expect.objectContaining({ value: 'DB00201' })],
    ]);
    expect(http.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/rest/pug/compound/cid/2519/property/Title,MolecularFormula,MolecularWeight,SMILES,InChIKey/JSON',
      '/rest/pug/compound/cid/2519/synonyms/JSON',
    ]);
  });

  test('is asked by the best that is known of the subject', async () => {
    const asked = async (subject: Subject) => {
      const http = new ScriptedHttp('pubchem', full);
      await gather(pubchem, subject, http);
      return new URL(http.requests[0]?.url ?? '').pathname.split('/').slice(4, 6);
    };
    expect(await asked({ ...caffeine, xrefs: {} })).toEqual(['inchikey', caffeine.inchiKey]);
    expect(await asked(subjectNamed('a b'))).toEqual(['name', 'a%20b']);
  });

  test('chooses nothing when a name alone fits several', async () => {
    const [row] = CAFFEINE.PropertyTable.Properties;
    const several = { PropertyTable: { Properties: [row, { ...row, CID: 3, InChIKey: 'X' }] } };
    const http = new ScriptedHttp('pubchem', () => ({
      status: 200,
      text: JSON.stringify(several),
    }));
    const gathered = await gather(pubchem, subjectNamed('Twins'), http);
    expect(gathered.records).toEqual([]);
    expect(gathered.capped).toHaveLength(1);
    // By InChIKey they are isotopes of one compound: the plain one has the lowest number.
    expect(
      parseProperties(snapshotOf('pubchem', JSON.stringify(several))).map(({ cid }) => cid),
    ).toEqual(['3', '2519']);
  });

  test('a 404 that is not its own is a fault', async () => {
    const http = new ScriptedHttp('pubchem', () => ({ status: 404, text: '{"error":"proxy"}' }));
    await expect(gather(pubchem, caffeine, http)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  test('names that a path cannot hold are sent in the body', () => {
    expect(propertiesRequest({ by: 'name', name: 'N/A & Co' })).toMatchObject({
      method: 'POST',
      body: 'name=N%2FA+%26+Co',
    });
    expect(propertiesRequest({ by: 'name', name: '..' }).method).toBe('POST');
    expect(propertiesRequest({ by: 'name', name: 'α-tocopherol?#' }).url).toContain(
      '/name/%CE%B1-tocopherol%3F%23/property/',
    );
  });

  test('suggests names', () => {
    const body = { total: 2, dictionary_terms: { compound: ['gefitinib', 'gefitinib N-oxide'] } };
    expect(parseAutocomplete(snapshotOf('pubchem', JSON.stringify(body)))).toEqual([
      'gefitinib',
      'gefitinib N-oxide',
    ]);
    expect(autocompleteRequest('gefit/ib').url).toContain('/compound/gefit%2Fib/json');
  });
});

import { describe, expect, test } from 'vitest';
import { recognise } from './recognise';

const kindOf = (text: string) => recognise(text).kind;

describe('recognising what was typed', () => {
  test.each([
    'water',
    'Co',
    'Sn',
    'aspirin',
    'imatinib mesylate',
    'arsenic-trioxide',
    'arsenic trioxide',
    'cocoon',
    'Bion',
    'caffeine',
    'PCP',
    'CBN',
    'B12',
    'CO2',
    'N2O',
    'S1P',
    'C60',
    '5-FU',
    'S-1',
    'CB-11',
    'I-131',
    'STI-571',
    'BI 2536',
    'SB-203580',
    '(S)-ibuprofen',
    'iron(III) chloride',
    'cis-diamminedichloroplatinum(II)',
    '2-acetyloxybenzoic acid',
    '1,3,7-trimethylpurine-2,6-dione',
    "N,N'-diacetylchitobiose",
    '[18F]fluorodeoxyglucose',
    '[177Lu]Lu-PSMA-617',
    'poly(I:C)',
    'vitamin B12',
    '50-78-2',
    'interferon α-2b',
    'Pembrolizumab',
    'NaCl',
  ])('%s is a name', (text) => {
    expect(recognise(text)).toEqual({ kind: 'name', normalised: text });
  });

  test.each([
    'C',
    'N',
    'O',
    'CO',
    'CC',
    'CCO',
    'NCCN',
    'ClCCl',
    'BrC',
    'C=O',
    'C#N',
    'c1ccccc1',
    'C1CC1',
    'Cn1cccc1',
    'CC(=O)Oc1ccccc1C(=O)O',
    'CC(C)O',
    'N.N.Cl[Pt]Cl',
    '[Na+].[Cl-]',
    '[As]',
    'O=[As]O[As]=O',
    '*CC*',
    'F/C=C/F',
    'C[C@H](N)C(=O)O',
    // Mistakes in a SMILES are told as such.
    'CC(=O',
    'C1CC',
    'c1ccc',
    'C[N](C)(C)(C)C',
    'CC(=O)Oc1ccccc1C(=O)Xx',
    'CC(C',
  ])('%s is a SMILES', (text) => {
    expect(recognise(text)).toEqual({ kind: 'smiles', normalised: text });
  });

  test('the title after a SMILES is left out', () => {
    expect(recognise('CC(=O)O acetic acid')).toEqual({ kind: 'smiles', normalised: 'CC(=O)O' });
    expect(recognise('C CO poisoning')).toMatchObject({ kind: 'name' });
  });

  test('identifiers are brought to one form', () => {
    const key = 'XLYOFNOQVPJJNP-UHFFFAOYSA-N';
    for (const text of [key, ` ${key}\n`, key.toLowerCase(), `InChIKey=${key}`]) {
      expect(recognise(text)).toEqual({ kind: 'inchikey', normalised: key });
    }
    expect(recognise('InChI=1S/H2O/h1H2')).toEqual({
      kind: 'inchi',
      normalised: 'InChI=1S/H2O/h1H2',
    });
    expect(recognise('chembl25')).toEqual({ kind: 'source-id', normalised: 'CHEMBL25' });
    for (const text of ['CID 2244', 'cid:2244', 'PubChem CID 002244']) {
      expect(recognise(text)).toEqual({ kind: 'source-id', normalised: 'CID2244' });
    }
    expect(recognise('unii r16co5y76e')).toEqual({
      kind: 'source-id',
      normalised: 'UNII-R16CO5Y76E',
    });
    expect(kindOf('XLYOFNOQVPJJNP-UHFFFAOYSA')).toBe('name');
  });

  test('blanks are made single', () => {
    expect(recognise('  imatinib\t \nmesylate ')).toEqual({
      kind: 'name',
      normalised: 'imatinib mesylate',
    });
  });

  test('signs that nobody sees are left out', () => {
    expect(recognise('\ufeffima\u200btin\u00adib\u2060')).toEqual({
      kind: 'name',
      normalised: 'imatinib',
    });
    expect(recognise('\u200b')).toMatchObject({ kind: 'invalid', reason: 'TEXT_EMPTY' });
  });

  test('what cannot be text is refused with its number', () => {
    expect(recognise(' \n ')).toMatchObject({ kind: 'invalid', reason: 'TEXT_EMPTY' });
    expect(recognise('C'.repeat(10_000)).kind).toBe('smiles');
    const long = recognise('C'.repeat(10_001));
    expect(long).toMatchObject({ kind: 'invalid', reason: 'TEXT_TOO_LONG' });
    expect(long).toHaveProperty(
      'message',
      'At most 10,000 characters can be read; this has 10,001.',
    );
    for (const [text, place] of [
      ['a\u0000b', 'Character 2 is a control character (U+0000)'],
      ['\u001b[31m', 'Character 1 is a control character (U+001B)'],
      ['x\u0085', 'Character 2 is a control character (U+0085)'],
      ['x\ud800', 'Character 2 is a control character (U+D800)'],
      ['aspi\u202erin', 'Character 5 is a control character (U+202E)'],
    ] as const) {
      const refused = recognise(text);
      expect(refused.kind).toBe('invalid');
      expect(refused).toHaveProperty('message', expect.stringContaining(place));
    }
  });

  test('comes to an end with text made to be slow', () => {
    for (const text of [
      '('.repeat(9_999),
      '['.repeat(9_999),
      'c1'.repeat(4_999),
      'C '.repeat(4_999),
    ]) {
      expect(() => recognise(text)).not.toThrow();
    }
  }, 10_000);
});

import { describe, expect, test } from 'vitest';
import { depict, inchiKeyOfInchi, parseStructure, rdkitVersion, type Structure } from './index';
import { EngineOverflow, withRdkit } from './rdkit';

async function structureOf(smiles: string): Promise<Structure> {
  const parsed = await parseStructure(smiles);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.structure;
}

async function problemOf(smiles: string) {
  const parsed = await parseStructure(smiles);
  if (parsed.ok) throw new Error(`${smiles} was read as ${parsed.structure.canonicalSmiles}`);
  return parsed;
}

describe('reading a structure', () => {
  // Formulas, masses and keys of PubChem CID 962, 2244, 33032 and 702.
  test.each([
    ['O', 'XLYOFNOQVPJJNP-UHFFFAOYSA-N', 'H2O', 18.015],
    ['CC(=O)OC1=CC=CC=C1C(=O)O', 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N', 'C9H8O4', 180.16],
    ['C(CC(=O)O)[C@@H](C(=O)O)N', 'WHUUTDBJXJRKMK-VKHMYHEASA-N', 'C5H9NO4', 147.13],
    ['OCC', 'LFQSCWFLJHTTHZ-UHFFFAOYSA-N', 'C2H6O', 46.07],
  ])('%s', async (smiles, inchiKey, formula, massDa) => {
    const structure = await structureOf(smiles);
    expect(structure).toMatchObject({ inchiKey, formula, limits: [] });
    expect(structure.massDa).toBeCloseTo(massDa, 1);
    expect(structure.components).toHaveLength(1);
    // Canonical: writing it again changes nothing.
    expect((await structureOf(structure.canonicalSmiles)).canonicalSmiles).toBe(
      structure.canonicalSmiles,
    );
  });

  test('counts charges and elements in Hill order', async () => {
    expect((await structureOf('[NH4+]')).formula).toBe('H4N+');
    expect((await structureOf('[O-]S([O-])(=O)=O')).formula).toBe('O4S2-');
    expect((await structureOf('Clc1ccccc1Br')).formula).toBe('C6H4BrCl');
  });

  test('weighs isotopes by their own mass', async () => {
    // Heavy water, PubChem CID 24602: 20.028.
    expect((await structureOf('[2H]O[2H]')).massDa).toBeCloseTo(20.028, 2);
  });

  test('tells a salt from its active part, neutral again', async () => {
    const valproate = await structureOf('[Na+].CCCC(CCC)C([O-])=O');
    expect(valproate.components.map((part) => [part.canonicalSmiles, part.isCounterIon])).toEqual([
      ['CCCC(CCC)C(=O)[O-]', false],
      ['[Na+]', true],
    ]);
    // Valproic acid, PubChem CID 3121.
    expect(valproate.components[0]?.neutral).toEqual({
      canonicalSmiles: 'CCCC(CCC)C(=O)O',
      inchiKey: 'NIJJYAXOARWZEE-UHFFFAOYSA-N',
      formula: 'C8H16O2',
    });
    const amine = await structureOf('[Cl-].[Cl-].C[NH2+]CC[NH3+]');
    expect(amine.components.map((part) => [part.neutral.canonicalSmiles, part.count])).toEqual([
      ['CNCCN', 1],
      ['[Cl-]', 2],
    ]);
    const maleate = await structureOf('CN(C)CCc1ccccc1.OC(=O)/C=C\\C(O)=O');
    expect(maleate.components.map((part) => part.isCounterIon)).toEqual([false, true]);
  });

  test('leaves groups alone whose charges balance', async () => {
    for (const smiles of ['C[N+](=O)[O-]', 'C[N+](C)(C)CC(=O)[O-]', 'C[N+](C)(C)C']) {
      const [part] = (await structureOf(smiles)).components;
      expect(part?.neutral.canonicalSmiles).toBe(part?.canonicalSmiles);
    }
  });

  test('knows that a metal and its ligands are one compound', async () => {
    const cisplatin = await structureOf('N.N.Cl[Pt]Cl');
    expect(cisplatin.components.some((part) => part.isCoordinating)).toBe(true);
    const chloride = await structureOf('[Na+].[Cl-]');
    expect(chloride.components.some((part) => part.isCoordinating)).toBe(false);
  });

  test('has no key where there is none, and says why', async () => {
    const polymer = await structureOf('*CC(*)c1ccccc1');
    expect(polymer.inchiKey).toBeNull();
    expect(polymer.limits[0]).toContain('open attachment points (*)');
  });
});

describe('what cannot be read', () => {
  test.each(
    (
      [
        ['', 'SMILES_EMPTY', null, [], 'nothing to read'],
        ['   ', 'SMILES_EMPTY', null, [], 'nothing to read'],
        ['CC(=O', 'SMILES_UNPARSABLE', 3, [], 'extra open parentheses near position 3'],
        ['CC)C', 'SMILES_UNPARSABLE', 3, [], 'extra close parentheses near position 3'],
        ['C1CC', 'SMILES_UNPARSABLE', null, [], 'unclosed ring'],
        ['CC(=O)Xx', 'SMILES_UNPARSABLE', 7, [], 'syntax error near position 7'],
        ['C[N](C)(C)(C)C', 'SMILES_UNPARSABLE', null, [2], 'Explicit valence for atom 2 N, 5'],
        ['c1cccc1', 'SMILES_UNPARSABLE', null, [1, 2, 3, 4, 5], '(atoms 1, 2, 3, 4, 5)'],
        ['C\u0000C', 'SMILES_UNPARSABLE', 2, [], 'the character at position 2'],
        ['{"rdkitjson":{"version":12}}', 'SMILES_UNPARSABLE', 1, [], 'position 1'],
        ['\n\n\nM  END', 'SMILES_UNPARSABLE', 2, [], 'position 2'],
        [
          'C'.repeat(10_001),
          'SMILES_TOO_LONG',
          null,
          [],
          'at most 10,000 characters; this has 10,001',
        ],
        [
          'C'.repeat(5_001),
          'SMILES_TOO_MANY_ATOMS',
          null,
          [],
          'at most 5,000 atoms; this has 5,001',
        ],
      ] as [string, string, number | null, number[], string][]
    ).map((row) => [JSON.stringify(row[0]).slice(0, 40), ...row] as const),
  )('%s', async (_name, smiles, reason, position, atoms, words) => {
    const problem = await problemOf(smiles);
    expect(problem).toMatchObject({ reason, position, atoms });
    expect(problem.message).toContain(words);
  });

  test('a structure beyond RDKit is refused with its number of atoms', async () => {
    const problem = await problemOf(`CCO.${'C'.repeat(4_000)}`);
    expect(problem.reason).toBe('SMILES_TOO_COMPLEX');
    expect(problem.message).toContain('this has 4,000');
  });

  test('when RDKit is lost all the same, the next structure has a new one', async () => {
    const trap = withRdkit(() => {
      throw new WebAssembly.RuntimeError('memory access out of bounds');
    });
    await expect(trap).rejects.toBeInstanceOf(EngineOverflow);
    expect((await structureOf('CCO')).inchiKey).toBe('LFQSCWFLJHTTHZ-UHFFFAOYSA-N');
  });
});

test('a web of rings is refused before it takes hours', async () => {
  // Twelve atoms, each bound to each.
  const labels = Array.from({ length: 12 }, () => [] as number[]);
  let label = 10;
  for (let from = 0; from < 12; from += 1) {
    for (let to = from + 2; to < 12; to += 1) {
      labels[from]?.push(label);
      labels[to]?.push(label);
      label += 1;
    }
  }
  const web = labels.map((own) => `*${own.map((n) => `%${n}`).join('')}`).join('');
  expect(await problemOf(web)).toMatchObject({
    reason: 'SMILES_TOO_COMPLEX',
    message: expect.stringContaining('closes 55 rings on 12 atoms'),
  });
  expect(await problemOf(`${web}${'.C'.repeat(100)}`)).toMatchObject({
    reason: 'SMILES_TOO_COMPLEX',
  });
  // Cubane is a compound.
  expect((await structureOf('C12C3C4C1C5C2C3C45')).formula).toBe('C8H8');
});

test('large structures up to the limit are read, the same whichever way they are written', async () => {
  const chain = await structureOf('C'.repeat(500));
  const nested = await structureOf(`${'C('.repeat(499)}C${')'.repeat(499)}`);
  expect(nested.inchiKey).toBe(chain.inchiKey);
  expect(chain.formula).toBe('C500H1002');
});

describe('drawing', () => {
  const size = { widthPx: 200, heightPx: 120 } as const;

  test('gives a picture with words, nothing that runs, nothing from outside', async () => {
    const svg = await depict('CC(=O)Oc1ccccc1C(=O)O', {
      ...size,
      theme: 'light',
      name: 'A<script>&',
    });
    expect(svg).toContain('<title>A&lt;script&gt;&amp;, C9H8O4</title>');
    expect(svg).toContain('<desc>Structure drawn from the SMILES CC(=O)Oc1ccccc1C(=O)O</desc>');
    expect(svg).toContain('viewBox="0 0 200 120"');
    expect(svg.match(/<path /g)?.length).toBeGreaterThan(10);
    expect(svg).not.toMatch(/<script|style=|class=|href|<\?xml|on\w+=|NaN/);
  });

  test('follows the theme', async () => {
    const [light, dark, print] = await Promise.all(
      (['light', 'dark', 'print'] as const).map((theme) => depict('CCN', { ...size, theme })),
    );
    expect(new Set([light, dark, print]).size).toBe(3);
    expect(print).not.toMatch(/stroke="#(?!000000)/);
  });

  test('of what cannot be drawn says why', async () => {
    expect(await depict('CC(', { ...size, theme: 'dark' })).toContain('cannot be read');
    expect(await depict('C'.repeat(300), { ...size, theme: 'dark' })).toContain(
      'Too large to draw: 300 atoms, at most 250.',
    );
  });
});

test('InChI gives the same key, the version is the package’s', async () => {
  expect(await inchiKeyOfInchi('InChI=1S/H2O/h1H2')).toBe('XLYOFNOQVPJJNP-UHFFFAOYSA-N');
  expect(await inchiKeyOfInchi('water')).toBeNull();
  expect(await rdkitVersion()).toMatch(/^20\d\d\.\d\d\.\d+$/);
});

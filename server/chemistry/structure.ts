/** From a SMILES to what is certain about the structure, by RDKit. */
import type { MainModule, Mol } from '@rdkit/rdkit';
import { type Atom, averageMassDa, type Graph, hillFormula, readGraph } from './graph';
import { EngineOverflow, withRdkit } from './rdkit';
import { MAX_ATOMS, MAX_TEXT_LENGTH } from './schema';

export interface Structure {
  canonicalSmiles: string;
  /** Standard InChIKey; null where InChI cannot say (open attachment points, over 1,023 atoms). */
  inchiKey: string | null;
  formula: string;
  /** Average molecular mass. */
  massDa: number;
  /** Heavy atoms. */
  atomCount: number;
  /** The separate parts, whole structure included when there is only one. */
  components: Component[];
  /** What cannot be done with this structure and why, for people. */
  limits: string[];
}

export interface Component {
  canonicalSmiles: string;
  inchiKey: string | null;
  formula: string;
  /** How often it occurs. */
  count: number;
  /** The same part without the charges of a salt; itself when it has none. */
  neutral: { canonicalSmiles: string; inchiKey: string | null; formula: string };
  /** A usual counter-ion or solvent, not the active part. */
  isCounterIon: boolean;
  /** Holds a metal that binds its ligands, so that the parts belong together. */
  isCoordinating: boolean;
}

export type StructureProblem = {
  reason:
    | 'SMILES_EMPTY'
    | 'SMILES_TOO_LONG'
    | 'SMILES_UNPARSABLE'
    | 'SMILES_TOO_MANY_ATOMS'
    | 'SMILES_TOO_COMPLEX';
  /** For people: RDKit's reason with the place where it gives one, or the limit with its number. */
  message: string;
  /** 1-based character, where RDKit names one. */
  position: number | null;
  /** 1-based atoms in the order of the SMILES, where RDKit names them. */
  atoms: number[];
};

export type ParsedStructure =
  | { ok: true; structure: Structure }
  | ({ ok: false } & StructureProblem);

/** Never throws for any text: what is wrong comes back as a problem. */
export async function parseStructure(smiles: string): Promise<ParsedStructure> {
  const text = smiles.trim();
  const problem = checkText(text);
  if (problem) return { ok: false, ...problem };
  try {
    return await withRdkit((rdkit, messages) => readStructure(rdkit, messages, text));
  } catch (error) {
    if (!(error instanceof EngineOverflow)) throw error;
    const message = `This structure is more than RDKit can hold. Give its name or InChIKey instead.`;
    return { ok: false, reason: 'SMILES_TOO_COMPLEX', message, position: null, atoms: [] };
  }
}

function checkText(text: string): StructureProblem | null {
  const none = { position: null, atoms: [] };
  if (text === '') {
    return {
      ...none,
      reason: 'SMILES_EMPTY',
      message: 'Enter a SMILES: there is nothing to read.',
    };
  }
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `A SMILES may have at most ${number(MAX_TEXT_LENGTH)} characters; this has ${number(text.length)}.`;
    return { ...none, reason: 'SMILES_TOO_LONG', message };
  }
  const atoms = atomsWritten(text);
  if (atoms > MAX_ATOMS) return { ...none, ...tooManyAtoms(atoms) };
  for (const part of text.split('.')) {
    const connected = atomsWritten(part);
    if (connected > MAX_CONNECTED_ATOMS) return { ...none, ...tooComplex(connected) };
    const rings = Math.round(ringDigits(part) / 2);
    if (rings > connected + 1) return { ...none, ...tooManyRings(rings, connected) };
  }
  return null;
}

/**
 * RDKit follows bonds recursively and runs out of WebAssembly's stack, at worst without noticing: all
 * shapes tried hold at 560 atoms, chains and rings fail at 650 to 700 (2026.09.1, 2026-11-22).
 */
const MAX_CONNECTED_ATOMS = 500;

/** Four bonds an atom close at most one ring more than there are atoms; denser ones take RDKit hours. */
function tooManyRings(rings: number, atoms: number): Pick<StructureProblem, 'reason' | 'message'> {
  return {
    reason: 'SMILES_TOO_COMPLEX',
    message: `This SMILES closes ${number(rings)} rings on ${number(atoms)} atoms, more than any compound does. Check its ring numbers.`,
  };
}

function tooManyAtoms(atoms: number): Pick<StructureProblem, 'reason' | 'message'> {
  return {
    reason: 'SMILES_TOO_MANY_ATOMS',
    message: `A structure may have at most ${number(MAX_ATOMS)} atoms; this has ${number(atoms)}.`,
  };
}

function tooComplex(atoms: number): Pick<StructureProblem, 'reason' | 'message'> {
  return {
    reason: 'SMILES_TOO_COMPLEX',
    message: `Structures of more than ${MAX_CONNECTED_ATOMS} connected atoms cannot be read here; this has ${number(atoms)}. Give its name or InChIKey instead.`,
  };
}

/** Atoms as written, counted without RDKit: a first guard for its memory. */
function atomsWritten(text: string): number {
  return text.match(/\[[^\]]*\]|Br|Cl|[BCNOPSFI]|[bcnops*]/g)?.length ?? 0;
}

/** Each ring is written with two of them. */
function ringDigits(text: string): number {
  return text.replace(/\[[^\]]*\]/g, '').match(/%\d\d|\d/g)?.length ?? 0;
}

// RDKit's get_mol also takes molfiles and JSON; a SMILES is letters, digits and these signs.
const SMILES_SIGNS = /[^A-Za-z0-9@+\-[\]()=#$:./\\%*~]/u;

function readStructure(rdkit: MainModule, messages: () => string, text: string): ParsedStructure {
  const foreign = SMILES_SIGNS.exec(text);
  if (foreign) {
    const position = foreign.index + 1;
    const message = `This SMILES cannot be read: the character at position ${position} has no meaning in SMILES.`;
    return { ok: false, reason: 'SMILES_UNPARSABLE', message, position, atoms: [] };
  }
  const mol = rdkit.get_mol(text);
  if (!mol) return { ok: false, reason: 'SMILES_UNPARSABLE', ...readReason(messages()) };
  try {
    const atomCount = mol.get_num_atoms(true);
    if (mol.get_num_atoms() === 0) {
      const message = 'This SMILES holds no atom.';
      return { ok: false, reason: 'SMILES_EMPTY', message, position: null, atoms: [] };
    }
    return { ok: true, structure: describe(rdkit, mol, atomCount) };
  } finally {
    mol.delete();
  }
}

function describe(rdkit: MainModule, mol: Mol, atomCount: number): Structure {
  const canonicalSmiles = mol.get_smiles();
  const graph = readGraph(mol);
  const hasOpenEnds = graph.atoms.some(({ atomicNumber }) => atomicNumber === 0);
  const inchiKey = hasOpenEnds ? null : inchiKeyOf(rdkit, mol);
  const limits: string[] = [];
  if (hasOpenEnds) {
    limits.push(
      'The structure has open attachment points (*), as in a polymer or a family of compounds: it has no InChIKey, so no source can be asked for exactly this compound.',
    );
  } else if (inchiKey === null) {
    limits.push(
      'InChI does not cover this structure (more than 1,023 atoms, or an element it does not know), so it has no InChIKey and no source can be asked for exactly this compound.',
    );
  }
  return {
    canonicalSmiles,
    inchiKey,
    formula: hillFormula(graph.atoms),
    massDa: Math.round((averageMassDa(graph.atoms) ?? descriptor(mol, 'amw')) * 1000) / 1000,
    atomCount,
    components: readComponents(rdkit, canonicalSmiles),
    limits,
  };
}

function inchiKeyOf(rdkit: MainModule, mol: Mol): string | null {
  const inchi = mol.get_inchi();
  return inchi === '' ? null : rdkit.get_inchikey_for_inchi(inchi) || null;
}

/** Slow: RDKit works out all descriptors at once. */
function descriptor(mol: Mol, name: string): number {
  const all = JSON.parse(mol.get_descriptors()) as Record<string, number>;
  return all[name] ?? Number.NaN;
}

function readComponents(rdkit: MainModule, canonicalSmiles: string): Component[] {
  const counts = new Map<string, number>();
  // A canonical SMILES writes separate parts with dots, and dots for nothing else.
  for (const part of canonicalSmiles.split('.')) counts.set(part, (counts.get(part) ?? 0) + 1);
  return [...counts].flatMap(([smiles, count]) => {
    const mol = rdkit.get_mol(smiles);
    if (!mol) return [];
    try {
      const graph = readGraph(mol);
      const own = summary(rdkit, mol, graph.atoms);
      return {
        ...own,
        count,
        neutral: neutralForm(rdkit, graph) ?? own,
        isCounterIon: own.inchiKey !== null && counterIons(rdkit).has(skeleton(own.inchiKey)),
        isCoordinating: graph.atoms.some(({ atomicNumber }) => bindsLigands(atomicNumber)),
      };
    } finally {
      mol.delete();
    }
  });
}

function summary(rdkit: MainModule, mol: Mol, atoms: readonly Atom[]) {
  const isOpen = atoms.some(({ atomicNumber }) => atomicNumber === 0);
  return {
    canonicalSmiles: mol.get_smiles(),
    inchiKey: isOpen ? null : inchiKeyOf(rdkit, mol),
    formula: hillFormula(atoms),
  };
}

/** Acids with their proton back, ammonium without its own; null when nothing is to change. */
function neutralForm(rdkit: MainModule, graph: Graph): Component['neutral'] | null {
  const netCharge = graph.atoms.reduce((sum, { charge }) => sum + charge, 0);
  if (netCharge === 0) return null;
  const changes = new Map<number, { charge: number; hydrogens: number }>();
  graph.atoms.forEach(({ atomicNumber, charge, hydrogens, neighbours }, index) => {
    // Charges that balance inside a group (nitro, N-oxide) belong to the way it is written.
    const isBalanced = neighbours.some((at) => (graph.atoms[at]?.charge ?? 0) * charge < 0);
    if (isBalanced) return;
    if (charge === -1 && [7, 8, 16].includes(atomicNumber) && neighbours.length > 0) {
      changes.set(index, { charge: 0, hydrogens: hydrogens + 1 });
    }
    if (charge === 1 && atomicNumber === 7 && hydrogens > 0) {
      changes.set(index, { charge: 0, hydrogens: hydrogens - 1 });
    }
  });
  if (changes.size === 0) return null;
  const mol = rdkit.get_mol(graph.withAtoms(changes));
  if (!mol) return null;
  try {
    return summary(rdkit, mol, readGraph(mol).atoms);
  } finally {
    mol.delete();
  }
}

/** Metals and metalloids whose compounds are written as separate parts although they are one. */
function bindsLigands(atomicNumber: number): boolean {
  const isTransition =
    (atomicNumber >= 21 && atomicNumber <= 29) ||
    (atomicNumber >= 39 && atomicNumber <= 48) ||
    (atomicNumber >= 57 && atomicNumber <= 80);
  const isMainGroup = [31, 32, 33, 49, 50, 51, 52, 81, 82, 83, 84].includes(atomicNumber);
  return isTransition || isMainGroup || atomicNumber >= 88;
}

// Counter-ions and solvents usual in drug substances, after P. H. Stahl and C. G. Wermuth (eds.),
// Handbook of Pharmaceutical Salts, 2nd ed., Wiley-VCH 2011, appendix; ICH Q3C for solvents.
const COUNTER_IONS = [
  ...['Cl', 'Br', 'I', 'F', 'O', 'N', '[Li+]', '[Na+]', '[K+]', '[Ca+2]', '[Mg+2]', '[Zn+2]'],
  ...['[Al+3]', '[Ba+2]', '[Sr+2]', '[Rb+]', '[Cs+]', '[Ag+]'],
  ...['OS(=O)(=O)O', 'OP(=O)(O)O', 'O[N+](=O)[O-]', 'OC(=O)O', 'OB(O)O', 'OCl(=O)(=O)=O', 'SC#N'],
  ...['CS(=O)(=O)O', 'CCS(=O)(=O)O', 'OCCS(=O)(=O)O', 'OS(=O)(=O)CCS(=O)(=O)O'],
  ...['OS(=O)(=O)c1ccccc1', 'Cc1ccc(cc1)S(=O)(=O)O', 'OS(=O)(=O)c1cccc2ccccc12'],
  ...['OS(=O)(=O)c1ccc2ccccc2c1', 'OS(=O)(=O)C1CCCCC1', 'CC1(C)C2CCC1(CS(=O)(=O)O)C(=O)C2'],
  ...['OC=O', 'CC(=O)O', 'CCC(=O)O', 'OC(=O)C(F)(F)F', 'OC(=O)C(=O)O', 'OC(=O)CC(=O)O'],
  ...['OC(=O)CCC(=O)O', 'OC(=O)C=CC(=O)O', 'OC(=O)CC(O)C(=O)O', 'OC(=O)C(O)C(O)C(=O)O'],
  ...['OC(=O)CC(O)(CC(=O)O)C(=O)O', 'CC(O)C(=O)O', 'OCC(=O)O', 'OCC(O)C(O)C(O)C(O)C(=O)O'],
  ...['OC(=O)CCCCC(=O)O', 'OC(=O)c1ccccc1', 'OC(=O)c1ccccc1O', 'OC(=O)c1cc2ccccc2cc1O'],
  ...['OC(=O)c1cc2ccccc2c(Cc2c(O)c(cc3ccccc23)C(=O)O)c1O', 'CCCCCCCCCCCCCCCCCC(=O)O'],
  ...['NC(CO)(CO)CO', 'CNCC(O)C(O)C(O)C(O)CO', 'C[N+](C)(C)CCO', 'NCCO', 'OCCNCCO', 'NCCN'],
  ...['CCNCC', 'CCN(CC)CC', 'C1CNCCN1', 'NCCCCC(N)C(=O)O', 'NC(=N)NCCCC(N)C(=O)O'],
  ...[
    'CO',
    'CCO',
    'CC(C)O',
    'CCCO',
    'CC(C)=O',
    'CS(C)=O',
    'CC#N',
    'CCOC(C)=O',
    'ClCCl',
    'CN(C)C=O',
  ],
  ...['CC(O)CO', 'OCCO', 'C1CCOC1', 'c1ccccc1', 'Cc1ccccc1'],
];

let counterIonSkeletons: ReadonlySet<string> | null = null;

/** Their skeletons: the same for an acid and its anion, and for every stereoisomer. */
function counterIons(rdkit: MainModule): ReadonlySet<string> {
  counterIonSkeletons ??= new Set(
    COUNTER_IONS.flatMap((smiles) => {
      const mol = rdkit.get_mol(smiles);
      if (!mol) return [];
      try {
        return skeleton(inchiKeyOf(rdkit, mol) ?? '');
      } finally {
        mol.delete();
      }
    }),
  );
  return counterIonSkeletons;
}

function skeleton(inchiKey: string): string {
  return inchiKey.slice(0, 14);
}

/** RDKit's reason, the position and the atoms that it names (it counts atoms from 0, people from 1). */
function readReason(log: string): Pick<StructureProblem, 'message' | 'position' | 'atoms'> {
  const lines = log.split('\n').map((line) => line.replace(/^\[[\d:]+\]\s*/, '').trim());
  const position = Number(/around position (\d+)/.exec(log)?.[1] ?? Number.NaN);
  const atoms = [
    ...(/atom # (\d+)/.exec(log)?.slice(1) ?? []),
    ...(/Unkekulized atoms: ([\d ]+)/.exec(log)?.[1]?.trim().split(' ') ?? []),
  ].map((atom) => Number(atom) + 1);
  const reason = (lines.find((line) => line !== '') ?? 'unknown reason')
    .replace(/^SMILES Parse Error:\s*/, '')
    .replace(/\s*(while parsing|for input):?.*$/s, '')
    .replace(/\s*Unkekulized atoms:.*$/s, '')
    .replace(/atom # (\d+)/, (_, atom) => `atom ${Number(atom) + 1}`)
    .replace(/\.$/, '')
    .trim();
  const place = Number.isNaN(position)
    ? atoms.length > 1
      ? ` (atoms ${atoms.join(', ')})`
      : ''
    : ` near position ${position}`;
  return {
    message: `This SMILES cannot be read: ${reason}${place}.`,
    position: Number.isNaN(position) ? null : position,
    atoms,
  };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

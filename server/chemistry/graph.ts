/** The atoms and bonds of a molecule, read from RDKit's JSON (rdkitjson, a form of CommonChem). */
import type { Mol } from '@rdkit/rdkit';
import { z } from 'zod';

const atomSchema = z.looseObject({
  z: z.number().optional(),
  impHs: z.number().optional(),
  chg: z.number().optional(),
  isotope: z.number().optional(),
});
const graphSchema = z.looseObject({
  defaults: z.looseObject({ atom: atomSchema }),
  molecules: z.tuple([
    z.looseObject({
      atoms: z.array(atomSchema),
      bonds: z.array(z.looseObject({ atoms: z.tuple([z.number(), z.number()]) })).optional(),
    }),
  ]),
});

export interface Atom {
  atomicNumber: number;
  hydrogens: number;
  charge: number;
  neighbours: number[];
}

export interface Graph {
  atoms: Atom[];
  /** RDKit's JSON with other charges and hydrogens on some atoms. */
  withAtoms(changes: Map<number, { charge: number; hydrogens: number }>): string;
}

export function readGraph(mol: Mol): Graph {
  const graph = graphSchema.parse(JSON.parse(mol.get_json()));
  const defaults = graph.defaults.atom;
  const [molecule] = graph.molecules;
  const atoms: Atom[] = molecule.atoms.map((atom) => ({
    atomicNumber: atom.z ?? defaults.z ?? 6,
    hydrogens: atom.impHs ?? defaults.impHs ?? 0,
    charge: atom.chg ?? defaults.chg ?? 0,
    neighbours: [],
  }));
  for (const {
    atoms: [from, to],
  } of molecule.bonds ?? []) {
    atoms[from]?.neighbours.push(to);
    atoms[to]?.neighbours.push(from);
  }
  return {
    atoms,
    withAtoms(changes) {
      const changed = molecule.atoms.map((atom, index) => {
        const change = changes.get(index);
        return change ? { ...atom, chg: change.charge, impHs: change.hydrogens } : atom;
      });
      return JSON.stringify({ ...graph, molecules: [{ ...molecule, atoms: changed }] });
    },
  };
}

// Symbols by atomic number, 1 to 118 (IUPAC periodic table, 2022).
const SYMBOLS = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr ' +
  'Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm ' +
  'Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No ' +
  'Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'
).split(' ');

/** Formula in Hill order (carbon, hydrogen, then by symbol), with the charge: `C3H5O2-`. */
export function hillFormula(atoms: readonly Atom[]): string {
  const counts = new Map<string, number>();
  const add = (symbol: string, number: number) => {
    if (number > 0) counts.set(symbol, (counts.get(symbol) ?? 0) + number);
  };
  for (const atom of atoms) {
    add(SYMBOLS[atom.atomicNumber - 1] ?? '*', 1);
    add('H', atom.hydrogens);
  }
  const first = counts.has('C') ? ['C', 'H'] : [];
  const rest = [...counts.keys()].filter((symbol) => !first.includes(symbol)).sort();
  const formula = [...first, ...rest]
    .filter((symbol) => counts.has(symbol))
    .map((symbol) => symbol + (counts.get(symbol) === 1 ? '' : counts.get(symbol)))
    .join('');
  return formula + chargeSuffix(atoms.reduce((sum, atom) => sum + atom.charge, 0));
}

function chargeSuffix(charge: number): string {
  if (charge === 0) return '';
  const size = Math.abs(charge);
  return (size === 1 ? '' : String(size)) + (charge > 0 ? '+' : '-');
}

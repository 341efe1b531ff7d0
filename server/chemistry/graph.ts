/** The atoms and bonds of a molecule, read from RDKit's JSON (rdkitjson, a form of CommonChem). */
import type { Mol } from '@rdkit/rdkit';
import { z } from 'zod';
import { elementOf } from './elements';

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
  /** Mass number where one is stated, else 0. */
  isotope: number;
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
    isotope: atom.isotope ?? defaults.isotope ?? 0,
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

/** Formula in Hill order (carbon, hydrogen, then by symbol), with the charge: `C3H5O2-`. */
export function hillFormula(atoms: readonly Atom[]): string {
  const counts = new Map<string, number>();
  const add = (symbol: string, number: number) => {
    if (number > 0) counts.set(symbol, (counts.get(symbol) ?? 0) + number);
  };
  for (const atom of atoms) {
    add(elementOf(atom.atomicNumber)?.symbol ?? '*', 1);
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

const HYDROGEN_DA = elementOf(1)?.weightDa ?? Number.NaN;

/** Average mass by standard atomic weights; null where an isotope is stated, whose mass they do not give. */
export function averageMassDa(atoms: readonly Atom[]): number | null {
  if (atoms.some(({ isotope }) => isotope !== 0)) return null;
  return atoms.reduce(
    (sum, atom) =>
      sum + (elementOf(atom.atomicNumber)?.weightDa ?? 0) + atom.hydrogens * HYDROGEN_DA,
    0,
  );
}

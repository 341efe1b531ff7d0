/** What two sources say of one name, joined by InChIKey. Pure. */
import type { Molecule } from '../sources/chembl/parse';
import type { CompoundRow } from '../sources/pubchem/parse';
import { normal, readable } from './names';

export interface Candidate {
  inchiKey: string;
  smiles: string | null;
  name: string;
  compound: CompoundRow | null;
  molecule: Molecule | null;
  /** Its preferred name is what was typed, not merely one of its synonyms. */
  isExact: boolean;
}

/** Compounds by InChIKey, PubChem's first. Records without structure are left out. */
export function joinCandidates(
  typed: string,
  compounds: CompoundRow[],
  molecules: Molecule[],
): Candidate[] {
  const wanted = normal(typed);
  const byKey = new Map<string, Candidate>();
  for (const compound of compounds) {
    const { inchiKey, title, smiles } = compound;
    if (!inchiKey || byKey.has(inchiKey)) continue;
    byKey.set(inchiKey, {
      inchiKey,
      smiles,
      name: title ?? typed,
      compound,
      molecule: null,
      isExact: title !== null && normal(title) === wanted,
    });
  }
  for (const molecule of molecules) {
    const { inchiKey, smiles, preferredName, chemblId } = molecule;
    if (!inchiKey) continue;
    const isExact = preferredName !== null && normal(preferredName) === wanted;
    const known = byKey.get(inchiKey);
    if (known) {
      known.molecule ??= molecule;
      known.isExact ||= isExact;
    } else {
      const name = readable(preferredName) ?? chemblId;
      byKey.set(inchiKey, { inchiKey, smiles, name, compound: null, molecule, isExact });
    }
  }
  return [...byKey.values()];
}

/** Those whose own name was typed; where there are none, all that bear it as a synonym. */
export function matching(candidates: Candidate[]): Candidate[] {
  const exact = candidates.filter(({ isExact }) => isExact);
  return exact.length > 0 ? exact : candidates;
}

/** The one record that bears the compound's own name and states no structure to tell them apart by. */
export function namesake(compound: Candidate, molecules: Molecule[]): Molecule | null {
  const [only, ...more] = molecules.filter(
    ({ preferredName }) =>
      preferredName !== null && normal(preferredName) === normal(compound.name),
  );
  const isOne = only?.inchiKey === null && more.length === 0;
  return isOne && compound.isExact && !compound.molecule ? only : null;
}

/** The record without structure that a name means: a biologic, an extract, a polymer. */
export function structureless(typed: string, molecules: Molecule[]): Molecule | null {
  const wanted = normal(typed);
  const [best] = molecules
    .filter(({ inchiKey }) => inchiKey === null)
    .map((molecule) => ({
      molecule,
      isExact: normal(molecule.preferredName ?? '') === wanted ? 1 : 0,
    }))
    .sort((a, b) => b.isExact - a.isExact || b.molecule.maxPhase - a.molecule.maxPhase);
  return best?.molecule ?? null;
}

/** How a candidate differs from the others, for the person who chooses. */
export function describeCandidate(candidate: Candidate, among: Candidate[]): string {
  const { inchiKey, compound, molecule } = candidate;
  const skeleton = inchiKey.slice(0, 14);
  const isIsomer = among.some(
    (other) => other.inchiKey !== inchiKey && other.inchiKey.startsWith(skeleton),
  );
  return [
    ...(isIsomer ? ['same skeleton as another, other stereochemistry, isotopes or charge'] : []),
    ...(compound ? [`PubChem CID ${compound.cid}`] : []),
    ...(molecule ? [molecule.chemblId] : []),
  ].join('; ');
}

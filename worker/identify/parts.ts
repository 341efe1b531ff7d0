/** Salts and mixtures: the separate parts of a structure, and which of them to offer. Pure. */
import type { Component, Structure } from '@/server/chemistry';

export interface Part {
  inchiKey: string;
  smiles: string;
  formula: string;
  role: 'whole' | 'active' | 'counter-ion';
}

/** The whole, its active parts, then its counter-ions; only those that have an InChIKey. */
export function partsOf(structure: Structure): Part[] {
  const parts = new Map<string, Part>();
  const add = (inchiKey: string | null, part: Omit<Part, 'inchiKey'>) => {
    if (inchiKey && !parts.has(inchiKey)) parts.set(inchiKey, { ...part, inchiKey });
  };
  const { inchiKey, canonicalSmiles: smiles, formula } = structure;
  add(inchiKey, { smiles, formula, role: 'whole' });
  for (const role of ['active', 'counter-ion'] as const) {
    for (const component of structure.components) {
      if (component.isCounterIon !== (role === 'counter-ion')) continue;
      const { neutral } = component;
      add(neutral.inchiKey, { smiles: neutral.canonicalSmiles, formula: neutral.formula, role });
    }
  }
  return [...parts.values()];
}

/** Is it written in more than one part? */
export function hasParts(structure: Structure): boolean {
  return structure.components.reduce((sum, { count }) => sum + count, 0) > 1;
}

/**
 * Does a name of this structure leave open which compound is meant? Not where a metal holds the parts
 * together (cisplatin), nor where all of them are ions without which nothing is left (lithium carbonate).
 */
export function isSaltOrMixture({ components }: Structure): boolean {
  const isBound = components.some(({ isCoordinating }) => isCoordinating);
  return components.length > 1 && !isBound && components.some(isActive);
}

const isActive = ({ isCounterIon }: Component) => !isCounterIon;

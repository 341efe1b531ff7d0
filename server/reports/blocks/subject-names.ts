/** The molecule's names as identity records state them, so that recognising it can be checked. */
import { type Cited, type Subject, said } from '@/server/evidence/schema';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { type Cite, citing, type Input } from '../claim-draft';
import { type Material, ofKind } from './block';

export interface KnownName {
  name: string;
  /** Where a record states it; null for the name that was asked about, which the report states. */
  cite: Cite | null;
}

/**
 * Names that can be shown: those that a compound's record states, and the subject's own. Any other
 * name the molecule was searched by cannot support a statement.
 */
export function knownNames(material: Pick<Material, 'subject' | 'evidence'>): KnownName[] {
  const stated = new Map<string, Cite>();
  for (const compound of ofKind(material.evidence, 'compound')) {
    const cite = citing(compound);
    const { name, synonyms } = compound.facts;
    for (const place of [name, ...synonyms].filter(
      (item): item is Cited<string> => item !== null,
    )) {
      const key = said(place).toLowerCase();
      if (!stated.has(key)) stated.set(key, cite(place) as Cite);
    }
  }
  return namesOf(material.subject).flatMap((name) => {
    const cite = stated.get(name.toLowerCase()) ?? null;
    return cite || name === material.subject.name ? [{ name, cite }] : [];
  });
}

/** Names an assessment may recognise the molecule by: exactly those that a report can show. */
export function citableNames(material: Pick<Material, 'subject' | 'evidence'>): string[] {
  return knownNames(material).map(({ name }) => name);
}

function namesOf(subject: Pick<Subject, 'name' | 'names'>): string[] {
  return [...new Set([subject.name, ...subject.names])];
}

/** The names that these texts use, as inputs of `molecule.names@1`; the subject's own if none is. */
export function namesUsed(known: readonly KnownName[], texts: readonly string[]): KnownName[] {
  const used = known.filter(({ name }) => texts.some((text) => namesMolecule(text, [name])));
  return used.length > 0 ? used : known.slice(0, 1);
}

/** The slot that holds the name asked about. */
export const ASKED_NAME = 'askedName';

export function nameInputs(names: readonly KnownName[]): Input[] {
  return names.map(({ cite }) => cite ?? ASKED_NAME);
}

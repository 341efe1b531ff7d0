/**
 * The blocks of a molecule report: their order and titles, the sources they are fed by, and what has
 * no connector yet. Browser-safe.
 */
import type { SourceId } from '@/server/evidence/schema';
import { SECTION_TITLES, SECTIONS, type Section } from '../templates/sections';

export interface BlockDefinition {
  id: string;
  /** Place in the reading order, from 1; null for sections that this version does not know. */
  number: number | null;
  title: string;
  /** Sources whose answers this block is made of: how asking them went is said in it. */
  sources: readonly SourceId[];
  /** What the block should tell and no connector can ask yet. */
  unconnected: readonly string[];
}

const FED_BY: Partial<Record<Section, readonly SourceId[]>> = {
  identity: ['pubchem', 'chembl', 'opentargets'],
  candidates: ['clinicaltrials', 'chembl', 'opentargets', 'pubmed', 'europepmc'],
  clinical: ['clinicaltrials'],
  mechanism: ['chembl', 'opentargets'],
  safety: ['openfda', 'chembl'],
  literature: ['pubmed', 'europepmc'],
  patents: ['europepmc'],
  market: ['openfda', 'clinicaltrials'],
};

const UNCONNECTED: Partial<Record<Section, readonly string[]>> = {
  literature: ['Crossref (retractions)', 'Semantic Scholar', 'OpenAlex', 'arXiv'],
  patents: ['Orange Book (listings and expiries)', 'SureChEMBL', 'European Patent Office'],
  market: ['Medicare Part D (spending)'],
};

export const BLOCKS: readonly BlockDefinition[] = SECTIONS.map((id, index) => ({
  id,
  number: index + 1,
  title: SECTION_TITLES[id],
  sources: FED_BY[id] ?? [],
  unconnected: UNCONNECTED[id] ?? [],
}));

/** The blocks for the sections that a report's claims name: the twelve, then what is not known. */
export function blocksFor(sections: Iterable<string>): BlockDefinition[] {
  const known = new Set<string>(SECTIONS);
  const others = [...new Set(sections)].filter((section) => !known.has(section));
  return [
    ...BLOCKS,
    ...others.map((section) => ({
      id: section,
      number: null,
      title: `Other statements: ${section}`,
      sources: [],
      unconnected: [],
    })),
  ];
}

/** Every source that can be asked: one line each. */
import type { SourceId } from '@/server/evidence/schema';
import { arxiv } from './arxiv';
import { chembl } from './chembl';
import { clinicaltrials } from './clinicaltrials';
import type { Bibliography, Connector } from './contract';
import { crossref } from './crossref';
import { europepmc } from './europepmc';
import { openfda } from './openfda';
import { opentargets } from './opentargets';
import { pubchem } from './pubchem';
import { pubmed } from './pubmed';
import { semanticscholar } from './semanticscholar';

export const CONNECTORS: readonly Connector[] = [
  pubchem,
  chembl,
  clinicaltrials,
  europepmc,
  pubmed,
  openfda,
  opentargets,
];

/** Sources that know papers; molecules are not asked of them. */
export const BIBLIOGRAPHIES: readonly Bibliography[] = [crossref, arxiv, semanticscholar];

export function connectorOf(id: SourceId): Connector {
  const connector = CONNECTORS.find((candidate) => candidate.id === id);
  if (!connector) throw new Error(`No connector is registered for the source ${id}.`);
  return connector;
}

/**
 * Answers a connector's request from the demonstration's facts, in the form of the source's own API.
 * What is asked for and not held is answered with an empty list, never with a made-up record.
 */
import type { SourceId } from '@/server/evidence/schema';
import type { SourceRequest } from '../../sources/contract';
import type { MoleculeFacts } from '../facts/types';
import { composeChembl } from './chembl';
import { composeClinicaltrials } from './clinicaltrials';
import { composeEuropepmc } from './europepmc';
import type { Composed, Composer } from './form';
import { composeOpenfda } from './openfda';
import { composeOpentargets } from './opentargets';
import { composePubchem } from './pubchem';
import { composePubmed } from './pubmed';

const COMPOSERS: Record<SourceId, Composer> = {
  pubchem: composePubchem,
  chembl: composeChembl,
  clinicaltrials: composeClinicaltrials,
  pubmed: composePubmed,
  europepmc: composeEuropepmc,
  openfda: composeOpenfda,
  opentargets: composeOpentargets,
};

/** Throws where the question is of a kind that the demonstration has no answer form for. */
export function compose(
  source: SourceId,
  request: SourceRequest,
  held: readonly MoleculeFacts[],
): Composed {
  const url = new URL(request.url);
  const asked = { path: url.pathname, query: url.searchParams, body: request.body ?? null };
  const composed = COMPOSERS[source](asked, held);
  if (!composed) {
    throw new Error(`The demonstration cannot answer this question to ${source}: ${request.url}`);
  }
  return composed;
}

/** ChEMBL data web services (www.ebi.ac.uk/chembl/api/data/docs, read 2026-11-22). */
import type { SourceRequest } from '../contract';

export type Resource =
  | 'molecule'
  | 'mechanism'
  | 'target'
  | 'drug_indication'
  | 'activity'
  | 'drug_warning';

/** The service's own upper limit for a page. */
export const MAX_PAGE_SIZE = 1000;

/** A page of a list, which is empty where nothing is found; filters are Django's. */
export function listRequest(
  resource: Resource,
  filters: Record<string, string>,
  page: { limit: number; offset: number },
): SourceRequest {
  const query = new URLSearchParams({
    ...filters,
    limit: String(page.limit),
    offset: String(page.offset),
  });
  return { url: `https://www.ebi.ac.uk/chembl/api/data/${resource}.json?${query}` };
}

const FEW = { limit: 20, offset: 0 };

export const moleculeByIdRequest = (chemblId: string) =>
  listRequest('molecule', { molecule_chembl_id: chemblId }, FEW);

export const moleculeByInchiKeyRequest = (inchiKey: string) =>
  listRequest('molecule', { molecule_structures__standard_inchi_key: inchiKey }, FEW);

/** Compounds with the same skeleton: the first block of the InChIKey. */
export const moleculeBySkeletonRequest = (firstBlock: string) =>
  listRequest(
    'molecule',
    { molecule_structures__standard_inchi_key__startswith: `${firstBlock}-` },
    FEW,
  );

export const moleculeByPreferredNameRequest = (name: string) =>
  listRequest('molecule', { pref_name__iexact: name }, FEW);

export const moleculeBySynonymRequest = (name: string) =>
  listRequest('molecule', { molecule_synonyms__molecule_synonym__iexact: name }, FEW);

/** Preferred names that share the beginning or the end: where one slip was made, the other half holds. */
export function similarNameRequests(name: string): SourceRequest[] {
  const half = Math.ceil(name.length / 2);
  const page = { limit: 200, offset: 0 };
  const only = 'molecule_chembl_id,pref_name';
  return [
    listRequest('molecule', { pref_name__istartswith: name.slice(0, half), only }, page),
    listRequest('molecule', { pref_name__icontains: name.slice(half), only }, page),
  ];
}

/** PUG REST (pubchem.ncbi.nlm.nih.gov/docs/pug-rest, read 2026-11-22). */
import type { SourceRequest } from '../contract';

const HOST = 'https://pubchem.ncbi.nlm.nih.gov';
const PROPERTIES = 'Title,MolecularFormula,MolecularWeight,SMILES,InChIKey';

export type Lookup =
  | { by: 'cid'; cid: string }
  | { by: 'inchikey'; inchiKey: string }
  | { by: 'name'; name: string };

/** Names, structure and mass of the compounds that the lookup finds; 404 means that there is none. */
export function propertiesRequest(lookup: Lookup): SourceRequest {
  return compoundRequest(lookup, `property/${PROPERTIES}/JSON`);
}

export function synonymsRequest(cid: string): SourceRequest {
  return compoundRequest({ by: 'cid', cid }, 'synonyms/JSON');
}

/** Names that begin or sound like what was typed, for misspelt ones. */
export function autocompleteRequest(text: string): SourceRequest {
  const path = `/rest/autocomplete/compound/${encodeURIComponent(text)}/json?limit=10`;
  return { url: HOST + path, answers: [404] };
}

function compoundRequest(lookup: Lookup, operation: string): SourceRequest {
  const base = `${HOST}/rest/pug/compound/${lookup.by}`;
  const value =
    lookup.by === 'cid' ? lookup.cid : lookup.by === 'inchikey' ? lookup.inchiKey : lookup.name;
  // In a path, a slash would end the name and dots alone would climb up: such names go in the body.
  if (/[/\\]|^\.+$/.test(value)) {
    const body = new URLSearchParams({ [lookup.by]: value }).toString();
    return { url: `${base}/${operation}`, method: 'POST', body, answers: [404] };
  }
  return { url: `${base}/${encodeURIComponent(value)}/${operation}`, answers: [404] };
}

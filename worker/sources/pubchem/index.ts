/** PubChem: what the compound is. */
import type { Subject } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import { compoundDraft, LICENCE, parseProperties, parseSynonyms } from './parse';
import { type Lookup, propertiesRequest, synonymsRequest } from './requests';

export const pubchem: Connector = {
  id: 'pubchem',
  name: 'PubChem',
  homepage: 'https://pubchem.ncbi.nlm.nih.gov',
  licence: LICENCE,
  requestsPerSecond: 5,
  bodiesMayBeShared: true,
  version: '1',
  hosts: ['pubchem.ncbi.nlm.nih.gov'],
  refuses: (subject) =>
    lookupOf(subject) ? null : 'the compound has neither a name nor an InChIKey to look up',
  questions: (subject) => [
    { key: 'compound', title: 'compound record', ask: (http) => askCompound(subject, http) },
  ],
};

async function* askCompound(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const lookup = lookupOf(subject);
  if (!lookup) return;
  const snapshot = await http.ask(propertiesRequest(lookup));
  const rows = parseProperties(snapshot);
  const [row] = rows;
  if (!row) return;
  // By name alone it is not known which of several is meant; by InChIKey the first is the plain one.
  if (lookup.by === 'name' && rows.length > 1) {
    yield { capped: 'the name fits several compounds, none of which was chosen' };
    return;
  }
  const synonyms = parseSynonyms(await http.ask(synonymsRequest(row.cid)));
  yield { records: [compoundDraft(row, snapshot, synonyms)] };
}

function lookupOf(subject: Subject): Lookup | null {
  const { pubchem: cid } = subject.xrefs;
  if (cid) return { by: 'cid', cid };
  if (subject.inchiKey) return { by: 'inchikey', inchiKey: subject.inchiKey };
  const [name] = subject.names;
  return name ? { by: 'name', name } : null;
}

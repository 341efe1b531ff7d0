import type { CompoundFacts, DraftOf } from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { type JsonCursor, jsonCursor } from '../json-cite';

export const LICENCE =
  'PubChem: public domain (U.S. National Library of Medicine), attribution asked for; some depositors state terms of their own';

/** Synonyms come by how often depositors give them; later ones are registry numbers and rarities. */
const MAX_SYNONYMS = 30;

/** A row of a property table. */
export interface CompoundRow {
  cid: string;
  inchiKey: string | null;
  smiles: string | null;
  title: string | null;
  cursor: JsonCursor;
}

/** The compounds found, by CID: an InChIKey may stand for several (isotopes, tautomers). */
export function parseProperties(snapshot: Snapshot): CompoundRow[] {
  if (isNotFound(snapshot)) return [];
  const rows = jsonCursor(snapshot).at('PropertyTable', 'Properties');
  if (!Array.isArray(rows.value)) throw unknownForm();
  return rows
    .items()
    .flatMap((cursor) => {
      const cid = cursor.at('CID').number()?.value;
      if (!cid) return [];
      return {
        cid: String(cid),
        inchiKey: cursor.at('InChIKey').string()?.value ?? null,
        smiles: smilesOf(cursor)?.value ?? null,
        title: cursor.at('Title').string()?.value ?? null,
        cursor,
      };
    })
    .sort((a, b) => Number(a.cid) - Number(b.cid));
}

/** Cursors at the synonyms, most usual first. */
export function parseSynonyms(snapshot: Snapshot): JsonCursor[] {
  if (isNotFound(snapshot)) return [];
  const information = jsonCursor(snapshot).at('InformationList', 'Information');
  if (!Array.isArray(information.value)) throw unknownForm();
  return information.at(0, 'Synonym').items();
}

/** Suggestions of the autocomplete service. */
export function parseAutocomplete(snapshot: Snapshot): string[] {
  if (snapshot.status === 404) return [];
  return jsonCursor(snapshot)
    .at('dictionary_terms', 'compound')
    .strings()
    .map(({ value }) => value);
}

export function compoundDraft(
  row: CompoundRow,
  snapshot: Snapshot,
  synonyms: JsonCursor[],
): DraftOf<'compound'> {
  const { cursor } = row;
  const facts: CompoundFacts = {
    name: cursor.at('Title').string(),
    inchiKey: cursor.at('InChIKey').string(),
    smiles: smilesOf(cursor),
    formula: cursor.at('MolecularFormula').string(),
    massDa: cursor.at('MolecularWeight').string() ?? cursor.at('MolecularWeight').number(),
    moleculeType: null,
    maxPhase: null,
    firstApproval: null,
    withdrawn: null,
    blackBoxWarning: null,
    parentId: null,
    synonyms: synonyms.slice(0, MAX_SYNONYMS).flatMap((synonym) => synonym.string() ?? []),
    xrefs: crossReferences(cursor, synonyms),
  };
  return {
    kind: 'compound',
    source: 'pubchem',
    externalId: row.cid,
    title: row.title ?? `PubChem compound ${row.cid}`,
    url: `https://pubchem.ncbi.nlm.nih.gov/compound/${row.cid}`,
    publishedOn: null,
    licence: LICENCE,
    facts,
    snapshotSha256: snapshot.sha256,
  };
}

// Depositors give other registries' numbers as synonyms.
const REGISTRIES: [source: string, form: RegExp][] = [
  ['chembl', /^CHEMBL\d+$/],
  ['unii', /^UNII-[0-9A-Z]{10}$/],
  ['drugbank', /^DB\d{5}$/],
  ['chebi', /^CHEBI:\d+$/],
];

function crossReferences(row: JsonCursor, synonyms: JsonCursor[]): CompoundFacts['xrefs'] {
  const own = row.at('CID').number();
  const others = REGISTRIES.flatMap(([source, form]) => {
    const found = synonyms.find(({ value }) => typeof value === 'string' && form.test(value));
    const id = found?.string();
    return id ? [{ source, id }] : [];
  });
  return [...(own ? [{ source: 'pubchem', id: own }] : []), ...others];
}

/** `SMILES` since 2025, `IsomericSMILES` before; the others lack stereochemistry. */
function smilesOf(row: JsonCursor) {
  const names = ['SMILES', 'IsomericSMILES', 'ConnectivitySMILES', 'CanonicalSMILES'];
  return names.map((name) => row.at(name).string()).find((place) => place !== null) ?? null;
}

function isNotFound(snapshot: Snapshot): boolean {
  if (snapshot.status !== 404) return false;
  if (jsonCursor(snapshot).at('Fault', 'Code').value === 'PUGREST.NotFound') return true;
  throw unknownForm();
}

function unknownForm(): SourceFault {
  return new SourceFault('unreadable', 'PubChem sent an answer of an unknown form');
}

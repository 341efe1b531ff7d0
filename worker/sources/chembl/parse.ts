import {
  type Cited,
  type CompoundFacts,
  type DraftOf,
  type EvidenceKind,
  type FactsByKind,
  said,
} from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { type JsonCursor, jsonCursor } from '../json-cite';
import type { Resource } from './requests';

export const LICENCE = 'ChEMBL: CC BY-SA 3.0';

const MAX_SYNONYMS = 30;
const MAX_GENES = 30;
const MAX_REFERENCES = 20;

const LIST_NAMES: Record<Resource, string> = {
  molecule: 'molecules',
  mechanism: 'mechanisms',
  target: 'targets',
  drug_indication: 'drug_indications',
  activity: 'activities',
  drug_warning: 'drug_warnings',
};

/** The rows of a page, and whether more follow. */
export function parseList(
  snapshot: Snapshot,
  resource: Resource,
): { rows: JsonCursor[]; hasMore: boolean } {
  const root = jsonCursor(snapshot);
  const list = root.at(LIST_NAMES[resource]);
  if (!Array.isArray(list.value)) {
    throw new SourceFault('unreadable', 'ChEMBL sent an answer of an unknown form');
  }
  return { rows: list.items(), hasMore: root.at('page_meta', 'next').string() !== null };
}

export interface Synonym {
  name: string;
  /** `INN`, `TRADE_NAME`, `RESEARCH_CODE` … */
  type: string | null;
}

/** What identification needs of a molecule. */
export interface Molecule {
  chemblId: string;
  /** The molecule without its salt; itself for a parent. */
  parentId: string;
  preferredName: string | null;
  inchiKey: string | null;
  smiles: string | null;
  type: string | null;
  maxPhase: number;
  synonyms: Synonym[];
  cursor: JsonCursor;
}

export function parseMolecules(snapshot: Snapshot): Molecule[] {
  return parseList(snapshot, 'molecule').rows.flatMap((cursor) => {
    const chemblId = cursor.at('molecule_chembl_id').string()?.value;
    if (!chemblId) return [];
    const text = (...path: string[]) => cursor.at(...path).string()?.value ?? null;
    return {
      chemblId,
      parentId: text('molecule_hierarchy', 'parent_chembl_id') ?? chemblId,
      preferredName: text('pref_name'),
      inchiKey: text('molecule_structures', 'standard_inchi_key'),
      smiles: text('molecule_structures', 'canonical_smiles'),
      type: text('molecule_type'),
      maxPhase: Number(cursor.at('max_phase').value ?? -1),
      synonyms: cursor
        .at('molecule_synonyms')
        .items()
        .flatMap((synonym) => {
          const name = synonym.at('molecule_synonym').string()?.value;
          return name ? { name, type: synonym.at('syn_type').string()?.value ?? null } : [];
        }),
      cursor,
    };
  });
}

export function compoundDraft({ chemblId, cursor }: Molecule): DraftOf<'compound'> {
  const properties = cursor.at('molecule_properties');
  const structures = cursor.at('molecule_structures');
  const facts: CompoundFacts = {
    name: cursor.at('pref_name').string(),
    inchiKey: structures.at('standard_inchi_key').string(),
    smiles: structures.at('canonical_smiles').string(),
    formula: properties.at('full_molformula').string(),
    massDa: numberOrString(properties.at('full_mwt')),
    moleculeType: cursor.at('molecule_type').string(),
    maxPhase: numberOrString(cursor.at('max_phase')),
    firstApproval: cursor.at('first_approval').number(),
    withdrawn: cursor.at('withdrawn_flag').boolean(),
    blackBoxWarning:
      cursor.at('black_box_warning').number() ?? cursor.at('black_box_warning').boolean(),
    parentId: cursor.at('molecule_hierarchy', 'parent_chembl_id').string(),
    synonyms: distinct(
      cursor
        .at('molecule_synonyms')
        .items()
        .map((synonym) => synonym.at('molecule_synonym')),
      MAX_SYNONYMS,
    ),
    xrefs: [
      ...listed('chembl', cursor.at('molecule_chembl_id').string()),
      ...cursor
        .at('cross_references')
        .items()
        .flatMap((xref) =>
          listed(String(xref.at('xref_src').value).toLowerCase(), xref.at('xref_id').string()),
        ),
    ],
  };
  const title = said(facts.name) ?? chemblId;
  return draft(cursor, 'compound', chemblId, chemblId, title, facts);
}

export function mechanismDrafts(
  row: JsonCursor,
  chemblId: string,
  targets: ReadonlyMap<string, JsonCursor>,
): DraftOf<'mechanism'>[] {
  const mechanism = row.at('mechanism_of_action').string();
  if (!mechanism) return [];
  const targetId = row.at('target_chembl_id').string();
  const target = targets.get(targetId?.value ?? '') ?? null;
  const facts: FactsByKind['mechanism'] = {
    mechanism,
    action: row.at('action_type').string(),
    targetName: target?.at('pref_name').string() ?? null,
    targetId,
    genes: target ? geneSymbols(target) : [],
    organism: target?.at('organism').string() ?? null,
  };
  return identified(row, 'mec_id', (id) =>
    draft(row, 'mechanism', chemblId, `mechanism/${id}`, mechanism.value, facts),
  );
}

export function targetId(row: JsonCursor): string | null {
  return row.at('target_chembl_id').string()?.value ?? null;
}

function geneSymbols(target: JsonCursor): Cited<string>[] {
  const symbols = target
    .at('target_components')
    .items()
    .flatMap((component) => component.at('target_component_synonyms').items())
    .filter((synonym) => synonym.at('syn_type').value === 'GENE_SYMBOL')
    .map((synonym) => synonym.at('component_synonym'));
  return distinct(symbols, MAX_GENES);
}

export function indicationDrafts(row: JsonCursor, chemblId: string): DraftOf<'indication'>[] {
  const facts: FactsByKind['indication'] = {
    meshId: row.at('mesh_id').string(),
    meshHeading: row.at('mesh_heading').string(),
    efoId: row.at('efo_id').string(),
    efoTerm: row.at('efo_term').string(),
    maxPhase: numberOrString(row.at('max_phase_for_ind')),
    references: row
      .at('indication_refs')
      .items()
      .flatMap((reference) => reference.at('ref_id').string() ?? [])
      .slice(0, MAX_REFERENCES),
  };
  const title = said(facts.meshHeading) ?? said(facts.efoTerm);
  if (!title) return [];
  return identified(row, 'drugind_id', (id) =>
    draft(row, 'indication', chemblId, `drug_indication/${id}`, title, facts),
  );
}

export function potencyDrafts(row: JsonCursor, chemblId: string): DraftOf<'potency'>[] {
  const targetName = row.at('target_pref_name').string();
  const type = row.at('standard_type').string();
  if (!targetName || !type) return [];
  const facts: FactsByKind['potency'] = {
    targetName,
    targetId: row.at('target_chembl_id').string(),
    organism: row.at('target_organism').string(),
    assayType: row.at('assay_type').string(),
    type,
    relation: row.at('standard_relation').string(),
    value: numberOrString(row.at('standard_value')),
    units: row.at('standard_units').string(),
    pchembl: numberOrString(row.at('pchembl_value')),
    document: row.at('document_chembl_id').string(),
  };
  const year = row.at('document_year').number()?.value;
  return identified(row, 'activity_id', (id) => ({
    ...draft(
      row,
      'potency',
      chemblId,
      `activity/${id}`,
      `${type.value} at ${targetName.value}`,
      facts,
    ),
    publishedOn: year ? String(year) : null,
  }));
}

export function warningDrafts(row: JsonCursor, chemblId: string): DraftOf<'warning'>[] {
  const type = row.at('warning_type').string();
  if (!type) return [];
  const facts: FactsByKind['warning'] = {
    type,
    toxicityClass: row.at('warning_class').string(),
    country: row.at('warning_country').string(),
    year: row.at('warning_year').number(),
    description: row.at('warning_description').string(),
  };
  const about = facts.toxicityClass ?? facts.country;
  const title = about ? `${type.value}: ${said(about)}` : type.value;
  const year = facts.year?.value;
  return identified(row, 'warning_id', (id) => ({
    ...draft(row, 'warning', chemblId, `drug_warning/${id}`, title, facts),
    publishedOn: year ? String(year) : null,
  }));
}

/** Ids of different resources overlap, so an external id begins with its resource. */
function identified<T>(row: JsonCursor, field: string, make: (id: number) => T): T[] {
  const id = row.at(field).number()?.value;
  return id === undefined ? [] : [make(id)];
}

function draft<K extends EvidenceKind>(
  row: JsonCursor,
  kind: K,
  chemblId: string,
  externalId: string,
  title: string,
  facts: FactsByKind[K],
): DraftOf<K> {
  return {
    kind,
    source: 'chembl',
    externalId,
    title,
    url: `https://www.ebi.ac.uk/chembl/explore/compound/${chemblId}`,
    publishedOn: null,
    licence: LICENCE,
    facts,
    snapshotSha256: row.snapshotSha256,
  };
}

/** ChEMBL writes decimals as strings in newer releases, as numbers in older ones. */
function numberOrString(cursor: JsonCursor): Cited<number> | Cited<string> | null {
  return cursor.number() ?? cursor.string();
}

function listed(source: string, id: Cited<string> | null): CompoundFacts['xrefs'] {
  return id ? [{ source, id }] : [];
}

/** Strings that differ, whatever their case, in the order given. */
function distinct(cursors: JsonCursor[], max: number): Cited<string>[] {
  const found = new Map<string, Cited<string>>();
  for (const cursor of cursors) {
    const place = cursor.string();
    const key = place?.value.toLowerCase();
    if (place && key && !found.has(key)) found.set(key, place);
  }
  return [...found.values()].slice(0, max);
}

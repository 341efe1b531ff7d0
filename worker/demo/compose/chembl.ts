/**
 * ChEMBL numbers the rows of its tables. The demonstration does not hold those numbers: its rows are
 * numbered from 1 within each answer.
 */
import type { Json } from '@/server/evidence/schema';
import type { MoleculeFacts } from '../facts/types';
import { type Asked, type Composer, isCalled, json } from './form';

export const composeChembl: Composer = (asked, held) => {
  const resource = /\/api\/data\/(\w+)\.json$/.exec(asked.path)?.[1];
  const ofParent = held.filter(
    ({ compound }) => compound.chemblId === asked.query.get('parent_molecule_chembl_id'),
  );
  switch (resource) {
    case 'molecule':
      return list(
        asked,
        'molecules',
        held.filter((one) => isMeant(one, asked.query)).map(molecule),
      );
    case 'mechanism':
      return list(asked, 'mechanisms', ofParent.flatMap(mechanisms));
    case 'target':
      return list(asked, 'targets', targets(asked.query.get('target_chembl_id__in') ?? '', held));
    case 'drug_indication':
      return list(asked, 'drug_indications', ofParent.flatMap(indications));
    case 'activity':
      return list(asked, 'activities', []);
    case 'drug_warning':
      return list(asked, 'drug_warnings', []);
    default:
      return null;
  }
};

function list({ query }: Asked, name: string, rows: Json[]) {
  return json({
    [name]: rows,
    page_meta: {
      limit: Number(query.get('limit')),
      next: null,
      offset: Number(query.get('offset')),
      previous: null,
      total_count: rows.length,
    },
  });
}

function isMeant(facts: MoleculeFacts, query: URLSearchParams): boolean {
  const { chemblId, inchiKey } = facts.compound;
  const byName =
    query.get('pref_name__iexact') ?? query.get('molecule_synonyms__molecule_synonym__iexact');
  const byKey = query.get('molecule_structures__standard_inchi_key');
  const bySkeleton = query.get('molecule_structures__standard_inchi_key__startswith');
  const byId = query.get('molecule_chembl_id');
  if (byId !== null) return chemblId === byId;
  if (byKey !== null) return inchiKey === byKey;
  if (bySkeleton !== null) return inchiKey.startsWith(bySkeleton);
  return byName !== null && isCalled(facts, byName);
}

function molecule({ compound }: MoleculeFacts): Json {
  return {
    black_box_warning: compound.blackBoxWarning,
    cross_references: [],
    first_approval: compound.firstApproval,
    max_phase: compound.maxPhase,
    molecule_chembl_id: compound.chemblId,
    molecule_hierarchy: {
      molecule_chembl_id: compound.chemblId,
      parent_chembl_id: compound.chemblId,
    },
    molecule_properties: { full_molformula: compound.formula },
    molecule_structures: {
      canonical_smiles: compound.smiles,
      standard_inchi_key: compound.inchiKey,
    },
    molecule_synonyms: [
      ...compound.genericNames.map((name) => synonym(name, 'OTHER')),
      ...compound.tradeNames.map((name) => synonym(name, 'TRADE_NAME')),
    ],
    molecule_type: compound.moleculeType,
    pref_name: compound.name.toUpperCase(),
    withdrawn_flag: compound.withdrawn,
  };
}

function synonym(name: string, type: string): Json {
  return { molecule_synonym: name, syn_type: type, synonyms: name.toUpperCase() };
}

function mechanisms({ compound, mechanisms: rows }: MoleculeFacts): Json[] {
  return rows.map(({ mechanism, action, target }, index) => ({
    action_type: action,
    mec_id: index + 1,
    mechanism_of_action: mechanism,
    molecule_chembl_id: compound.chemblId,
    parent_molecule_chembl_id: compound.chemblId,
    target_chembl_id: target?.chemblId ?? null,
  }));
}

function targets(ids: string, held: readonly MoleculeFacts[]): Json[] {
  const wanted = ids.split(',');
  return held
    .flatMap(({ mechanisms: rows }) => rows.flatMap(({ target }) => target ?? []))
    .filter(({ chemblId }) => chemblId !== null && wanted.includes(chemblId))
    .map(({ chemblId, name, organism, genes }) => ({
      organism,
      pref_name: name,
      target_chembl_id: chemblId,
      target_components: genes.map(({ symbol }) => ({
        target_component_synonyms: [{ component_synonym: symbol, syn_type: 'GENE_SYMBOL' }],
      })),
    }));
}

function indications({ compound, indications: rows }: MoleculeFacts): Json[] {
  return rows.map(({ mesh, efo, maxPhase, trials }, index) => ({
    drugind_id: index + 1,
    efo_id: efo?.[0].replace('_', ':') ?? null,
    efo_term: efo?.[1] ?? null,
    indication_refs: trials.map((nctId) => ({ ref_id: nctId, ref_type: 'ClinicalTrials' })),
    max_phase_for_ind: `${maxPhase}.0`,
    mesh_heading: mesh[1],
    mesh_id: mesh[0],
    molecule_chembl_id: compound.chemblId,
    parent_molecule_chembl_id: compound.chemblId,
  }));
}

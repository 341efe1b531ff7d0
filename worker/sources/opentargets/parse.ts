/** Reads Open Targets' GraphQL answers into drugs, mechanisms, targets, indications and warnings. */
import type {
  DraftOf,
  EvidenceDraft,
  EvidenceKind,
  FactsByKind,
  ValuePlace,
} from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { type JsonCursor, jsonCursor } from '../json-cite';

export const LICENCE = 'CC0 1.0 (Open Targets Platform)';

const PLATFORM = 'https://platform.opentargets.org';

/** Does this release not know the fields of clinical stages? */
export function knowsNoStages(snapshot: Snapshot): boolean {
  return jsonCursor(snapshot)
    .at('errors')
    .items()
    .some((error) =>
      /Cannot query field '(maximumClinicalStage|maxClinicalStage)'/.test(
        error.at('message').string()?.value ?? '',
      ),
    );
}

export interface ReadDrug {
  records: EvidenceDraft[];
  /** Rows that name nothing, and rows the source counts but did not give. */
  leftOut: number;
}

/** Null when Open Targets has no such drug. Throws SourceFault when the question was refused. */
export function parseDrug(snapshot: Snapshot): ReadDrug | null {
  const drug = dataOf(snapshot, 'drug');
  const id = drug.at('id').string();
  if (!id) return null;

  const mechanismRows = drug.at('mechanismsOfAction', 'rows').items();
  const mechanisms = mechanismRows.flatMap((row) => parseMechanism(id, row) ?? []);
  const targets = mechanismRows.flatMap((row) =>
    row
      .at('targets')
      .items()
      .flatMap((target) => parseTarget(id, target) ?? []),
  );
  const indicationRows = drug.at('indications', 'rows').items();
  const indications = indicationRows.flatMap((row) => parseIndication(id, row) ?? []);
  const stated = drug.at('indications', 'count').number()?.value ?? indicationRows.length;
  return {
    records: once([...parseCompound(id, drug), ...mechanisms, ...targets, ...indications]),
    leftOut: Math.max(stated, indicationRows.length) - indications.length,
  };
}

/** Null when Open Targets has no such drug. Throws SourceFault when the question was refused. */
export function parseWarnings(snapshot: Snapshot): DraftOf<'warning'>[] | null {
  const drug = dataOf(snapshot, 'drug');
  const id = drug.at('id').string();
  if (!id) return null;
  const warnings = drug.at('drugWarnings').items();
  return once(warnings.flatMap((warning) => parseWarning(id, warning) ?? []));
}

/** The drug whose name is one of these, whatever the letters' case; a similar one is another drug. */
export function parseSearch(snapshot: Snapshot, names: readonly string[]): string | null {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const hit = dataOf(snapshot, 'search')
    .at('hits')
    .items()
    .find(
      (candidate) =>
        candidate.at('entity').value === 'drug' &&
        wanted.has(candidate.at('name').string()?.value.toLowerCase() ?? ''),
    );
  return hit?.at('id').string()?.value ?? null;
}

/** GraphQL reports errors beside partial data: an answer with errors is none. */
function dataOf(snapshot: Snapshot, field: string): JsonCursor {
  const body = jsonCursor(snapshot);
  if (body.at('errors').items().length > 0 || snapshot.status === 400) {
    throw new SourceFault('unreadable', 'Open Targets refused the question.');
  }
  const data = body.at('data', field);
  if (data.value === undefined) {
    throw new SourceFault('unreadable', 'The answer does not hold what was asked for.');
  }
  return data;
}

function draft<K extends EvidenceKind>(
  kind: K,
  drugId: ValuePlace<string>,
  key: string,
  title: string,
  facts: FactsByKind[K],
) {
  return {
    kind,
    source: 'opentargets' as const,
    externalId: [drugId.value, kind, key].filter(Boolean).join(':'),
    title,
    url: `${PLATFORM}/drug/${encodeURIComponent(drugId.value)}`,
    publishedOn: null,
    licence: LICENCE,
    facts,
    snapshotSha256: drugId.snapshotSha256,
  };
}

function parseCompound(id: ValuePlace<string>, drug: JsonCursor): DraftOf<'compound'>[] {
  const name = drug.at('name').string();
  const record = draft('compound', id, '', name?.value ?? id.value, {
    name,
    inchiKey: null,
    smiles: null,
    formula: null,
    massDa: null,
    moleculeType: drug.at('drugType').string(),
    maxPhase:
      drug.at('maximumClinicalStage').string() ?? drug.at('maximumClinicalTrialPhase').number(),
    firstApproval: null,
    withdrawn: null,
    blackBoxWarning: null,
    parentId: null,
    synonyms: [],
    xrefs: [{ source: 'chembl', id }],
  });
  return [record];
}

function parseMechanism(id: ValuePlace<string>, row: JsonCursor): DraftOf<'mechanism'> | null {
  const mechanism = row.at('mechanismOfAction').string();
  if (!mechanism) return null;
  const targets = row.at('targets').items();
  const genes = targets.flatMap((target) => target.at('approvedSymbol').string() ?? []);
  const action = row.at('actionType').string();
  const key = [mechanism.value, action?.value ?? '', ...genes.map(({ value }) => value)].join(':');
  return draft('mechanism', id, key, mechanism.value, {
    mechanism,
    action,
    targetName: row.at('targetName').string(),
    targetId: targets[0]?.at('id').string() ?? null,
    genes,
    organism: null,
  });
}

function parseTarget(id: ValuePlace<string>, target: JsonCursor): DraftOf<'target'> | null {
  const symbol = target.at('approvedSymbol').string();
  if (!symbol) return null;
  const name = target.at('approvedName').string();
  const targetId = target.at('id').string();
  const title = name ? `${symbol.value}: ${name.value}` : symbol.value;
  const record = draft('target', id, symbol.value, title, { symbol, name, targetId });
  return targetId
    ? { ...record, url: `${PLATFORM}/target/${encodeURIComponent(targetId.value)}` }
    : record;
}

function parseIndication(id: ValuePlace<string>, row: JsonCursor): DraftOf<'indication'> | null {
  const efoId = row.at('disease', 'id').string();
  const efoTerm = row.at('disease', 'name').string();
  const key = efoId ?? efoTerm;
  if (!key) return null;
  return draft('indication', id, key.value, efoTerm?.value ?? key.value, {
    meshId: null,
    meshHeading: null,
    efoId,
    efoTerm,
    maxPhase: row.at('maxClinicalStage').string() ?? row.at('maxPhaseForIndication').number(),
    references: row
      .at('references')
      .items()
      .flatMap((reference) => reference.at('ids').strings()),
  });
}

function parseWarning(id: ValuePlace<string>, warning: JsonCursor): DraftOf<'warning'> | null {
  const type = warning.at('warningType').string();
  if (!type) return null;
  const toxicityClass = warning.at('toxicityClass').string();
  const country = warning.at('country').string();
  const year = warning.at('year').number();
  const key = [type, toxicityClass, country, year].map((part) => part?.value ?? '').join(':');
  const title = [type.value, toxicityClass?.value, country?.value, year?.value]
    .filter((part) => part !== undefined)
    .join(', ');
  return draft('warning', id, key, title, {
    type,
    toxicityClass,
    country,
    year,
    description: warning.at('description').string(),
  });
}

/** Several mechanisms share a target, and rows repeat: each record once, the first. */
function once<T extends EvidenceDraft>(records: T[]): T[] {
  const byId = new Map<string, T>();
  for (const record of records) {
    if (!byId.has(record.externalId)) byId.set(record.externalId, record);
  }
  return [...byId.values()];
}

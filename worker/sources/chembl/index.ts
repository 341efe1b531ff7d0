/** ChEMBL: the molecule, its mechanisms, indications, potencies and warnings, those of its salts included. */
import type { EvidenceDraft, Subject } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import type { JsonCursor } from '../json-cite';
import {
  compoundDraft,
  indicationDrafts,
  LICENCE,
  type Molecule,
  mechanismDrafts,
  parseList,
  parseMolecules,
  potencyDrafts,
  targetId,
  warningDrafts,
} from './parse';
import {
  listRequest,
  MAX_PAGE_SIZE,
  moleculeByIdRequest,
  moleculeByInchiKeyRequest,
  moleculeByPreferredNameRequest,
  moleculeBySynonymRequest,
  type Resource,
} from './requests';

/** Well above the best studied drugs' numbers of indications (about 500) and warnings. */
const MAX_ROWS = 2_000;
/** Enough to see targets and selectivity; the strongest come first. */
const MAX_POTENCIES = 200;
/** Ids in one address. */
const TARGETS_PER_REQUEST = 50;

export const chembl: Connector = {
  id: 'chembl',
  name: 'ChEMBL',
  homepage: 'https://www.ebi.ac.uk/chembl',
  licence: LICENCE,
  requestsPerSecond: 2,
  bodiesMayBeShared: true,
  version: '1',
  hosts: ['www.ebi.ac.uk'],
  refuses: (subject) =>
    subject.xrefs.chembl || subject.inchiKey || subject.names.length > 0
      ? null
      : 'the compound has neither a name nor an InChIKey to look up',
  questions: (subject) => [
    { key: 'compound', title: 'molecule record', ask: (http) => askCompound(subject, http) },
    { key: 'mechanism', title: 'mechanisms', ask: (http) => askMechanisms(subject, http) },
    {
      key: 'indication',
      title: 'indications',
      ask: (http) => askRows(subject, http, 'drug_indication', indicationDrafts),
    },
    { key: 'potency', title: 'potencies', ask: (http) => askPotencies(subject, http) },
    {
      key: 'warning',
      title: 'warnings',
      ask: (http) => askRows(subject, http, 'drug_warning', warningDrafts),
    },
  ],
};

async function* askCompound(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const found = await findMolecules(subject, http);
  const [molecule] = found;
  if (!molecule) return;
  if (found.length > 1) {
    yield { capped: 'the name fits several molecules, none of which was chosen' };
    return;
  }
  yield { records: [compoundDraft(molecule)] };
  if (molecule.parentId !== molecule.chemblId) {
    const parents = parseMolecules(await http.ask(moleculeByIdRequest(molecule.parentId)));
    yield { records: parents.map(compoundDraft) };
  }
}

async function* askMechanisms(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const family = await findFamily(subject, http);
  if (!family) return;
  for await (const page of pages(http, 'mechanism', family.filters, MAX_ROWS)) {
    if ('capped' in page) yield page;
    else {
      const targets = await readTargets(page.rows, http);
      yield { records: page.rows.flatMap((row) => mechanismDrafts(row, family.parentId, targets)) };
    }
  }
}

async function readTargets(rows: JsonCursor[], http: SourceHttp): Promise<Map<string, JsonCursor>> {
  const ids = [...new Set(rows.flatMap((row) => targetId(row) ?? []))].sort();
  const targets = new Map<string, JsonCursor>();
  for (let at = 0; at < ids.length; at += TARGETS_PER_REQUEST) {
    const some = ids.slice(at, at + TARGETS_PER_REQUEST);
    const snapshot = await http.ask(
      listRequest(
        'target',
        { target_chembl_id__in: some.join(',') },
        { limit: TARGETS_PER_REQUEST, offset: 0 },
      ),
    );
    for (const row of parseList(snapshot, 'target').rows) targets.set(targetId(row) ?? '', row);
  }
  return targets;
}

async function* askPotencies(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const family = await findFamily(subject, http);
  if (!family) return;
  const filters = family.filters.map((filter) => ({
    ...filter,
    pchembl_value__isnull: 'false',
    order_by: '-pchembl_value',
  }));
  for await (const page of pages(http, 'activity', filters, MAX_POTENCIES)) {
    if ('capped' in page) {
      yield { capped: `only the strongest ${MAX_POTENCIES} potencies were read` };
    } else {
      yield { records: page.rows.flatMap((row) => potencyDrafts(row, family.parentId)) };
    }
  }
}

async function* askRows(
  subject: Subject,
  http: SourceHttp,
  resource: Resource,
  toDrafts: (row: JsonCursor, chemblId: string) => EvidenceDraft[],
): AsyncIterable<Yielded> {
  const family = await findFamily(subject, http);
  if (!family) return;
  for await (const page of pages(http, resource, family.filters, MAX_ROWS)) {
    if ('capped' in page) yield page;
    else yield { records: page.rows.flatMap((row) => toDrafts(row, family.parentId)) };
  }
}

interface Family {
  parentId: string;
  /** Filters one of which finds the rows of the molecule and its salts. */
  filters: Record<string, string>[];
}

/** Rows carry the id of the parent, whose salts they may be about; a few carry only their own. */
async function findFamily(subject: Subject, http: SourceHttp): Promise<Family | null> {
  const found = await findMolecules(subject, http);
  const [molecule] = found;
  if (!molecule || found.length > 1) return null;
  const { parentId, chemblId } = molecule;
  const own = [...new Set([chemblId, parentId])].join(',');
  return {
    parentId,
    filters: [{ parent_molecule_chembl_id: parentId }, { molecule_chembl_id__in: own }],
  };
}

/** The molecule; several when only a name is known and it fits several. */
async function findMolecules(subject: Subject, http: SourceHttp): Promise<Molecule[]> {
  const { chembl: chemblId } = subject.xrefs;
  if (chemblId) return parseMolecules(await http.ask(moleculeByIdRequest(chemblId)));
  if (subject.inchiKey) {
    return parseMolecules(await http.ask(moleculeByInchiKeyRequest(subject.inchiKey)));
  }
  const [name] = subject.names;
  if (!name) return [];
  const preferred = parseMolecules(await http.ask(moleculeByPreferredNameRequest(name)));
  return preferred.length > 0
    ? preferred
    : parseMolecules(await http.ask(moleculeBySynonymRequest(name)));
}

/** The pages that the first filter with any rows finds. */
async function* pages(
  http: SourceHttp,
  resource: Resource,
  alternatives: Record<string, string>[],
  maxRows: number,
): AsyncIterable<{ rows: JsonCursor[] } | { capped: string }> {
  const limit = Math.min(maxRows, MAX_PAGE_SIZE);
  for (const filters of alternatives) {
    for (let offset = 0; ; offset += limit) {
      const snapshot = await http.ask(listRequest(resource, filters, { limit, offset }));
      const { rows, hasMore } = parseList(snapshot, resource);
      if (rows.length === 0 && offset === 0) break;
      yield { rows };
      if (!hasMore || rows.length === 0) return;
      if (offset + limit >= maxRows) {
        yield { capped: `only the first ${maxRows} rows were read` };
        return;
      }
    }
  }
}

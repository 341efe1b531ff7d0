/** From what a person typed to exactly one compound, a question, or the statement that nobody knows it. */
import { inchiKeyOfInchi, parseStructure, type Structure } from '@/server/chemistry';
import type { EvidenceDraft, Subject } from '@/server/evidence/schema';
import { recognise } from '@/server/jobs/recognise';
import type { Choice } from '@/server/jobs/schema';
import {
  type Candidate,
  describeCandidate,
  joinCandidates,
  matching,
  namesake,
  structureless,
} from './identify/candidates';
import { type IdentitySources, Lookup } from './identify/lookup';
import { chooseNames, nearest, readable } from './identify/names';
import { hasParts, isSaltOrMixture, type Part, partsOf } from './identify/parts';
import type { Molecule } from './sources/chembl/parse';
import type { CompoundRow } from './sources/pubchem/parse';

export type { IdentitySources } from './identify/lookup';

export type Identified =
  | { kind: 'subject'; subject: Subject; drafts: EvidenceDraft[] }
  /** Several compounds fit; answered by running again with one of their InChIKeys as `choice`. */
  | { kind: 'choices'; question: string; choices: Choice[] }
  /** Every identity source answered, and none knows it. */
  | { kind: 'unknown-name'; near: string[] }
  /** No text that a compound could be made of. */
  | { kind: 'invalid'; reason: string; message: string };

const MAX_CHOICES = 10;

/**
 * Never guesses: an exact InChIKey and a SMILES in one piece are taken as they are, anything that fits
 * several compounds asks. Passes faults on only when the job is cancelled or the worker stops.
 */
export async function identify(
  text: string,
  options: { choice: string | null },
  http: IdentitySources,
): Promise<Identified> {
  const recognised = recognise(text);
  const lookup = new Lookup(http);
  switch (recognised.kind) {
    case 'invalid':
      return recognised;
    case 'smiles':
      return bySmiles(recognised.normalised, options.choice, lookup);
    case 'inchikey':
      return byInchiKey(recognised.normalised, 'inchikey', null, lookup);
    case 'inchi': {
      const inchiKey = await inchiKeyOfInchi(recognised.normalised);
      return inchiKey
        ? byInchiKey(inchiKey, 'inchikey', null, lookup)
        : { kind: 'invalid', reason: 'INCHI_UNREADABLE', message: 'This InChI cannot be read.' };
    }
    case 'source-id':
      return bySourceId(recognised.normalised, lookup);
    case 'name':
      return options.choice
        ? byInchiKey(options.choice, 'name', null, lookup)
        : byName(recognised.normalised, lookup);
  }
}

async function bySmiles(
  smiles: string,
  choice: string | null,
  lookup: Lookup,
): Promise<Identified> {
  const parsed = await parseStructure(smiles);
  if (!parsed.ok) return { kind: 'invalid', reason: parsed.reason, message: parsed.message };
  const { structure } = parsed;
  const parts = partsOf(structure);
  const chosen = parts.find(({ inchiKey }) => inchiKey === choice);
  if (chosen) return byInchiKey(chosen.inchiKey, 'smiles', chosen.smiles, lookup);
  if (hasParts(structure) && parts.length > 1) {
    return { kind: 'choices', ...(await offerParts(smiles, parts, lookup)) };
  }
  if (structure.inchiKey) return byInchiKey(structure.inchiKey, 'smiles', smiles, lookup);
  return { kind: 'subject', subject: nameless(structure, lookup), drafts: [] };
}

async function byInchiKey(
  inchiKey: string,
  matchedBy: 'inchikey' | 'smiles' | 'name',
  smiles: string | null,
  lookup: Lookup,
): Promise<Identified> {
  const [compounds, molecules] = await Promise.all([
    lookup.compoundsByInchiKey(inchiKey),
    lookup.moleculesByInchiKey(inchiKey),
  ]);
  const [compound = null] = compounds;
  const [molecule = null] = molecules;
  if (compound || molecule) {
    const own = smiles ?? compound?.smiles ?? molecule?.smiles ?? null;
    return settle({ inchiKey, smiles: own, compound, molecule, matchedBy, typed: null }, lookup);
  }
  const [relative] = await lookup.moleculesBySkeleton(inchiKey);
  if (relative) return settle(sameSkeleton(inchiKey, smiles, relative), lookup);
  if (smiles) {
    const parsed = await parseStructure(smiles);
    if (parsed.ok) {
      return { kind: 'subject', subject: nameless(parsed.structure, lookup), drafts: [] };
    }
  }
  if (lookup.allAnswered) return { kind: 'unknown-name', near: [] };
  const limits = [...lookup.limits(), 'No name of it is known to search with.'];
  const subject = { ...emptySubject(inchiKey), inchiKey, matchedBy: 'inchikey' as const, limits };
  return { kind: 'subject', subject: { ...subject, names: [] }, drafts: [] };
}

async function bySourceId(id: string, lookup: Lookup): Promise<Identified> {
  const [kind, value = ''] = /^(CHEMBL|CID|UNII-)(.*)$/.exec(id)?.slice(1) ?? [];
  const compounds =
    kind === 'CID'
      ? await lookup.compoundsByCid(value)
      : kind === 'UNII-'
        ? await lookup.compoundsByName(value)
        : [];
  const molecules = kind === 'CHEMBL' ? await lookup.moleculesById(id) : [];
  const [found] = joinCandidates(id, compounds, molecules);
  if (found) return settle({ ...found, matchedBy: 'source-id', typed: null }, lookup);
  const [molecule] = molecules;
  if (molecule) return settle(withoutStructure(molecule, 'source-id', null), lookup);
  if (lookup.allAnswered) return { kind: 'unknown-name', near: [] };
  const xrefs: Record<string, string> =
    kind === 'CHEMBL' ? { chembl: id } : kind === 'CID' ? { pubchem: value } : { unii: value };
  return nameOnly(id, xrefs, lookup);
}

async function byName(name: string, lookup: Lookup): Promise<Identified> {
  for (const spelling of spellings(name)) {
    const [compounds, molecules] = await Promise.all([
      lookup.compoundsByName(spelling),
      lookup.moleculesByName(spelling),
    ]);
    const candidates = matching(joinCandidates(name, compounds, molecules));
    const [only] = candidates;
    if (only && candidates.length === 1) {
      return oneByName(name, only, namesake(only, molecules), lookup);
    }
    if (only) return { kind: 'choices', ...offerCandidates(name, candidates) };
    const molecule = structureless(name, molecules);
    if (molecule) return settle(withoutStructure(molecule, 'name', name), lookup);
  }
  if (!lookup.allAnswered) return nameOnly(name, {}, lookup);
  // Letters that nobody knows as a name may still be atoms ("OCO").
  if (/^[BCNOPSFI]+$/.test(name)) return bySmiles(name, null, lookup);
  const near = nearest(name, name.length < 4 ? [] : await lookup.similarNames(name));
  return { kind: 'unknown-name', near };
}

/** As typed, and with blanks for hyphens: tables write "arsenic-trioxide", most others do not. */
function spellings(name: string): string[] {
  return [...new Set([name, name.replaceAll('-', ' ')])];
}

async function oneByName(
  name: string,
  only: Candidate,
  namesake: Molecule | null,
  lookup: Lookup,
): Promise<Identified> {
  const parsed = only.smiles ? await parseStructure(only.smiles) : null;
  if (parsed?.ok && isSaltOrMixture(parsed.structure)) {
    const parts = partsOf({ ...parsed.structure, inchiKey: only.inchiKey }).filter(
      ({ role }) => role !== 'counter-ion',
    );
    if (parts.length > 1) {
      return { kind: 'choices', ...(await offerParts(name, parts, lookup, only.name)) };
    }
  }
  return settle({ ...only, matchedBy: 'name', typed: name, namesake }, lookup);
}

/** What was found, before its other records are looked up. */
interface Found {
  inchiKey: string | null;
  smiles: string | null;
  compound: CompoundRow | null;
  molecule: Molecule | null;
  matchedBy: Subject['matchedBy'];
  typed: string | null;
  /** ChEMBL's record of this very name without a structure, for want of one with it. */
  namesake?: Molecule | null;
  limits?: string[];
}

function sameSkeleton(inchiKey: string, smiles: string | null, relative: Molecule): Found {
  const name = readable(relative.preferredName) ?? relative.chemblId;
  return {
    inchiKey: smiles ? inchiKey : relative.inchiKey,
    smiles: smiles ?? relative.smiles,
    compound: null,
    molecule: relative,
    matchedBy: 'first-block',
    typed: null,
    limits: [
      `No source knows ${inchiKey} itself. ${name} (${relative.inchiKey}) has the same skeleton, by the first block of the InChIKey, but other stereochemistry, isotopes or charge; names and records are those of ${name}.`,
    ],
  };
}

function withoutStructure(
  molecule: Molecule,
  matchedBy: 'name' | 'source-id',
  typed: string | null,
): Found {
  const what = molecule.type && molecule.type !== 'Unknown' ? molecule.type.toLowerCase() : null;
  const limit = what
    ? `It is recorded as ${what}, without a structure: it is searched by name, and nothing can be said by structure.`
    : 'No structure of it is recorded: it is searched by name, and nothing can be said by structure.';
  return {
    inchiKey: null,
    smiles: null,
    compound: null,
    molecule,
    matchedBy,
    typed,
    limits: [limit],
  };
}

/** Looks up the other source's record, reads both, and chooses the names. */
async function settle(found: Found, lookup: Lookup): Promise<Identified> {
  const ownKey = found.compound?.inchiKey ?? found.molecule?.inchiKey ?? null;
  const [compounds, molecules] = await Promise.all([
    found.compound || !ownKey ? [] : lookup.compoundsByInchiKey(ownKey),
    found.molecule || !ownKey ? [] : lookup.moleculesByInchiKey(ownKey),
  ]);
  const compound = found.compound ?? compounds[0] ?? null;
  const own = found.molecule ?? molecules[0] ?? null;
  const molecule = own ?? found.namesake ?? null;
  const parsed = found.smiles ? await parseStructure(found.smiles) : null;
  const structure = parsed?.ok ? parsed.structure : null;
  const subject: Subject = {
    ...emptySubject(''),
    canonicalSmiles: structure?.canonicalSmiles ?? found.smiles,
    inchiKey: found.inchiKey,
    formula: structure?.formula ?? null,
    massDa: structure?.massDa ?? null,
    matchedBy: found.matchedBy,
    xrefs: {
      ...(compound ? { pubchem: compound.cid } : {}),
      ...(molecule ? { chembl: molecule.chemblId } : {}),
    },
  };
  const drafts = await lookup.records(subject, {
    pubchem: compound !== null,
    chembl: molecule !== null,
  });
  const names = chooseNames({
    typed: found.typed,
    title: compound?.title ?? null,
    preferred: molecule?.preferredName ?? null,
    parent: parentName(drafts, molecule),
    synonyms: molecule?.synonyms ?? [],
    usual: synonymsIn(drafts),
  });
  const unii = xrefIn(drafts, 'unii')?.replace(/^UNII-/, '');
  return {
    kind: 'subject',
    drafts,
    subject: {
      ...subject,
      name: names[0] ?? found.inchiKey ?? molecule?.chemblId ?? '',
      names,
      xrefs: { ...subject.xrefs, ...(unii ? { unii } : {}) },
      limits: [
        ...(found.limits ?? []),
        ...(molecule && !own ? [joinedByName(molecule)] : []),
        ...(structure?.limits ?? []),
        ...(parsed && !parsed.ok ? [`Its structure was not read: ${parsed.message}`] : []),
        ...(names.length === 0 ? ['No name of it is known to search with.'] : []),
        ...lookup.limits(),
      ],
    },
  };
}

const joinedByName = ({ chemblId }: Molecule) =>
  `ChEMBL states no structure in its record of this name (${chemblId}): it is taken for the same compound by its name alone.`;

function synonymsIn(drafts: EvidenceDraft[]): string[] {
  return drafts.flatMap((draft) =>
    draft.kind === 'compound' && draft.source === 'pubchem'
      ? draft.facts.synonyms.flatMap((synonym) => ('value' in synonym ? synonym.value : []))
      : [],
  );
}

function parentName(drafts: EvidenceDraft[], molecule: Molecule | null): string | null {
  if (!molecule || molecule.parentId === molecule.chemblId) return null;
  return drafts.find(({ externalId }) => externalId === molecule.parentId)?.title ?? null;
}

function xrefIn(drafts: EvidenceDraft[], source: string): string | null {
  for (const draft of drafts) {
    if (draft.kind !== 'compound') continue;
    const id = draft.facts.xrefs.find((xref) => xref.source === source)?.id;
    if (id && 'value' in id) return String(id.value);
  }
  return null;
}

function emptySubject(name: string): Subject {
  return {
    name,
    names: name ? [name] : [],
    canonicalSmiles: null,
    inchiKey: null,
    formula: null,
    massDa: null,
    matchedBy: 'name-only',
    xrefs: {},
    limits: [],
  };
}

/** A structure that no source knows, or could say whether it knows it. */
function nameless(structure: Structure, lookup: Lookup): Subject {
  const unknown = lookup.allAnswered && structure.inchiKey !== null;
  return {
    ...emptySubject(''),
    name: structure.inchiKey ?? structure.canonicalSmiles,
    canonicalSmiles: structure.canonicalSmiles,
    inchiKey: structure.inchiKey,
    formula: structure.formula,
    massDa: structure.massDa,
    matchedBy: 'smiles',
    limits: [
      ...structure.limits,
      ...lookup.limits(),
      unknown
        ? 'PubChem and ChEMBL do not know this compound, so there is no name to search with.'
        : 'No name of it is known to search with.',
    ],
  };
}

function nameOnly(name: string, xrefs: Record<string, string>, lookup: Lookup): Identified {
  const limits = [
    ...lookup.limits(),
    'Which compound the name means is therefore not known: it is searched by this name alone, without structure or synonyms.',
  ];
  return { kind: 'subject', subject: { ...emptySubject(name), xrefs, limits }, drafts: [] };
}

function question(count: number, text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return `${count} compounds match “${shown}”. Which one is meant?`;
}

function offerCandidates(name: string, candidates: Candidate[]) {
  const offered = candidates.slice(0, MAX_CHOICES);
  const choices = offered.map(
    (candidate): Choice => ({
      inchiKey: candidate.inchiKey,
      name: candidate.name,
      smiles: candidate.smiles ?? '',
      formula: candidate.compound?.cursor.at('MolecularFormula').string()?.value ?? null,
      note: describeCandidate(candidate, offered),
    }),
  );
  return { question: question(candidates.length, name), choices };
}

const ROLES: Record<Part['role'], string> = {
  whole: 'all parts together, as a salt or mixture',
  active: 'this part alone, without counter-ions',
  'counter-ion': 'a usual counter-ion or solvent',
};

/** The parts with their names, where PubChem knows them. */
async function offerParts(text: string, parts: Part[], lookup: Lookup, wholeName?: string) {
  const offered = parts.slice(0, MAX_CHOICES);
  const choices = await Promise.all(
    offered.map(async ({ inchiKey, smiles, formula, role }): Promise<Choice> => {
      const isNamed = role === 'whole' && wholeName !== undefined;
      const [compound] = isNamed ? [] : await lookup.compoundsByInchiKey(inchiKey);
      const name = isNamed ? wholeName : (compound?.title ?? formula);
      return { inchiKey, name, smiles, formula, note: ROLES[role] };
    }),
  );
  return { question: question(choices.length, text), choices };
}

/**
 * Candidate indications. The key is the MeSH descriptor; EFO terms join one only by pairs that ChEMBL
 * or Open Targets state; everything else stays apart as unmapped. Ancestors are never used.
 */
import { exactKey, looseKey } from './disease-names';
import { byCodeUnit, sortedUnique } from './text';

/** A disease as a record states it; any part may be missing. */
export interface StatedDisease {
  meshId: string | null;
  efoId: string | null;
  name: string;
}

export interface Vocabulary {
  /** EFO id -> MeSH descriptors that some record states together with it. */
  meshOfEfo: ReadonlyMap<string, readonly string[]>;
  /** MeSH descriptor -> EFO ids stated together with it. */
  efoOfMesh: ReadonlyMap<string, readonly string[]>;
  /** Exact and loose forms of the terms that records state for descriptors. */
  meshOfName: ReadonlyMap<string, readonly string[]>;
  meshOfLooseName: ReadonlyMap<string, readonly string[]>;
}

/** `EFO:0003060` and `EFO_0003060` are one; MeSH descriptors in capitals. */
export function vocabularyId(id: string): string {
  return id.trim().replace(':', '_');
}

export function isMeshDescriptor(id: string): boolean {
  return /^D\d{6,9}$/.test(id);
}

/**
 * `pairs` are statements of drug databases that hold both ids. `terms` are descriptors of diseases with
 * the term a record gives them, `headings` those of articles, which may be of anything.
 */
export function vocabularyOf(
  pairs: readonly { meshId: string; efoId: string }[],
  terms: readonly { meshId: string; name: string }[],
  headings: readonly { meshId: string; name: string }[],
): Vocabulary {
  return {
    meshOfEfo: grouped(pairs.map(({ meshId, efoId }) => [efoId, meshId])),
    efoOfMesh: grouped(pairs.map(({ meshId, efoId }) => [meshId, efoId])),
    meshOfName: grouped(
      [...terms, ...headings].map(({ meshId, name }) => [exactKey(name), meshId]),
    ),
    meshOfLooseName: grouped(terms.map(({ meshId, name }) => [looseKey(name), meshId])),
  };
}

function grouped(entries: [string, string][]): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [key, value] of entries) {
    const group = groups.get(key) ?? new Set();
    group.add(value);
    groups.set(key, group);
  }
  return new Map(
    [...groups]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([key, group]) => [key, sortedUnique(group)]),
  );
}

/**
 * Keys of candidates that a drug database's record belongs to. A term with an id of its own joins
 * another only by a stated pair; a bare name joins the descriptor that other records state under it.
 */
export function keysOfIndication(stated: StatedDisease, vocabulary: Vocabulary): string[] {
  if (stated.meshId !== null && isMeshDescriptor(stated.meshId)) return [stated.meshId];
  if (stated.efoId !== null) {
    return [...(vocabulary.meshOfEfo.get(stated.efoId) ?? [stated.efoId])];
  }
  return [keyOfName(stated.name, vocabulary)];
}

/**
 * Keys of candidates that a trial belongs to: its descriptors, or where the registry gives none its
 * conditions as worded, joined to descriptors that other records of the job state under that name
 * (order of words, spelling, stage and common abbreviations aside).
 */
export function keysOfConditions(
  mesh: readonly { id: string | null; term: string }[],
  conditions: readonly string[],
  vocabulary: Vocabulary,
): { key: string; name: string; isDescriptor: boolean }[] {
  const descriptors = mesh.flatMap(({ id, term }) =>
    id !== null && isMeshDescriptor(id) ? [{ key: id, name: term, isDescriptor: true }] : [],
  );
  const telling = descriptors.filter(({ name }) => generality(name) !== 'qualifier');
  const worded =
    telling.length > 0
      ? []
      : conditions
          .filter((condition) => !isNoIndication(condition))
          .map((condition) => ({
            key: keyOfName(condition, vocabulary),
            name: condition,
            isDescriptor: false,
          }));
  const byKey = new Map([...worded, ...descriptors].map((entry) => [entry.key, entry]));
  return [...byKey.values()].sort((a, b) => byCodeUnit(a.key, b.key));
}

/** The descriptor of a free name if exactly one is stated for it, else its unmapped key. */
export function keyOfName(name: string, vocabulary: Vocabulary): string {
  const exact = vocabulary.meshOfName.get(exactKey(name));
  if (exact?.length === 1) return exact[0]!;
  const loose = vocabulary.meshOfLooseName.get(looseKey(name));
  return loose?.length === 1 ? loose[0]! : unmappedKey(name);
}

export function unmappedKey(name: string): string {
  return `unmapped:${looseKey(name) || name.trim().toLowerCase()}`;
}

/** Conditions that are no disease. */
export function isNoIndication(condition: string): boolean {
  return /^(?:healthy\b.*|normal (?:volunteers?|subjects?)|(?:adult )?volunteers?|pharmacokinetics?|bioequivalence|bioavailability|drug interactions?|safety|none|n\/?a|unspecified.*)$/i.test(
    condition.trim(),
  );
}

/** Terms that say how a disease is, not which: no indication by themselves. */
const QUALIFIERS = new Set(
  [
    'Recurrence',
    'Acute Disease',
    'Chronic Disease',
    'Syndrome',
    'Disease',
    'Disease Progression',
    'Disease Attributes',
    'Neoplasm Metastasis',
    'Neoplasm, Residual',
    'Neoplastic Processes',
    'Pathologic Processes',
    'Signs and Symptoms',
    'Critical Illness',
    'Rare Diseases',
    'Emergencies',
    'Death',
    'Coinfection',
    'Drug-Related Side Effects and Adverse Reactions',
    'Postoperative Complications',
  ].map(exactKey),
);
/** Headings under which whole fields of medicine fall. */
const BROAD = new Set(
  [
    'Neoplasms',
    'Cancer',
    'Carcinoma',
    'Adenocarcinoma',
    'Neoplasms by Site',
    'Neoplasms by Histologic Type',
    'Hematologic Neoplasms',
    'Hematologic Diseases',
    'Solid Tumor',
    'Malignant Solid Neoplasm',
    'Infections',
    'Communicable Diseases',
    'Virus Diseases',
    'Bacterial Infections',
    'Parasitic Diseases',
    'Inflammation',
    'Pain',
    'Cardiovascular Diseases',
    'Heart Diseases',
    'Vascular Diseases',
    'Nervous System Diseases',
    'Brain Diseases',
    'Mental Disorders',
    'Lung Diseases',
    'Respiratory Tract Diseases',
    'Immune System Diseases',
    'Autoimmune Diseases',
    'Liver Diseases',
    'Kidney Diseases',
    'Digestive System Diseases',
    'Gastrointestinal Diseases',
    'Skin Diseases',
    'Musculoskeletal Diseases',
    'Metabolic Diseases',
    'Endocrine System Diseases',
    'Eye Diseases',
    'Genetic Diseases, Inborn',
    'Congenital Abnormalities',
    'Urologic Diseases',
  ].map(exactKey),
);

export function generality(name: string): 'qualifier' | 'broad' | null {
  const key = exactKey(name);
  return QUALIFIERS.has(key) ? 'qualifier' : BROAD.has(key) ? 'broad' : null;
}

/**
 * Which of the diseases that one record names it is evidence of: the most specific ones. Registries
 * index a trial of acute promyelocytic leukemia under Leukemia too; it is no evidence of its own there.
 */
export function ownKeys(named: readonly { key: string; name: string }[]): string[] {
  const telling = named.filter(({ name }) => generality(name) !== 'qualifier');
  const specific = telling.filter(({ name }) => generality(name) === null);
  const kept = (specific.length > 0 ? specific : telling).map(({ key, name }) => ({
    key,
    bag: nameBag(name),
  }));
  return sortedUnique(
    kept
      .filter(({ bag }) => !kept.some((other) => isBroader(bag, other.bag)))
      .map(({ key }) => key),
  );
}

/** Lineages that MeSH heads by one word: chronic lymphocytic leukemia is a lymphoid leukemia. */
const LINEAGES: readonly (readonly [word: RegExp, lineage: string])[] = [
  [/^lympho(?:cytic|blastic)$|^plasmacytic$/, 'lymphoid'],
  [
    /^(?:myelogenous|promyelocytic|myelomonocytic|monocytic|megakaryoblastic|erythroblastic|neutrophilic|eosinophilic)$/,
    'myeloid',
  ],
];

/** The words that make a disease's name, with the lineage they imply. */
export function nameBag(name: string): ReadonlySet<string> {
  const bag = new Set(looseKey(name).split(' '));
  for (const word of [...bag]) {
    for (const [pattern, lineage] of LINEAGES) if (pattern.test(word)) bag.add(lineage);
  }
  return bag;
}

/** "Leukemia" is broader than "Leukemia, Myeloid, Acute": all its words and fewer. */
export function isBroader(broad: ReadonlySet<string>, specific: ReadonlySet<string>): boolean {
  if (broad.size >= specific.size) return false;
  for (const word of broad) if (!specific.has(word)) return false;
  return true;
}

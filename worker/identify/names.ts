/** Names: which of a compound's many are worth searching by, and which are near to a misspelt one. */
import { distance } from 'fastest-levenshtein';
import type { Synonym } from '../sources/chembl/parse';

/** Few names find nearly all records; each further one costs room in every search. */
const MAX_NAMES = 6;
const MAX_TRADE_NAMES = 2;
const MAX_RESEARCH_CODES = 2;
/** Of synonyms whose kind and use are not stated. */
const MAX_OTHERS = 3;
const MAX_NEAR = 5;

export interface KnownNames {
  /** What the person typed, when it was a name. */
  typed: string | null;
  /** PubChem's title. */
  title: string | null;
  /** ChEMBL's preferred name of the molecule and of its parent. */
  preferred: string | null;
  parent: string | null;
  /** ChEMBL's synonyms with their kind. */
  synonyms: Synonym[];
  /** PubChem's synonyms, the most used first. */
  usual: string[];
}

/** The name to show first, and the names to search by, best first; empty when none is known. */
export function chooseNames(known: KnownNames): string[] {
  const ofType = (...types: string[]) =>
    known.synonyms.filter(({ type }) => types.includes(type ?? 'OTHER')).map(({ name }) => name);
  const popularity = new Map(known.usual.map((name, index) => [normal(name), index]));
  const rank = (name: string) => popularity.get(normal(name)) ?? Number.POSITIVE_INFINITY;
  const byUse = (names: string[]) => [...names].sort((a, b) => compare(rank(a), rank(b)));

  const main = [known.title, readable(known.preferred), known.typed].filter(
    (name) => name !== null,
  );
  const generic = ofType('INN', 'USAN', 'BAN', 'JAN', 'USP', 'FDA').filter(isPlainName);
  const trade = byUse(ofType('TRADE_NAME')).filter(isBrand).slice(0, MAX_TRADE_NAMES);
  const codes = byUse(ofType('RESEARCH_CODE')).filter(isResearchCode).slice(0, MAX_RESEARCH_CODES);
  const others = [...ofType('OTHER'), ...known.usual]
    .filter((name) => isPlainName(name) || isResearchCode(name))
    .filter((name) => !main.some((chosen) => isVariant(name, chosen)));

  const chosen = new Map<string, string>();
  const parent = readable(known.parent);
  const take = (names: string[], most: number) => {
    const room = Math.min(MAX_NAMES, chosen.size + most);
    for (const name of names) {
      if (chosen.size < room && !chosen.has(normal(name))) chosen.set(normal(name), name);
    }
  };
  take([...main, ...(parent ? [parent] : []), ...generic], MAX_NAMES);
  take([...trade, ...codes], MAX_NAMES);
  take(others, MAX_OTHERS);
  return [...chosen.values()];
}

/** Comparable form: letters and digits alone. */
export function normal(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** ChEMBL writes preferred names in capitals. */
export function readable(name: string | null): string | null {
  if (name === null || name !== name.toUpperCase() || /\d/.test(name) || name.length < 5)
    return name;
  return name.charAt(0) + name.slice(1).toLowerCase();
}

/** Names near to what was typed, nearest first. */
export function nearest(typed: string, candidates: string[]): string[] {
  const wanted = normal(typed);
  const most = Math.max(2, Math.floor(wanted.length * 0.4));
  const found = new Map<string, { name: string; away: number }>();
  for (const candidate of candidates) {
    const key = normal(candidate);
    const away = distance(wanted, key);
    if (key !== '' && away <= most && !found.has(key)) {
      found.set(key, { name: readable(candidate) ?? candidate, away });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NEAR)
    .map(({ name }) => name);
}

const RESEARCH_CODE = /^[A-Z]{1,5}[- ]?\d{3,7}[A-Z]?$/i;
/** Numbers of registries and catalogues: found in no article. */
const REGISTRY =
  /^(AKOS|ANW|BCP|BDBM|BRN|BSPBio|CAS|CCRIS|CHEBI|CHEMBL|CS|DB|DTXCID|DTXSID|EINECS|EC|FEMA|GTPL|HMS|HSDB|HY|KBio|LMFA|MFCD|MLS|MolPort|NCGC|NCI|NSC|PDSP|RefChem|SBI|SCHEMBL|SDCCGMLS|SMR|SPECTRUM|SR|STK|STL|SY|Tox21|UNII|WLN|ZINC)[-_ :\d]/i;

function isResearchCode(name: string): boolean {
  return RESEARCH_CODE.test(name) && !REGISTRY.test(name) && /\d/.test(name);
}

/** The same word with an ending of another language or an addition: "Gefitinibum", "gefitinib base". */
function isVariant(name: string, of: string): boolean {
  const [a, b] = [normal(name), normal(of)];
  const stem = Math.max(4, Math.min(a.length, b.length) - 3);
  return a.includes(b) || b.includes(a) || a.slice(0, stem) === b.slice(0, stem);
}

/** A word or three, without the signs and numbers of systematic names. */
function isPlainName(name: string): boolean {
  return (
    name.length >= 4 &&
    name.length <= 60 &&
    // The sources are searched in English.
    /^[A-Za-z][A-Za-z -]+$/.test(name) &&
    !/^acid[eo] /i.test(name) &&
    name.split(' ').length <= 3 &&
    !REGISTRY.test(name) &&
    // InChIKeys and short codes in capitals stand for too many things.
    !/^[A-Z]{14}-/.test(name) &&
    !(name.length <= 5 && name === name.toUpperCase())
  );
}

function isBrand(name: string): boolean {
  return /^[A-Za-z]{5,}$/.test(name) && isPlainName(name);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

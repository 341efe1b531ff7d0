/** What a person typed: which kind of identifier it looks like. Pure and browser-safe; asks nobody. */
import { MAX_TEXT_LENGTH } from '@/server/chemistry/schema';

export type Recognised =
  | { kind: 'inchikey' | 'inchi' | 'smiles' | 'source-id' | 'name'; normalised: string }
  | {
      kind: 'invalid';
      reason: 'TEXT_EMPTY' | 'TEXT_TOO_LONG' | 'TEXT_CONTROL_CHARACTERS';
      message: string;
    };

/**
 * `normalised` is an upper-case InChIKey, an InChI, a SMILES as typed, `CHEMBL25`, `CID2244`,
 * `UNII-R16CO5Y76E`, or a name with single blanks.
 */
export function recognise(text: string): Recognised {
  const problem = findProblem(text);
  if (problem) return problem;
  const normalised = visible(text).normalize('NFC').replace(/\s+/gu, ' ').trim();
  return (
    readInchi(normalised) ??
    readSourceId(normalised) ??
    readSmiles(normalised) ?? { kind: 'name', normalised }
  );
}

/** Without what comes along unseen when copying: zero-width blanks, soft hyphens, byte order marks. */
export const visible = (text: string): string => text.replace(/\p{Cf}/gu, '').trim();

// Blanks that come along when copying are taken as blanks. Signs that turn the direction of writing
// can make a name look like another.
const CONTROL = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u;

/** Says where the first character stands that is not text; null where there is none. */
export function controlCharacter(text: string): string | null {
  const control = CONTROL.exec(text);
  if (!control) return null;
  const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `Character ${control.index + 1} is a control character (U+${code}). Remove it and try again.`;
}

function findProblem(text: string): Extract<Recognised, { kind: 'invalid' }> | null {
  if (visible(text) === '') {
    const message = 'Enter a name, a SMILES or an InChIKey.';
    return { kind: 'invalid', reason: 'TEXT_EMPTY', message };
  }
  if (text.length > MAX_TEXT_LENGTH) {
    const limit = MAX_TEXT_LENGTH.toLocaleString('en-US');
    const length = text.length.toLocaleString('en-US');
    const message = `At most ${limit} characters can be read; this has ${length}.`;
    return { kind: 'invalid', reason: 'TEXT_TOO_LONG', message };
  }
  const message = controlCharacter(text);
  if (message) return { kind: 'invalid', reason: 'TEXT_CONTROL_CHARACTERS', message };
  return null;
}

function readInchi(text: string): Recognised | null {
  const key = /^(?:InChIKey\s*=\s*)?([A-Z]{14}-[A-Z]{10}-[A-Z])$/i.exec(text)?.[1];
  if (key) return { kind: 'inchikey', normalised: key.toUpperCase() };
  // The formula layer has no lower-case beginning: `InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3`.
  return /^InChI=1S?\/[A-Z][\w.]*(\/\S*)?$/.test(text) ? { kind: 'inchi', normalised: text } : null;
}

function readSourceId(text: string): Recognised | null {
  const chembl = /^CHEMBL(\d{1,10})$/i.exec(text)?.[1];
  if (chembl) return { kind: 'source-id', normalised: `CHEMBL${chembl}` };
  const cid = /^(?:PubChem\s*)?CID[\s:]*(\d{1,10})$/i.exec(text)?.[1];
  if (cid) return { kind: 'source-id', normalised: `CID${Number(cid)}` };
  const unii = /^UNII[\s:-]*([0-9A-Z]{10})$/i.exec(text)?.[1];
  return unii ? { kind: 'source-id', normalised: `UNII-${unii.toUpperCase()}` } : null;
}

const SMILES_ONLY_SIGNS = /[=#@\\[\]]/;
const SMILES_TOKENS = /^(?:\[[^[\]]*\]?|Br|Cl|[BCNOPSFI]|[bcnops]|\*|%\d\d|\d|[-=#$:/\\.()~])+$/;

/**
 * Letters that make a word are a name ("water", "Co", "PCP"), those that make a chain of atoms a
 * SMILES ("C", "CO", "CCN"). With signs that only SMILES uses, mistakes are mistakes in a SMILES.
 */
function readSmiles(text: string): Recognised | null {
  // The usual line of a .smi file: a SMILES, a blank, a title.
  const [first = '', ...rest] = text.split(' ');
  if (rest.length > 0 && !(first.includes('=') && SMILES_TOKENS.test(first))) return null;
  return looksLikeSmiles(first) ? { kind: 'smiles', normalised: first } : null;
}

function looksLikeSmiles(text: string): boolean {
  if (SMILES_ONLY_SIGNS.test(text)) return !isRadiolabelledName(text) && shareOfTokens(text) > 0.6;
  if (!SMILES_TOKENS.test(text) || !/^[A-Za-z*(]/.test(text)) return false;
  if (text.includes('-')) return false;
  const hasRing = /\d/.test(text);
  const isAromatic = /[bcnops]/.test(text);
  if (/[()./*:]/.test(text)) return /[A-Z*]/.test(text) || (isAromatic && hasRing);
  if (hasRing) return hasPairedDigits(text) || isLongCarbonChain(text) || isAromaticRing(text);
  if (isAromatic) return false;
  const atoms = text.replace(/Br|Cl/g, '');
  const carbons = atoms.match(/C/g)?.length ?? 0;
  return atoms.length <= 2 || carbons * 2 >= atoms.length;
}

/** "[18F]fluorodeoxyglucose", "poly[...]": brackets in a word. */
function isRadiolabelledName(text: string): boolean {
  const outside = text.replace(/\[[^\]]*\]/g, '');
  return !/[=#@\\]/.test(text) && outside !== '' && !SMILES_TOKENS.test(outside);
}

function shareOfTokens(text: string): number {
  const tokens = text.match(/\[[^\]]*\]|Br|Cl|[BCNOPSFIbcnops*]|[-=#$:/\\.()~@%\d[\]]/g) ?? [];
  return tokens.join('').length / text.length;
}

/** Each ring is opened and closed: "C1CC1", but not "CO2" or "B12". */
function hasPairedDigits(text: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of text.match(/%\d\d|\d/g) ?? []) {
    counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  return [...counts.values()].every((count) => count % 2 === 0) && !/\d{3}/.test(text);
}

function isLongCarbonChain(text: string): boolean {
  return text.length >= 4 && (text.match(/C/g)?.length ?? 0) >= 2 && /[A-Z]\d[A-Z]/.test(text);
}

function isAromaticRing(text: string): boolean {
  return /[cnops]\d?[cnops]{2}/.test(text);
}

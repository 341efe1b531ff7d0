/**
 * Which glyphs of which font stand for a character. The typefaces come in one file a script, so each
 * character takes the first file that has it; one that none has is shown as a box, with the true
 * character kept for copying and reading aloud.
 */
import { create, type Font } from 'fontkit';
import { type Face, plainFont, signsFont } from './fonts';

const SCRIPTS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];
const MONO_SCRIPTS = ['latin', 'latin-ext', 'cyrillic'];
const BOX = '□';

/** Characters without ink of their own: joiners, soft hyphens, selectors of variants. */
const INKLESS = /\u00ad|[\u200b-\u200d]|\u2060|\ufeff|[\ufe00-\ufe0f]/u;

interface Cut {
  name: string;
  bytes: Buffer;
  characters: Set<number>;
}

/**
 * Read once a process. Each document parses the bytes anew all the same: a parsed font remembers the
 * first characters that asked for a glyph, and would carry them from one file into the next.
 */
const cuts = new Map<string, Cut>();

function cut(name: string, file: () => Buffer): Cut {
  const known = cuts.get(name);
  if (known) return known;
  const bytes = file();
  const made = { name, bytes, characters: new Set((create(bytes) as Font).characterSet) };
  cuts.set(name, made);
  return made;
}

function* chain(face: Face): Generator<Cut> {
  for (const script of face === 'mono' ? MONO_SCRIPTS : SCRIPTS) {
    yield cut(`${face} ${script}`, () => plainFont(face, script));
  }
  if (face === 'mono') yield* chain('sans');
  else yield cut('signs', signsFont);
}

export interface Glyphs {
  text: string;
  font: string;
  scale: number;
  rise: number;
  /** The character itself, where something else is drawn for it. */
  actual: string | null;
  isBox: boolean;
}

const glyphsKnown = new Map<string, Glyphs | null>();

/** How one character is drawn; null for one without ink. */
export function glyphsOf(character: string, face: Face): Glyphs | null {
  const key = `${face} ${character}`;
  const known = glyphsKnown.get(key);
  if (known !== undefined) return known;
  const found = findGlyphs(character, face);
  glyphsKnown.set(key, found);
  return found;
}

function findGlyphs(character: string, face: Face): Glyphs | null {
  if (INKLESS.test(character)) return null;
  const plain = { scale: 1, rise: 0, actual: null, isBox: false };
  const font = fontWith(character, face);
  if (font) return { text: character, font, ...plain };
  const equivalent = character.normalize('NFKC').trim() || ' ';
  const substitute = equivalent === character ? null : fontWith(equivalent, face);
  if (substitute) {
    const code = character.codePointAt(0) ?? 0;
    const small = { scale: 0.66, actual: character, isBox: false };
    if (code >= 0x2070 && code <= 0x207f) {
      return { text: equivalent, font: substitute, ...small, rise: 0.34 };
    }
    if (code >= 0x2080 && code <= 0x209c) {
      return { text: equivalent, font: substitute, ...small, rise: -0.14 };
    }
    return { text: equivalent, font: substitute, ...plain, actual: character };
  }
  return { text: BOX, font: 'signs', ...plain, actual: character, isBox: true };
}

function fontWith(text: string, face: Face): string | null {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  for (const { name, characters } of chain(face)) {
    if (codes.every((code) => characters.has(code))) return name;
  }
  return null;
}

/** The file of a font that glyphs name. */
export function fontBytes(font: string): Buffer {
  return (cuts.get(font) ?? cut('signs', signsFont)).bytes;
}

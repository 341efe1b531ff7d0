/** What single characters are, told by their numbers: this is asked of every character of a paper. */

const LIGATURES: Record<number, string> = {
  64256: 'ff',
  64257: 'fi',
  64258: 'fl',
  64259: 'ffi',
  64260: 'ffl',
  64261: 'st',
  64262: 'st',
};
/** Accents that stand as characters of their own beside the letter they belong to. */
const ACCENTS: Record<number, string> = {
  96: '\u0300',
  180: '\u0301',
  710: '\u0302',
  732: '\u0303',
  175: '\u0304',
  728: '\u0306',
  729: '\u0307',
  168: '\u0308',
  730: '\u030a',
  733: '\u030b',
  711: '\u030c',
  184: '\u0327',
  731: '\u0328',
};

export const isSoftHyphen = (unit: number) => unit === 0x02 || unit === 0xad || unit === 0xfffe;

export const isSpace = (unit: number) =>
  unit === 0x20 ||
  unit === 0xa0 ||
  unit === 0x0a ||
  unit === 0x0d ||
  unit === 0x09 ||
  (unit >= 0x2000 && (unit <= 0x200a || unit === 0x202f || unit === 0x205f || unit === 0x3000));

/** As it is printed; empty for what nobody sees and for what only the file's own font has a letter for. */
export function letterOf(unit: number): string {
  if (unit < 0x7f) return unit < 0x20 ? '' : String.fromCharCode(unit);
  if ((unit >= 0xe000 && unit <= 0xf8ff) || unit === 0xffff || unit === 0xfffd) return '';
  if (unit < 0xa0) return '';
  // Zero width, direction marks, byte order mark: nothing that is seen.
  if ((unit >= 0x200b && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x202e) || unit === 0xfeff) {
    return '';
  }
  if (unit <= 0xffff) return LIGATURES[unit] ?? String.fromCharCode(unit);
  return unit <= 0x10ffff ? String.fromCodePoint(unit) : '';
}

/** The combining accent for one that stands by itself. */
export const accentOf = (unit: number): string | undefined =>
  unit < 0xa8 && unit !== 0x60 ? undefined : ACCENTS[unit];

/** The letter with its accent; dotless ones are drawn so only to make room for it. */
export function accented(letter: string, accent: string): string {
  const plain = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
  return (plain + accent).normalize('NFC');
}

const isRtlUnit = (unit: number) =>
  unit >= 0x590 &&
  (unit <= 0x8ff || (unit >= 0xfb1d && unit <= 0xfdff) || (unit >= 0xfe70 && unit <= 0xfefc));

export const isIdeographicUnit = (unit: number) =>
  unit >= 0x2e80 &&
  (unit <= 0x9fff || (unit >= 0xf900 && unit <= 0xfaff) || (unit >= 0xff00 && unit <= 0xffef));

export function isRightToLeft(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isRtlUnit(text.charCodeAt(i))) return true;
  return false;
}

/** Whether what ends with `before` and begins with `text` meets between two ideographs. */
export const isAmidIdeographs = (before: string, text: string) =>
  isIdeographicUnit(before.charCodeAt(before.length - 1)) && isIdeographicUnit(text.charCodeAt(0));

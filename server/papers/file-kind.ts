/** What a file is, by its first bytes and never by its name. */

/** Readers look for the header in the first kilobyte (ISO 32000-1, annex H.3.4.1). */
const PDF_HEADER_WITHIN = 1_024;

const BEGINNINGS: readonly [bytes: string, kind: string][] = [
  ['PK\x03\x04', 'a ZIP archive, as Word, EPUB and the like are'],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
  ['%!PS', 'a PostScript file'],
  ['{\\rtf', 'a rich text file'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['II*\x00', 'a picture'],
  ['MM\x00*', 'a picture'],
  ['\x1f\x8b', 'a compressed file'],
  ['Rar!', 'a compressed archive'],
  ['7z\xbc\xaf', 'a compressed archive'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
];

/** `pdf`, words for what it is instead, or null when that is not known. */
export function whatIsIt(head: Buffer): string | null {
  const text = head.toString('latin1');
  if (text.slice(0, PDF_HEADER_WITHIN).includes('%PDF-')) return 'pdf';
  const known = BEGINNINGS.find(([bytes]) => text.startsWith(bytes));
  if (known) return known[1];
  if (/^\s*(<!doctype html|<html|<\?xml|<head|<body)/i.test(text)) {
    return 'a web page, perhaps the one that asks to sign in';
  }
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? 'plain text' : null;
}

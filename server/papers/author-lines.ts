/** Authors as people type them: one a line, `Family, Given`. Browser-safe. */
import type { Author } from './reading';

export const writeAuthors = (authors: readonly Author[]): string =>
  authors
    .map(({ name, family, given }) => (family && given ? `${family}, ${given}` : name))
    .join('\n');

/** A line without a comma is a name as it is printed; its last word is the family name. */
export function readAuthors(text: string): Author[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
    .map((line) => {
      const comma = line.indexOf(',');
      if (comma > 0) {
        const [family, given] = [line.slice(0, comma).trim(), line.slice(comma + 1).trim()];
        return { name: [given, family].filter(Boolean).join(' '), family, given };
      }
      const words = line.split(' ');
      return { name: line, family: words.at(-1) ?? line, given: words.slice(0, -1).join(' ') };
    });
}

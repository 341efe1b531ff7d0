/** What bibliographic sources say of a paper, in the library's words. */
import type { FieldValues } from '@/server/papers/fields';
import { displayOf } from '@/server/reports/places';

export interface WorkRecord {
  values: Partial<FieldValues>;
  /** Public address of the record. */
  url: string;
}

/** Text without markup (JATS, HTML) and with single blanks; null when nothing is left. */
export function plainText(markup: unknown): string | null {
  if (typeof markup !== 'string') return null;
  // Headings and paragraphs follow each other without a blank.
  const parted = markup.replace(/<\/(?:jats:)?(?:title|p|sec|label)>/g, ' ');
  const text = displayOf(parted).replace(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}

/** "Ada Augusta Lovelace" by its last word; better splits come from sources that give them. */
export function nameOf(name: string): { name: string; family: string; given: string } {
  const parts = name.trim().split(/\s+/);
  return { name: parts.join(' '), family: parts.at(-1) ?? '', given: parts.slice(0, -1).join(' ') };
}

/** A record with the fields that are known; what is null is left out. */
export function recordOf(
  url: string,
  values: { [K in keyof FieldValues]?: FieldValues[K] | null },
): WorkRecord {
  const known = Object.entries(values).filter(
    ([, value]) =>
      value !== null && value !== undefined && !(Array.isArray(value) && !value.length),
  );
  return { url, values: Object.fromEntries(known) };
}

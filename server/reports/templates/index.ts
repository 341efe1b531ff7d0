/** Every sentence a report can say, in all versions. */
import { CLINICAL } from './clinical';
import { IDENTITY } from './identity';
import { LITERATURE } from './literature';
import { PHARMACOLOGY } from './pharmacology';
import { PROPERTY } from './property';
import { SAFETY } from './safety';
import { SCORE } from './score';
import type { Template, Templates } from './template';

export { SECTION_TITLES, SECTIONS, type Section } from './sections';
export type { Template } from './template';

export const TEMPLATES: Templates = {
  ...IDENTITY,
  ...CLINICAL,
  ...PHARMACOLOGY,
  ...SAFETY,
  ...PROPERTY,
  ...LITERATURE,
  ...SCORE,
};

/** The template of a `name@version`, or null. */
export function templateOf(id: string): Template | null {
  return Object.hasOwn(TEMPLATES, id) ? (TEMPLATES[id as keyof Templates] as Template) : null;
}

/** The names of the slots in a pattern or a part of one. */
export function slotsOf(pattern: string): string[] {
  return [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}

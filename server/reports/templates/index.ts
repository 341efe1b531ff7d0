/** Every sentence a report can say, in all versions. */
import { CLINICAL } from './clinical';
import { IDENTITY } from './identity';
import { PHARMACOLOGY } from './pharmacology';
import { PROPERTY } from './property';
import { SAFETY } from './safety';
import type { Template, Templates } from './template';

export { SECTION_TITLES, SECTIONS, type Section } from './sections';
export type { Template } from './template';

export const TEMPLATES: Templates = {
  ...IDENTITY,
  ...CLINICAL,
  ...PHARMACOLOGY,
  ...SAFETY,
  ...PROPERTY,
};

/** The template of a `name@version`, or null. */
export function templateOf(id: string): Template | null {
  return Object.hasOwn(TEMPLATES, id) ? (TEMPLATES[id as keyof Templates] as Template) : null;
}

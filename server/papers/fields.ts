/** Which of several values of a field stands: a person's word, then a source's, then the file's. Pure. */
import type { Author } from './reading';
import { type FieldOrigin, type FieldOrigins, type Origin, PAPER_FIELDS } from './schema';

export interface FieldValues {
  title: string;
  authors: Author[];
  abstract: string;
  year: number;
  venue: string;
  doi: string;
  arxivId: string;
  articleDoi: string;
}

export type Proposal = {
  [K in keyof FieldValues]?: { value: FieldValues[K]; origin: FieldOrigin };
};

const RANK: Record<Origin, number> = {
  person: 5,
  submission: 4,
  crossref: 3,
  arxiv: 3,
  semanticscholar: 2,
  page: 1,
  file: 0,
};

/** What of a proposal replaces what stands: values of the same rank are renewed. */
export function accepted(
  standing: FieldOrigins,
  proposal: Proposal,
): { values: Partial<FieldValues>; origins: FieldOrigins } {
  const values: Partial<Record<string, unknown>> = {};
  const origins: FieldOrigins = {};
  for (const name of PAPER_FIELDS) {
    const proposed = proposal[name];
    if (!proposed) continue;
    const stands = standing[name];
    if (stands && RANK[stands.from] > RANK[proposed.origin.from]) continue;
    values[name] = proposed.value;
    origins[name] = proposed.origin;
  }
  return { values: values as Partial<FieldValues>, origins };
}

/** What a template is: one sentence of a report with named slots. */
import type { EvidenceKind, SourceId } from '@/server/evidence/schema';
import type { Field } from '../derivations/derivation';
import type { Section } from './sections';

/**
 * A changed pattern needs a new version under the same name; old versions stay, for old reports are
 * rendered with them.
 */
export interface Template {
  section: Section;
  /** `{slot}` is filled; `[[ … ]]` is left out when one of its slots is not in the claim. */
  pattern: string;
  /** Which field of the record a slot must cite, where the slot is a citation. */
  fields?: Record<string, Field>;
  /** Says that this source holds nothing: only where it answered in full, of its own answer. */
  absenceIn?: SourceId;
  /** Counts every record of this kind that the report holds. */
  countsAll?: EvidenceKind;
}

export type Templates = Record<`${string}@${number}`, Template>;

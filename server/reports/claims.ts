/** Turns drafted claims into claims of a report: ids in reading order, text from the template. */
import type { Json } from '@/server/evidence/schema';
import type { DraftedClaim } from './claim-draft';
import type { ReportFacts } from './derive';
import type { Claim } from './schema';
import { NotDerivable, renderTemplate, slotValues } from './slots';
import { SECTIONS, type Section, type Template, templateOf } from './templates';

export interface NumberedClaims {
  claims: Claim[];
  /** What the slots of each claim come to, by its id. */
  values: Map<string, Record<string, Json>>;
  /** Drafts whose slots or text cannot be computed: left out, for nothing unproved is said. */
  dropped: { template: string; reason: string }[];
}

/** Numbers claims by section and order; the ids sort as the claims are read. */
export function numberClaims(drafts: readonly DraftedClaim[], report: ReportFacts): NumberedClaims {
  const dropped: NumberedClaims['dropped'] = [];
  const values: NumberedClaims['values'] = new Map();
  const claims = SECTIONS.flatMap((section) => {
    const ofSection = drafts.filter((draft) => draft.section === section);
    return ofSection.flatMap((draft, index): Claim[] => {
      try {
        const id = claimId(section, index);
        const slots = slotValues(draft, report);
        const text = renderTemplate(templateOf(draft.template) as Template, slots);
        values.set(id, slots);
        return [{ id, ...draft, text, verdict: 'verified' }];
      } catch (error) {
        if (!(error instanceof NotDerivable)) throw error;
        dropped.push({ template: draft.template, reason: error.message });
        return [];
      }
    });
  });
  return { claims, values, dropped };
}

function claimId(section: Section, index: number): string {
  const block = String(SECTIONS.indexOf(section) + 1).padStart(2, '0');
  return `${block}-${section}-${String(index + 1).padStart(5, '0')}`;
}

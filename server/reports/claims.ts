/** Turns drafted claims into claims of a report: ids in reading order, text from the template. */
import type { DraftedClaim } from './claim-draft';
import type { ReportFacts } from './derive';
import type { Claim } from './schema';
import { NotDerivable, renderClaim } from './slots';
import { SECTIONS, type Section } from './templates';

export interface NumberedClaims {
  claims: Claim[];
  /** Drafts whose slots or text cannot be computed: left out, for nothing unproved is said. */
  dropped: { template: string; reason: string }[];
}

/** Numbers claims by section and order; the ids sort as the claims are read. */
export function numberClaims(drafts: readonly DraftedClaim[], report: ReportFacts): NumberedClaims {
  const dropped: NumberedClaims['dropped'] = [];
  const claims = SECTIONS.flatMap((section) => {
    const ofSection = drafts.filter((draft) => draft.section === section);
    return ofSection.flatMap((draft, index): Claim[] => {
      try {
        const text = renderClaim(draft, report);
        return [{ id: claimId(section, index), ...draft, text, verdict: 'verified' }];
      } catch (error) {
        if (!(error instanceof NotDerivable)) throw error;
        dropped.push({ template: draft.template, reason: error.message });
        return [];
      }
    });
  });
  return { claims, dropped };
}

function claimId(section: Section, index: number): string {
  const block = String(SECTIONS.indexOf(section) + 1).padStart(2, '0');
  return `${block}-${section}-${String(index + 1).padStart(5, '0')}`;
}

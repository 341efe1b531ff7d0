/** Blocks 8 and 9: patents found, approvals, and who runs trials. Unknown is unknown: nothing is guessed. */
import type { EvidenceOf } from '@/server/evidence/schema';
import { said } from '@/server/evidence/schema';
import { compareText } from '../canonical';
import { ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { ACTIVE_STATUSES } from '../derivations/trial';
import { absenceClaim } from './absence';
import { type Material, ofKind } from './block';

/** Patent documents said in sentences, newest first; all stand among the evidence. */
const MAX_PATENTS = 20;
const MAX_PRODUCTS = 6;

export function patentClaims(material: Material): DraftedClaim[] {
  const patents = ofKind(material.evidence, 'patent').sort(
    (a, b) => compareText(b.publishedOn ?? '', a.publishedOn ?? '') || compareText(a.id, b.id),
  );
  if (patents.length === 0) return absenceClaim(material, 'patents', 'patents.none@1');
  const found = new ClaimDraft('patents.found@1')
    .derive('count', 'count@1', ...patents.map((patent) => citing(patent)(patent.facts.number)))
    .build();
  return [found, ...patents.slice(0, MAX_PATENTS).map(patentClaim)];
}

function patentClaim(patent: EvidenceOf<'patent'>): DraftedClaim {
  const { facts } = patent;
  const cite = citing(patent);
  const draft = new ClaimDraft('patent.listed@1')
    .put('number', cite(facts.number))
    .derive('title', 'title@1', cite(facts.title))
    .deriveIf('published', 'date@1', cite(facts.publishedOn));
  if (facts.applicants.length > 0) {
    draft.derive('applicants', 'join@1', ...facts.applicants.map(cite));
  }
  return draft.build();
}

export function marketClaims(material: Material): DraftedClaim[] {
  return [
    ...ofKind(material.evidence, 'approval').map(approvalClaim),
    ...activeTrials(ofKind(material.evidence, 'trial')),
  ];
}

function approvalClaim(approval: EvidenceOf<'approval'>): DraftedClaim {
  const { facts } = approval;
  const cite = citing(approval);
  const brands = new Map(
    facts.products.flatMap(({ brand }) => (brand ? [[said(brand), brand] as const] : [])),
  );
  const draft = new ClaimDraft('approval.listed@1')
    .put('number', cite(facts.applicationNumber))
    .put('sponsor', cite(facts.sponsor))
    .deriveIf('approved', 'date@1', cite(facts.firstApprovedOn));
  if (brands.size > 0) {
    draft.derive('products', 'join@1', ...[...brands.values()].slice(0, MAX_PRODUCTS).map(cite));
  }
  return draft.build();
}

function activeTrials(trials: EvidenceOf<'trial'>[]): DraftedClaim[] {
  const byClass = new Map<string, EvidenceOf<'trial'>[]>();
  for (const trial of trials) {
    const sponsorClass = said(trial.facts.sponsorClass);
    if (sponsorClass === null || !ACTIVE_STATUSES.includes(said(trial.facts.status))) continue;
    byClass.set(sponsorClass, [...(byClass.get(sponsorClass) ?? []), trial]);
  }
  return [...byClass]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, ofClass]) => {
      return new ClaimDraft('trials.active@1')
        .derive(
          'sponsors',
          'trials.sponsor-class@1',
          ...ofClass.map((trial) => citing(trial)(trial.facts.sponsorClass)),
        )
        .derive(
          'count',
          'trials.active@1',
          ...ofClass.flatMap((trial) => {
            const cite = citing(trial);
            return [cite(trial.facts.nctId), cite(trial.facts.status)];
          }),
        )
        .build();
    });
}

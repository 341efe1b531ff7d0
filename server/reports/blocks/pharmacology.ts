/** Block 5: mechanisms, targets, and the strongest measured potencies. */
import type { EvidenceOf } from '@/server/evidence/schema';
import { said } from '@/server/evidence/schema';
import { compareText } from '../canonical';
import { ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { absenceClaim } from './absence';
import { type Material, ofKind } from './block';

/** Potencies said in sentences; all stand among the evidence. */
const MAX_POTENCIES = 12;

export function pharmacologyClaims(material: Material): DraftedClaim[] {
  const mechanisms = ofKind(material.evidence, 'mechanism').map(mechanism);
  return [
    ...(mechanisms.length > 0
      ? mechanisms
      : absenceClaim(material, 'mechanisms', 'mechanism.none@1')),
    ...ofKind(material.evidence, 'target').map(target),
    ...strongest(ofKind(material.evidence, 'potency')).map(potency),
  ];
}

function mechanism(evidence: EvidenceOf<'mechanism'>): DraftedClaim {
  const { facts } = evidence;
  const cite = citing(evidence);
  return new ClaimDraft('mechanism.recorded@1')
    .put('mechanism', cite(facts.mechanism))
    .deriveIf('action', 'lower@1', cite(facts.action))
    .put('target', cite(facts.targetName))
    .put('organism', cite(facts.organism))
    .build();
}

function target(evidence: EvidenceOf<'target'>): DraftedClaim {
  const cite = citing(evidence);
  return new ClaimDraft('target.recorded@1')
    .put('symbol', cite(evidence.facts.symbol))
    .put('name', cite(evidence.facts.name))
    .build();
}

function strongest(potencies: EvidenceOf<'potency'>[]): EvidenceOf<'potency'>[] {
  const strength = ({ facts }: EvidenceOf<'potency'>) =>
    Number(said<string | number>(facts.pchembl as never) ?? Number.NEGATIVE_INFINITY);
  return potencies
    .filter(({ facts }) => facts.value !== null && facts.pchembl !== null)
    .sort((a, b) => strength(b) - strength(a) || compareText(a.id, b.id))
    .slice(0, MAX_POTENCIES);
}

function potency(evidence: EvidenceOf<'potency'>): DraftedClaim {
  const { facts } = evidence;
  const cite = citing(evidence);
  return new ClaimDraft('potency.measured@1')
    .put('target', cite(facts.targetName))
    .put('organism', cite(facts.organism))
    .put('type', cite(facts.type))
    .put('relation', cite(facts.relation))
    .put('value', cite(facts.value))
    .put('units', cite(facts.units))
    .put('pchembl', cite(facts.pchembl))
    .build();
}

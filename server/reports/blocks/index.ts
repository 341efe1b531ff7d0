/** The blocks of a molecule report in reading order. */
import type { DraftedClaim } from '../claim-draft';
import type { Material } from './block';
import { clinicalClaims } from './clinical';
import { identityClaims } from './identity';
import { pharmacologyClaims } from './pharmacology';
import { marketClaims, patentClaims } from './property';
import { safetyClaims } from './safety';

export type { AnswerBody, Material } from './block';

/** Every statement the records allow, whatever the score. */
export function factClaims(material: Material): DraftedClaim[] {
  return [
    ...identityClaims(material),
    ...clinicalClaims(material),
    ...pharmacologyClaims(material),
    ...safetyClaims(material),
    ...patentClaims(material),
    ...marketClaims(material),
  ];
}

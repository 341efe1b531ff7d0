/** Sentences that something was looked for and is not there. They cite the empty list or total. */
import type { EvidenceOf, Json, SourceId } from '@/server/evidence/schema';
import { type Cite, ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { atPointer } from '../places';
import { answered, type Material, ofKind } from './block';

interface Absence {
  source: SourceId;
  /** Part of the address that tells this question from others to the source. */
  address: RegExp;
  /** Where the source states how many there are. */
  pointer: string;
}

export const ABSENCES = {
  trials: { source: 'clinicaltrials', address: /\/studies\?/, pointer: '/totalCount' },
  articles: { source: 'pubmed', address: /esearch\.fcgi/, pointer: '/esearchresult/count' },
  mechanisms: {
    source: 'chembl',
    address: /\/mechanism(?:\.json)?\?/,
    pointer: '/page_meta/total_count',
  },
  patents: { source: 'europepmc', address: /SRC(?::|%3A)"?(?:%22)?PAT/i, pointer: '/hitCount' },
} as const satisfies Record<string, Absence>;

/**
 * The claim that a source holds nothing of a kind, or none when the source did not answer fully,
 * states no total, or the compound has no record: an absence is one of this compound, so its record
 * is the evidence that the citation names.
 */
export function absenceClaim(
  material: Material,
  what: keyof typeof ABSENCES,
  template: string,
): DraftedClaim[] {
  const { source, address, pointer } = ABSENCES[what];
  const name = compoundName(material);
  if (!name || !answered(material, source)) return [];
  const asked = material.answers.filter(
    (answer) => answer.source === source && address.test(answer.url),
  );
  const empty = asked.map((answer) => ({ answer, total: totalAt(answer, pointer) }));
  const last = empty.at(-1);
  if (!last || empty.some(({ total }) => total !== 0 && total !== '0')) return [];
  const total: Cite = {
    evidenceId: name.evidenceId,
    place: { snapshotSha256: last.answer.sha256, pointer, value: last.total as Json },
  };
  return [new ClaimDraft(template).put('name', name).derive('total', 'absent@1', total).build()];
}

function totalAt(answer: Material['answers'][number], pointer: string): Json | undefined {
  try {
    return atPointer(answer.body.json(), pointer);
  } catch {
    return undefined;
  }
}

/** The name that the first identity record states for the compound. */
export function compoundName(material: Material): Cite | null {
  const records: EvidenceOf<'compound'>[] = ofKind(material.evidence, 'compound');
  const named = records.find(({ facts }) => facts.name !== null);
  return named ? citing(named)(named.facts.name) : null;
}

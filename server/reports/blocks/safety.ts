/** Block 6: boxed warnings, withdrawals, reactions reported together with the molecule. */
import type { EvidenceOf } from '@/server/evidence/schema';
import { said } from '@/server/evidence/schema';
import { disproportionality } from '@/server/evidence/understand/prr';
import { compareText } from '../canonical';
import { type Cite, ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { excerpt } from '../excerpt';
import { type Material, ofKind } from './block';

/** Labels quoted; those of one substance repeat each other. */
const MAX_LABELS = 3;
const QUOTE_CHARACTERS = 300;

export function safetyClaims(material: Material): DraftedClaim[] {
  const indications = ofKind(material.evidence, 'indication');
  return [
    ...ofKind(material.evidence, 'warning')
      .sort((a, b) => Number(isWithdrawal(b)) - Number(isWithdrawal(a)) || compareText(a.id, b.id))
      .map(warningClaim),
    ...boxedLabels(material),
    ...ofKind(material.evidence, 'adverse-event')
      .sort((a, b) => said(b.facts.a) - said(a.facts.a) || compareText(a.id, b.id))
      .map((event) => reaction(event, indications)),
  ];
}

const isWithdrawal = ({ facts }: EvidenceOf<'warning'>) => /withdraw/i.test(said(facts.type));

function warningClaim(warning: EvidenceOf<'warning'>): DraftedClaim {
  const { facts } = warning;
  const cite = citing(warning);
  return new ClaimDraft('warning.recorded@1')
    .derive('kind', 'warning.kind@1', cite(facts.type))
    .put('country', cite(facts.country))
    .put('year', cite(facts.year))
    .deriveIf('class', 'lower@1', cite(facts.toxicityClass))
    .put('description', cite(facts.description))
    .build();
}

function boxedLabels(material: Material): DraftedClaim[] {
  const labels = ofKind(material.evidence, 'label').filter(
    ({ facts }) => facts.boxedWarning.length > 0 && (facts.brandName ?? facts.genericName) !== null,
  );
  const newest = labels.sort(
    (a, b) => compareText(b.publishedOn ?? '', a.publishedOn ?? '') || compareText(a.id, b.id),
  );
  return newest.slice(0, MAX_LABELS).flatMap((label) => {
    const cite = citing(label);
    const place = label.facts.boxedWarning[0];
    const quote = place ? excerpt(place, QUOTE_CHARACTERS) : null;
    if (!quote) return [];
    return [
      new ClaimDraft('label.boxed@1')
        .put('product', cite(label.facts.brandName ?? label.facts.genericName))
        .put('quote', cite(quote))
        .build(),
    ];
  });
}

function reaction(
  evidence: EvidenceOf<'adverse-event'>,
  indications: EvidenceOf<'indication'>[],
): DraftedClaim {
  const { facts } = evidence;
  const cite = citing(evidence);
  const a = cite(facts.a);
  const drugTotal = cite(facts.drugTotal);
  const counts =
    facts.reactionTotal && facts.total
      ? disproportionality({
          a: said(facts.a),
          drugTotal: said(facts.drugTotal),
          reactionTotal: said(facts.reactionTotal),
          total: said(facts.total),
        })
      : null;
  const draft = new ClaimDraft(counts ? 'reaction.ratio@1' : 'reaction.count@1')
    .derive('reaction', 'reaction@1', cite(facts.reaction))
    .derive('a', 'number@1', a)
    .derive('drugTotal', 'number@1', drugTotal);
  if (!counts) return draft.build();
  return draft
    .derive('ratio', 'prr@1', a, drugTotal, cite(facts.reactionTotal), cite(facts.total))
    .derive('prr', 'prr.ratio@1', 'ratio')
    .derive('low', 'prr.low@1', 'ratio')
    .derive('high', 'prr.high@1', 'ratio')
    .derive('chi', 'prr.chi-squared@1', 'ratio')
    .derive('signal', 'prr.signal@1', 'ratio')
    .deriveIf(
      'indication',
      'reaction.is-indication@1',
      cite(facts.reaction),
      indicationNamed(said(facts.reaction), indications),
    )
    .build();
}

function indicationNamed(reaction: string, indications: EvidenceOf<'indication'>[]): Cite | null {
  for (const indication of indications) {
    const { meshHeading, efoTerm } = indication.facts;
    for (const term of [meshHeading, efoTerm]) {
      if (term && said(term).toLowerCase() === reaction.toLowerCase()) {
        return citing(indication)(term);
      }
    }
  }
  return null;
}

/** Block 2: which compound this is, in the words of the identity sources. */
import { type Cited, type EvidenceOf, said } from '@/server/evidence/schema';
import { recordedPhase } from '@/server/evidence/understand/phase';
import { ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import { type Material, ofKind } from './block';

const MAX_SYNONYMS = 8;
const TEMPLATES: Partial<Record<string, string>> = {
  pubchem: 'compound.pubchem@1',
  chembl: 'compound.chembl@1',
  opentargets: 'compound.opentargets@1',
};

export function identityClaims(material: Material): DraftedClaim[] {
  const compounds = ofKind(material.evidence, 'compound');
  return [
    ...compounds.flatMap(description),
    // One record's other names do; those of the next repeat them.
    ...compounds.flatMap(synonyms).slice(0, 1),
    ...compounds.flatMap(development),
  ];
}

function description(compound: EvidenceOf<'compound'>): DraftedClaim[] {
  const template = TEMPLATES[compound.source];
  const { facts } = compound;
  if (!template || !facts.name) return [];
  const cite = citing(compound);
  return [
    new ClaimDraft(template)
      .put('name', cite(facts.name))
      .deriveIf('type', 'lower@1', cite(facts.moleculeType))
      .put('inchiKey', cite(facts.inchiKey))
      .put('formula', cite(facts.formula))
      .put('massDa', cite(facts.massDa))
      .build(),
  ];
}

function synonyms(compound: EvidenceOf<'compound'>): DraftedClaim[] {
  const { name } = compound.facts;
  const seen = new Set([said(name)?.toLowerCase()]);
  const others = compound.facts.synonyms.filter((synonym) => {
    const key = said(synonym).toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
  if (!name || others.length === 0) return [];
  const cite = citing(compound);
  return [
    new ClaimDraft('compound.synonyms@1')
      .put('name', cite(name))
      .derive('synonyms', 'join@1', ...others.slice(0, MAX_SYNONYMS).map(cite))
      .build(),
  ];
}

function development(compound: EvidenceOf<'compound'>): DraftedClaim[] {
  const { name, maxPhase, firstApproval } = compound.facts;
  // A stage that is not in the vocabulary of phases says nothing that could be worded.
  if (!name || !maxPhase || recordedPhase(stageOf(maxPhase)) === null) return [];
  const cite = citing(compound);
  return [
    new ClaimDraft('compound.development@1')
      .put('name', cite(name))
      .derive('maxPhase', 'phase.recorded@1', cite(maxPhase))
      .put('firstApproval', cite(firstApproval))
      .build(),
  ];
}

function stageOf(cited: NonNullable<EvidenceOf<'compound'>['facts']['maxPhase']>) {
  return said<string | number>(cited as Cited<string | number>);
}

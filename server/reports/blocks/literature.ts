/** Block 7 and the literature's part of block 10: what articles say, with the words that show it. */
import { type EvidenceOf, said } from '@/server/evidence/schema';
import type { Assessment } from '@/server/evidence/score';
import { retractionState } from '@/server/evidence/understand/retraction';
import { compareText } from '../canonical';
import { type Cite, ClaimDraft, citing, type DraftedClaim } from '../claim-draft';
import type { Disease } from '../derivations/disease';
import type { ReportFacts } from '../derive';
import type { Candidate } from '../schema';
import { absenceClaim } from './absence';
import { type StanceCites, stanceCites } from './article-quotes';
import { type Material, ofKind } from './block';
import type { CandidateCiter } from './candidate';
import { citeNames } from './indication-cites';

type Article = EvidenceOf<'article'>;

/** An article that speaks one way on one indication. */
interface Speaking {
  article: Article;
  stance: 'supports' | 'contradicts';
  cites: StanceCites;
  names: Cite[];
}

export function literatureClaims(
  material: Material,
  assessment: Assessment,
  citer: CandidateCiter,
  report: ReportFacts,
): DraftedClaim[] {
  const articles = ofKind(material.evidence, 'article');
  if (articles.length === 0) return absenceClaim(material, 'articles', 'articles.none@1');
  const count = new ClaimDraft('articles.found@1').derive(
    'count',
    'articles.count@1',
    ...articles.map((article) => citing(article)(article.facts.title)),
  );
  const byIndication = rankedKeys(assessment).map((key) =>
    speakingOn(key, material, assessment, citer, report),
  );
  return [
    count.build(),
    ...articles.filter(isRetracted).map(retractedClaim),
    ...byIndication.flatMap((speaking) =>
      speaking
        .sort((a, b) => compareText(a.stance, b.stance) || compareText(a.article.id, b.article.id))
        .map((one) => speakingClaim(one, citer)),
    ),
    ...byIndication.flatMap((speaking) => contradictionClaim(speaking, citer)),
  ];
}

/** Keys of candidates in the order of the report. */
function rankedKeys({ candidates, features }: Assessment): string[] {
  const keyOf = new Map(features.candidates.map((one) => [one.indication, one.key]));
  return candidates.flatMap(({ indication }: Candidate) => keyOf.get(indication) ?? []);
}

function isRetracted({ facts }: Article): boolean {
  const types = facts.publicationTypes.map((type) => said(type));
  const notices = facts.notices?.map(({ type }) => said(type)) ?? null;
  return retractionState(types, notices) === 'retracted';
}

function work(draft: ClaimDraft, article: Article): ClaimDraft {
  const cite = citing(article);
  const { title, journal, year } = article.facts;
  return draft
    .derive('title', 'title@1', cite(title))
    .put('journal', cite(journal))
    .put('year', cite(year));
}

function retractedClaim(article: Article): DraftedClaim {
  const { facts } = article;
  const cite = citing(article);
  return work(new ClaimDraft('article.retracted@1'), article)
    .derive('types', 'article.types@1', ...facts.publicationTypes.map(cite))
    .derive('notices', 'article.notices@1', ...(facts.notices ?? []).map(({ type }) => cite(type)))
    .derive('state', 'article.retracted@1', 'types', 'notices')
    .build();
}

function speakingOn(
  key: string,
  material: Material,
  assessment: Assessment,
  citer: CandidateCiter,
  report: ReportFacts,
): Speaking[] {
  const features = assessment.features.candidates.find((one) => one.key === key);
  const ids = new Set(features?.evidenceIds);
  const own = material.evidence.filter(({ id }) => ids.has(id));
  const names = citeNames(key, own);
  const [first] = names;
  if (!first) return [];
  const terms = names.map(({ place }) => said(place as never) as unknown as string);
  const disease: Disease = { key: '', indication: terms[0] ?? '', terms, names: [], efo: [] };
  return ofKind(own, 'article').flatMap((article) => {
    const stance = citer.stanceIn(article, key);
    const level = citer.levelOf(article);
    if (!stance || stance.stance === 'unclear' || !level || isRetracted(article)) return [];
    const molecule = citer.namesFor([article]).map(({ name }) => name);
    const cites = stanceCites(article, stance, level, disease, molecule, report);
    return cites ? [{ article, stance: stance.stance, cites, names }] : [];
  });
}

function fill(draft: ClaimDraft, one: Speaking, citer: CandidateCiter, index: number): string {
  const slot = `toward${index}`;
  citer.fillArticle(draft, `article${index}`, one.cites.level);
  citer.fillNames(draft, `names${index}`, citer.namesFor([one.article]));
  draft.derive(
    slot,
    'article.toward@1',
    `article${index}`,
    'disease',
    `names${index}`,
    one.cites.label,
    ...one.cites.sentences,
  );
  return slot;
}

function speakingClaim(one: Speaking, citer: CandidateCiter): DraftedClaim {
  const draft = work(new ClaimDraft('article.speaks@1'), one.article).derive(
    'disease',
    'disease.named@1',
    ...one.names,
  );
  const slot = fill(draft, one, citer, 0);
  draft
    .derive('indication', 'disease.name@1', 'disease')
    .derive('stance', 'article.stance@1', slot)
    .derive('level', 'article.level@1', slot)
    .derive('standing', 'article.standing@1', slot);
  if (one.cites.sentences.length > 0) {
    draft.derive('quote', 'quotes@1', ...one.cites.sentences);
  }
  return draft.build();
}

function contradictionClaim(speaking: Speaking[], citer: CandidateCiter): DraftedClaim[] {
  const [first] = speaking;
  const isMixed = new Set(speaking.map(({ stance }) => stance)).size === 2;
  if (!first || !isMixed) return [];
  const draft = new ClaimDraft('gap.contradiction@1')
    .derive('disease', 'disease.named@1', ...first.names)
    .derive('indication', 'disease.name@1', 'disease');
  const slots = speaking.map((one, index) => ({
    stance: one.stance,
    slot: fill(draft, one, citer, index),
  }));
  const having = (stance: Speaking['stance']) =>
    slots.filter((one) => one.stance === stance).map(({ slot }) => slot);
  return [
    draft
      .derive('supporting', 'articles.supporting@1', ...having('supports'))
      .derive('contradicting', 'articles.contradicting@1', ...having('contradicts'))
      .build(),
  ];
}

/**
 * Block 3 and what follows from it: for each candidate everything its score rests on is cited, so that
 * support, against, label and counts can be computed again from the citations.
 */
import { type Evidence, type EvidenceOf, type Json, said } from '@/server/evidence/schema';
import type { Assessment } from '@/server/evidence/score';
import type { ArticleUnderstanding, CandidateFeatures } from '@/server/evidence/score/features';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { type Cite, type ClaimDraft, citing, type Input } from '../claim-draft';
import type { Disease } from '../derivations/disease';
import { TRIAL_FIELDS } from '../derivations/trial-fields';
import { trialParts } from '../derivations/trial-record';
import type { ReportFacts } from '../derive';
import { atPointer, type Body } from '../places';
import { slotValue } from '../slots';
import { type LevelCites, levelCites, stanceCites } from './article-quotes';
import { type Material, ofKind } from './block';
import { citeIndication, type IndicationCites } from './indication-cites';
import { ASKED_NAME, type KnownName, knownNames, nameInputs, namesUsed } from './subject-names';

type Trial = EvidenceOf<'trial'>;
type Article = EvidenceOf<'article'>;

/** Looks up what a job knows, once for all candidates. */
export class CandidateCiter {
  private readonly byId: Map<string, Evidence>;
  private readonly bodies: Map<string, Body>;
  private readonly understood: Map<string, ArticleUnderstanding>;
  private readonly names: KnownName[];
  private readonly levels = new Map<string, LevelCites | null>();
  private readonly used = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly material: Material,
    private readonly assessment: Assessment,
    private readonly report: ReportFacts,
  ) {
    this.byId = new Map(material.evidence.map((item) => [item.id, item]));
    this.bodies = new Map(material.answers.map(({ sha256, body }) => [sha256, body]));
    this.understood = new Map(
      assessment.understanding.flatMap((item) =>
        item.kind === 'article' ? [[item.evidenceId, item] as const] : [],
      ),
    );
    this.names = knownNames(material);
  }

  /** Fills a draft's slots up to `scored`; false when something it needs cannot be cited. */
  fill(draft: ClaimDraft, features: CandidateFeatures): boolean {
    const own = features.evidenceIds.flatMap((id) => this.byId.get(id) ?? []);
    const trials = ofKind(own, 'trial');
    const articles = ofKind(own, 'article').filter((article) =>
      this.stanceIn(article, features.key),
    );
    const names = this.namesFor([...trials, ...articles]);
    this.fillNames(draft, 'names', names);

    const indication = citeIndication(
      features.key,
      own,
      this.material.evidence,
      this.assessment.features.requested?.key === features.key,
    );
    if (!indication) return false;
    draft.derive('key', 'join@1', indication.key);
    const isAsked = this.assessment.features.requested?.key === features.key;
    if (isAsked) draft.derive('asked', 'report.asked-indication@1');

    if (!this.fillTrials(draft, trials)) return false;
    this.fillStated(draft, ofKind(own, 'indication'), indication.terms);
    draft.derive(
      'disease',
      'disease.of@1',
      'key',
      isAsked ? 'asked' : null,
      'vocabulary',
      'trials',
    );
    this.fillApprovals(draft, features);
    this.fillArticles(draft, articles, features, names);
    draft.derive(
      'features',
      'candidate.features@1',
      'disease',
      'readings',
      'stated',
      'approvals',
      'articles',
    );
    draft
      .derive('clinicaltrials', 'report.outcome.clinicaltrials@1')
      .derive('openfda', 'report.outcome.openfda@1')
      .derive('chembl', 'report.outcome.chembl@1');
    this.fillWithdrawal(draft);
    draft.derive(
      'scored',
      'candidate.scored@1',
      'features',
      'withdrawal',
      'clinicaltrials',
      'openfda',
      'chembl',
    );
    return true;
  }

  fillNames(draft: ClaimDraft, slot: string, names: readonly KnownName[]): void {
    if (names.some(({ cite }) => cite === null)) draft.derive(ASKED_NAME, 'report.subject-name@1');
    draft.derive(slot, 'molecule.names@1', ...nameInputs(names));
  }

  /** What a slot of a draft comes to. Throws NotDerivable. */
  said<T>(draft: ClaimDraft, slot: string): T {
    return slotValue(draft.basis(), this.report, slot) as unknown as T;
  }

  approvalOf({ approvedBy }: CandidateFeatures): Cite | null {
    if (!approvedBy) return null;
    const { evidenceId, ...place } = approvedBy;
    return { evidenceId, place } as Cite;
  }

  stanceIn(article: Article, key: string): ArticleUnderstanding['stances'][number] | null {
    const understood = this.understood.get(article.id);
    return understood?.stances.find(({ candidate }) => candidate === key) ?? null;
  }

  namesFor(records: readonly (Trial | Article)[]): KnownName[] {
    const used = new Set(records.flatMap((record) => [...this.namesIn(record)]));
    const names = this.names.filter(({ name }) => used.has(name));
    return names.length > 0 ? names : this.names.slice(0, 1);
  }

  levelOf(article: Article): LevelCites | null {
    const known = this.levels.get(article.id);
    if (known !== undefined) return known;
    const cites = levelCites(article, this.understood.get(article.id)?.level ?? null);
    this.levels.set(article.id, cites);
    return cites;
  }

  private namesIn(record: Trial | Article): ReadonlySet<string> {
    const known = this.used.get(record.id);
    if (known) return known;
    const names = new Set(namesUsed(this.names, textsOf(record)).map(({ name }) => name));
    this.used.set(record.id, names);
    return names;
  }

  private fillTrials(draft: ClaimDraft, trials: readonly Trial[]): boolean {
    for (const [index, trial] of trials.entries()) {
      const parts = this.partsOf(trial);
      if (!parts) return false;
      draft.derive(`trial${index}`, 'trial.read@1', ...parts);
    }
    draft.derive('trials', 'list@1', ...trials.map((_, index) => `trial${index}`));
    draft.derive('readings', 'trials.understand@1', 'names', 'vocabulary', 'trials');
    return true;
  }

  /** The parts of a registry record that reading it rests on. */
  private partsOf(trial: Trial): Input[] | null {
    const { nctId } = trial.facts;
    const body = this.bodies.get(nctId.snapshotSha256);
    if (!body || !('pointer' in nctId)) return null;
    const root = nctId.pointer.slice(0, -TRIAL_FIELDS.nct.tail.length);
    const study = atPointer(body.json(), root);
    if (study === undefined) return null;
    return trialParts(study).map((tail): Cite | null => {
      if (tail === null) return null;
      const value = atPointer(study, tail) as Json;
      const pointer = root + tail;
      return {
        evidenceId: trial.id,
        place: { snapshotSha256: nctId.snapshotSha256, pointer, value },
      };
    });
  }

  private fillStated(
    draft: ClaimDraft,
    indications: readonly EvidenceOf<'indication'>[],
    terms: IndicationCites['terms'],
  ): void {
    for (const [index, indication] of indications.entries()) {
      const { meshId, meshHeading, efoId, efoTerm, maxPhase } = indication.facts;
      const cite = citing(indication);
      draft.derive(
        `stated${index}`,
        'disease.stated@1',
        ...[meshId, meshHeading, efoId, efoTerm, maxPhase].map(cite),
      );
    }
    for (const [index, { derivation, id, term }] of terms.entries()) {
      draft.derive(`term${index}`, derivation, id, term);
    }
    const stated = indications.map((_, index) => `stated${index}`);
    draft.derive('stated', 'list@1', ...stated);
    draft.derive('vocabulary', 'list@1', ...stated, ...terms.map((_, index) => `term${index}`));
  }

  private fillApprovals(draft: ClaimDraft, features: CandidateFeatures): void {
    if (!features.approvedBy) {
      draft.derive('approvals', 'list@1');
      return;
    }
    draft.derive('approval', 'approval.by@1', 'disease', this.approvalOf(features));
    draft.derive('approvals', 'list@1', 'approval');
  }

  private fillArticles(
    draft: ClaimDraft,
    articles: readonly Article[],
    features: CandidateFeatures,
    names: readonly KnownName[],
  ): void {
    const read: string[] = [];
    const disease = this.said<Disease>(draft, 'disease');
    for (const [index, article] of articles.entries()) {
      const level = this.levelOf(article);
      const stance = this.stanceIn(article, features.key);
      if (!level || !stance) continue;
      const cites = stanceCites(
        article,
        stance,
        level,
        disease,
        names.map(({ name }) => name),
        this.report,
      );
      this.fillArticle(draft, `article${index}`, cites?.level ?? level);
      const slot = `toward${index}`;
      if (cites) {
        draft.derive(
          slot,
          'article.toward@1',
          `article${index}`,
          'disease',
          'names',
          cites.label,
          ...cites.sentences,
        );
      } else {
        draft.derive(slot, 'article.undecided@1', `article${index}`);
      }
      read.push(slot);
    }
    draft.derive('articles', 'list@1', ...read);
  }

  fillArticle(draft: ClaimDraft, slot: string, level: LevelCites): void {
    draft
      .derive(`${slot}Types`, 'article.types@1', ...level.types)
      .derive(`${slot}Headings`, 'article.headings@1', ...level.headings)
      .derive(`${slot}Words`, 'article.words@1', ...level.words);
    if (level.notices) draft.derive(`${slot}Notices`, 'article.notices@1', ...level.notices);
    draft.derive(
      slot,
      'article.read@1',
      level.title,
      `${slot}Types`,
      `${slot}Headings`,
      `${slot}Words`,
      level.notices ? `${slot}Notices` : null,
    );
  }

  /** Withdrawals stated anywhere, and one proof that the molecule is approved today. */
  private fillWithdrawal(draft: ClaimDraft): void {
    const { evidence } = this.material;
    const statements: string[] = [];
    const add = (derivation: string, ...cites: (Cite | null)[]) => {
      const slot = `withdrawal${statements.length}`;
      draft.derive(slot, derivation, ...cites);
      statements.push(slot);
    };
    for (const warning of ofKind(evidence, 'warning')) {
      const { type, toxicityClass, description } = warning.facts;
      const cite = citing(warning);
      if (!/withdraw/i.test(said(type))) continue;
      add('withdrawal.warning@1', cite(type), cite(toxicityClass), cite(description));
    }
    for (const compound of ofKind(evidence, 'compound')) {
      const { withdrawn } = compound.facts;
      if (withdrawn) add('withdrawal.flag@1', citing(compound)(withdrawn));
    }
    const today = statements.length > 0 ? this.approvedToday() : null;
    if (today) add(today.derivation, today.cite);
    this.fillNames(draft, 'marketNames', today?.names ?? this.names.slice(0, 1));
    draft.derive('withdrawal', 'withdrawal.of@1', 'marketNames', 'openfda', ...statements);
  }

  private approvedToday(): { derivation: string; cite: Cite | null; names: KnownName[] } | null {
    const { evidence } = this.material;
    for (const approval of ofKind(evidence, 'approval')) {
      const marketed = approval.facts.products.find(({ status }) =>
        /^(?:prescription|over-the-counter)$/i.test(said(status) ?? ''),
      );
      if (!marketed) continue;
      const cite = citing(approval)(marketed.status);
      return { derivation: 'approval.marketed@1', cite, names: this.names.slice(0, 1) };
    }
    for (const label of ofKind(evidence, 'label')) {
      for (const title of [label.facts.genericName, label.facts.brandName]) {
        const names = this.names.filter(({ name }) => title && namesMolecule(said(title), [name]));
        if (names.length > 0) {
          return { derivation: 'label.named@1', cite: citing(label)(title), names };
        }
      }
    }
    return null;
  }
}

/** Everything in a record that may name the molecule. */
function textsOf(record: Trial | Article): string[] {
  if (record.kind === 'article') {
    return [record.facts.title, ...record.facts.abstract.map(({ text }) => text)].map((text) =>
      said(text),
    );
  }
  const { interventions, arms, primaryAnalyses } = record.facts;
  return [
    ...interventions.flatMap(({ name, otherNames }) => [name, ...otherNames]),
    ...arms.flatMap(({ interventionNames }) => interventionNames),
    ...primaryAnalyses.flatMap(({ groupTitles }) => groupTitles),
  ].map((text) => said(text));
}

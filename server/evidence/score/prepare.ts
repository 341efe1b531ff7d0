/** From evidence to features: everything slow, once; no weight enters here. */
import {
  type Citation,
  type Evidence,
  type EvidenceOf,
  type Outcome,
  type SourceId,
  type Subject,
  said,
} from '@/server/evidence/schema';
import { approvingSentence, isApprovedPhase } from '@/server/evidence/understand/approved';
import { DiseaseIndex, diseasePhrases, exactKey } from '@/server/evidence/understand/disease-names';
import {
  generality,
  isBroader,
  isMeshDescriptor,
  keyOfName,
  keysOfIndication,
  nameBag,
  type Vocabulary,
  vocabularyId,
  vocabularyOf,
} from '@/server/evidence/understand/indications';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { recordedPhase } from '@/server/evidence/understand/phase';
import { placeWithin } from '@/server/evidence/understand/place';
import { byCodeUnit, sortedUnique } from '@/server/evidence/understand/text';
import { type CandidateDraft, candidateFeatures } from './candidate';
import {
  type ArticleUnderstanding,
  FEATURES_FORMAT,
  type ScoreFeatures,
  type Understanding,
} from './features';
import { type ArticleTargets, readArticle } from './read-article';
import { type ReadTrial, readTrial } from './read-trial';
import { withdrawalOf } from './withdrawal';

export interface AssessmentInput {
  subject: Pick<Subject, 'name' | 'names'>;
  /** Without duplicates. Order does not matter. */
  evidence: readonly Evidence[];
  /** A source that is missing was not searched. */
  outcomes: Partial<Record<SourceId, Outcome>>;
  /** The indication asked for by name or vocabulary id. */
  indication?: string | undefined;
}

export function prepare(input: AssessmentInput): {
  features: ScoreFeatures;
  understanding: Understanding[];
} {
  const names = sortedUnique([input.subject.name, ...input.subject.names]);
  const evidence = [...input.evidence].sort((a, b) => byCodeUnit(a.id, b.id));
  const ofKind = <K extends Evidence['kind']>(kind: K) =>
    evidence.filter((item): item is EvidenceOf<K> => item.kind === kind);
  const outcomeOf = (source: SourceId): Outcome => input.outcomes[source] ?? 'not-searched';

  const indications = ofKind('indication');
  const articles = ofKind('article');
  const vocabulary = vocabularyFrom(indications, ofKind('trial'), articles);
  const trials = ofKind('trial').map((trial) => readTrial(trial, names, vocabulary));

  const drafts = new Drafts(vocabulary);
  for (const trial of trials) drafts.addTrial(trial);
  for (const indication of indications) drafts.addIndication(indication);
  const asked = input.indication?.trim();
  const requested = asked ? { text: asked, key: drafts.request(asked) } : null;

  const targets = drafts.targets();
  for (const label of ofKind('label')) drafts.addLabel(label, names, targets);
  const read = articles.map((article) => readArticle(article, names, targets));
  for (const article of read) drafts.addArticle(article);

  const candidates = drafts.all().map((draft) => candidateFeatures(draft));
  const approved = candidates
    .filter((candidate) => candidate.approved)
    .map(({ indication }) => ({ indication, bag: nameBag(indication) }));
  for (const candidate of candidates) {
    if (candidate.approved) continue;
    const bag = nameBag(candidate.indication);
    const narrower = approved.find((use) => isBroader(bag, use.bag));
    candidate.broaderThanApproved = narrower?.indication ?? null;
  }
  return {
    features: {
      format: FEATURES_FORMAT,
      molecule: input.subject.name,
      outcomes: {
        clinicaltrials: outcomeOf('clinicaltrials'),
        openfda: outcomeOf('openfda'),
        chembl: outcomeOf('chembl'),
      },
      withdrawal: withdrawalOf(evidence, names, outcomeOf('openfda')),
      candidates,
      requested,
    },
    understanding: [...trials.map(({ understood }) => understood), ...read].sort((a, b) =>
      byCodeUnit(a.evidenceId, b.evidenceId),
    ),
  };
}

function vocabularyFrom(
  indications: readonly EvidenceOf<'indication'>[],
  trials: readonly EvidenceOf<'trial'>[],
  articles: readonly EvidenceOf<'article'>[],
): Vocabulary {
  const stated = indications.map((indication) => statedDisease(indication));
  const terms = (mesh: EvidenceOf<'trial'>['facts']['conditionMesh']) =>
    mesh.flatMap(({ id, term }) => {
      const meshId = said(id);
      return meshId !== null && isMeshDescriptor(meshId) ? [{ meshId, name: said(term) }] : [];
    });
  return vocabularyOf(
    stated.flatMap(({ meshId, efoId }) => (meshId && efoId ? [{ meshId, efoId }] : [])),
    [
      ...trials.flatMap((trial) => terms(trial.facts.conditionMesh)),
      ...stated.flatMap(({ meshId, meshName }) =>
        meshId && meshName ? [{ meshId, name: meshName }] : [],
      ),
    ],
    articles.flatMap((article) => terms(article.facts.mesh)),
  );
}

function statedDisease({ facts, title }: EvidenceOf<'indication'>) {
  const meshId = said(facts.meshId);
  const efoId = said(facts.efoId);
  const meshName = said(facts.meshHeading);
  return {
    meshId: meshId !== null && isMeshDescriptor(meshId) ? meshId : null,
    meshName,
    efoId: efoId === null ? null : vocabularyId(efoId),
    name: meshName ?? said(facts.efoTerm) ?? title,
    efoName: said(facts.efoTerm),
  };
}

/** Candidates under construction, by key. */
class Drafts {
  private readonly byKey = new Map<string, CandidateDraft>();

  constructor(private readonly vocabulary: Vocabulary) {}

  all(): CandidateDraft[] {
    return [...this.byKey.values()].sort((a, b) => byCodeUnit(a.key, b.key));
  }

  addTrial(trial: ReadTrial): void {
    for (const { key, name, isDescriptor } of trial.named) {
      const draft = this.draft(key);
      draft.trials.push(trial);
      (isDescriptor ? draft.terms : draft.names).add(name);
    }
  }

  addIndication(evidence: EvidenceOf<'indication'>): void {
    const stated = statedDisease(evidence);
    const cited = evidence.facts.maxPhase;
    const phase = recordedPhase(said(cited as never) as string | number | null);
    for (const key of keysOfIndication(stated, this.vocabulary)) {
      const draft = this.draft(key);
      if (stated.meshName) draft.terms.add(stated.meshName);
      if (stated.efoName) draft.names.add(stated.efoName);
      if (!stated.meshName && !stated.efoName) draft.names.add(stated.name);
      draft.recorded.push({ evidenceId: evidence.id, phase, source: evidence.source });
      if (cited && evidence.source === 'chembl' && isApprovedPhase(said(cited as never))) {
        draft.approvals.push({ ...cited, evidenceId: evidence.id } as Citation);
      }
    }
  }

  /** The candidate that a free text or vocabulary id names; made where there is none. */
  request(text: string): string {
    const id = vocabularyId(text);
    const byId = [...this.byKey.keys()].find((key) => key === id);
    const byEfo = this.vocabulary.meshOfEfo.get(id);
    if (byId) return byId;
    if (byEfo?.length === 1) return byEfo[0]!;
    const wanted = exactKey(text);
    const byName = this.all().find((draft) =>
      [...draft.terms, ...draft.names].some((name) => exactKey(name) === wanted),
    );
    const key = byName?.key ?? keyOfName(text, this.vocabulary);
    this.draft(key).names.add(text);
    return key;
  }

  targets(): ArticleTargets {
    const diseases = new Map(
      this.all()
        .filter((draft) => generality(draft.indication()) !== 'qualifier')
        .map((draft) => [
          draft.key,
          {
            name: draft.indication(),
            phrases: diseasePhrases([...draft.terms, ...draft.names]),
          },
        ]),
    );
    const keysOfName = new Map<string, string[]>();
    for (const draft of this.all()) {
      for (const name of draft.terms) {
        const key = exactKey(name);
        keysOfName.set(key, sortedUnique([...(keysOfName.get(key) ?? []), draft.key]));
      }
    }
    const index = new DiseaseIndex([...diseases].map(([key, { phrases }]) => ({ key, phrases })));
    return { diseases, index, keysOfName };
  }

  addLabel(label: EvidenceOf<'label'>, names: readonly string[], targets: ArticleTargets): void {
    const titles = [said(label.facts.genericName), said(label.facts.brandName)];
    const named = titles.filter((title) => title !== null);
    if (named.length > 0 && !named.some((title) => namesMolecule(title, names))) return;
    for (const indications of label.facts.indications) {
      const text = said(indications);
      for (const key of [...targets.index.namedIn(text)].sort(byCodeUnit)) {
        const place = approvingSentence(text, targets.diseases.get(key)!.phrases);
        const cited = place && placeWithin(indications, place.start, place.end);
        if (cited) this.draft(key).approvals.push({ ...cited, evidenceId: label.id } as Citation);
      }
    }
  }

  addArticle(article: ArticleUnderstanding): void {
    for (const stance of article.stances) {
      this.draft(stance.candidate).articles.push({ article, stance: stance.stance });
    }
  }

  private draft(key: string): CandidateDraft {
    const known = this.byKey.get(key);
    if (known) return known;
    const terms = new Set<string>();
    const names = new Set<string>();
    const draft: CandidateDraft = {
      key,
      efo: isMeshDescriptor(key) ? [...(this.vocabulary.efoOfMesh.get(key) ?? [])] : [],
      terms,
      names,
      indication: () => shownName(terms.size > 0 ? terms : names, key),
      trials: [],
      recorded: [],
      approvals: [],
      articles: [],
    };
    this.byKey.set(key, draft);
    return draft;
  }
}

/** ChEMBL writes headings in capitals; the form that registries write is preferred. */
export function shownName(names: ReadonlySet<string>, key: string): string {
  const isShouted = (name: string) => (/\p{Ll}/u.test(name) ? 0 : 1);
  return (
    [...names].sort((a, b) => isShouted(a) - isShouted(b) || byCodeUnit(a, b))[0] ??
    key.replace(/^unmapped:/, '')
  );
}

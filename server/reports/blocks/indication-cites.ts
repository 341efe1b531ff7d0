/** Where records state which indication a candidate is: its key, and the terms that join wordings to it. */
import {
  type Cited,
  type CitedTerm,
  type Evidence,
  type EvidenceOf,
  said,
} from '@/server/evidence/schema';
import { exactKey, looseKey } from '@/server/evidence/understand/disease-names';
import {
  isMeshDescriptor,
  keyOfName,
  keysOfConditions,
  keysOfIndication,
  type Vocabulary,
  vocabularyId,
} from '@/server/evidence/understand/indications';
import { type Cite, citing, type Input } from '../claim-draft';
import { type Stated, vocabularyFrom } from '../derivations/disease';
import { ofKind } from './block';

export interface IndicationCites {
  /** A descriptor, vocabulary id or name from which the key follows. */
  key: Input;
  /** Index terms of other records, needed where own records only use words. */
  terms: { derivation: 'disease.term@1' | 'disease.heading@1'; id: Cite; term: Cite }[];
}

/** Null when no record states the key. `own` are the candidate's records, `all` the job's. */
export function citeIndication(
  key: string,
  own: readonly Evidence[],
  all: readonly Evidence[],
  isAsked: boolean,
): IndicationCites | null {
  const trials = ofKind(own, 'trial');
  const stated = ofKind(own, 'indication').map(statedOf);
  const vocabulary = vocabularyFrom(stated, trials.map(meshOf));
  const wordings = [
    ...trials
      .filter((trial) => !keysOfTrial(trial, vocabulary).includes(key))
      .flatMap(conditionsOf),
    ...stated
      .filter((one) => !keysOfIndication(asDisease(one), vocabulary).includes(key))
      .map((one) => asDisease(one).name),
  ];
  const terms = isMeshDescriptor(key) && wordings.length > 0 ? termsOf(key, wordings, all) : [];
  const cited = keyIn(key, own) ?? terms[0]?.id ?? (isAsked ? 'asked' : null);
  return cited === null ? null : { key: cited, terms };
}

/** Places of an indication's names in its own records, index terms first. */
export function citeNames(key: string, own: readonly Evidence[]): Cite[] {
  const names = new Map<string, Cite>();
  const add = (item: Evidence, place: Cited<string> | null) => {
    const cite = citing(item)(place);
    if (place && cite && !names.has(said(place))) names.set(said(place), cite);
  };
  for (const trial of ofKind(own, 'trial')) {
    for (const { id, term } of trial.facts.conditionMesh) if (said(id) === key) add(trial, term);
  }
  for (const indication of ofKind(own, 'indication')) {
    add(indication, indication.facts.meshHeading ?? indication.facts.efoTerm);
  }
  if (names.size > 0) return [...names.values()];
  for (const trial of ofKind(own, 'trial')) {
    for (const condition of trial.facts.conditions) {
      if (keyOfName(said(condition), NOTHING_STATED) === key) add(trial, condition);
    }
  }
  return [...names.values()];
}

const NOTHING_STATED = vocabularyFrom([], []);

function keyIn(key: string, own: readonly Evidence[]): Cite | null {
  for (const item of own) {
    const cite = citing(item);
    if (item.kind === 'trial') {
      const { conditionMesh, conditions } = item.facts;
      const mesh = conditionMesh.find(({ id }) => said(id) === key);
      if (mesh) return cite(mesh.id);
      const worded = conditions.find((name) => keyOfName(said(name), NOTHING_STATED) === key);
      if (worded) return cite(worded);
    }
    if (item.kind === 'indication') {
      const { meshId, efoId, meshHeading, efoTerm } = item.facts;
      if (said(meshId) === key) return cite(meshId);
      if (efoId && vocabularyId(said(efoId)) === key) return cite(efoId);
      const name = meshHeading ?? efoTerm;
      if (name && keyOfName(said(name), NOTHING_STATED) === key) return cite(name);
    }
  }
  return null;
}

/** Index terms of a descriptor that stand for one of these wordings; a trial's before an article's. */
function termsOf(
  key: string,
  wordings: readonly string[],
  all: readonly Evidence[],
): IndicationCites['terms'] {
  const exact = new Set(wordings.map(exactKey));
  const loose = new Set(wordings.map(looseKey));
  const found: IndicationCites['terms'] = [];
  const search = <K extends 'trial' | 'article'>(
    kind: K,
    terms: (item: EvidenceOf<K>) => readonly CitedTerm[],
    isMeant: (name: string) => boolean,
  ) => {
    for (const item of ofKind(all, kind)) {
      const cite = citing(item);
      const match = terms(item).find(({ id, term }) => said(id) === key && isMeant(said(term)));
      const id = cite(match?.id);
      const term = cite(match?.term);
      if (!id || !term) continue;
      const derivation = kind === 'trial' ? 'disease.term@1' : 'disease.heading@1';
      found.push({ derivation, id, term });
      return;
    }
  };
  search(
    'trial',
    ({ facts }) => facts.conditionMesh,
    (name) => exact.has(exactKey(name)) || loose.has(looseKey(name)),
  );
  search(
    'article',
    ({ facts }) => facts.mesh,
    (name) => exact.has(exactKey(name)),
  );
  return found;
}

function statedOf({ id, facts }: EvidenceOf<'indication'>): Stated {
  const meshId = said(facts.meshId);
  const efoId = said(facts.efoId);
  return {
    evidenceId: id,
    meshId: meshId !== null && isMeshDescriptor(meshId) ? meshId : null,
    meshName: said(facts.meshHeading),
    efoId: efoId === null ? null : vocabularyId(efoId),
    efoName: said(facts.efoTerm),
    phase: null,
    kind: 'record',
  };
}

function asDisease({ meshId, efoId, meshName, efoName }: Stated) {
  return { meshId, efoId, name: meshName ?? efoName ?? '' };
}

function meshOf({ facts }: EvidenceOf<'trial'>) {
  return {
    conditionMesh: facts.conditionMesh.map(({ id, term }) => ({ id: said(id), term: said(term) })),
  };
}

function conditionsOf({ facts }: EvidenceOf<'trial'>): string[] {
  return facts.conditions.map((condition) => said(condition));
}

function keysOfTrial(trial: EvidenceOf<'trial'>, vocabulary: Vocabulary): string[] {
  const { conditionMesh } = meshOf(trial);
  return keysOfConditions(conditionMesh, conditionsOf(trial), vocabulary).map(({ key }) => key);
}

/** Derivations that tell which indication records speak of, by the ids and names they state. */
import type { Json } from '@/server/evidence/schema';
import { shownName } from '@/server/evidence/score/prepare';
import {
  isMeshDescriptor,
  keyOfName,
  keysOfIndication,
  type Vocabulary,
  vocabularyId,
  vocabularyOf,
} from '@/server/evidence/understand/indications';
import { type PhaseKey, recordedPhase } from '@/server/evidence/understand/phase';
import {
  type Derivation,
  type Derivations,
  type Field,
  listOf,
  objectOf,
  pure,
  textOf,
  textOrNull,
} from './derivation';
import type { TrialRecord } from './trial-record';

/** What one record states of a disease. */
export interface Stated {
  evidenceId: string;
  meshId: string | null;
  meshName: string | null;
  efoId: string | null;
  efoName: string | null;
  /** Highest phase a drug database records; null for records that state none. */
  phase: PhaseKey | 'approved' | null;
  /** A drug database's record, a trial's index term, or an article's, which may be of anything. */
  kind: 'record' | 'term' | 'heading';
}

/** An indication: its key, and every name that records give it. */
export interface Disease {
  key: string;
  indication: string;
  terms: string[];
  names: string[];
  efo: string[];
}

const STATED_FIELDS: readonly Field[] = [
  { pointer: /\/mesh_id$/ },
  { pointer: /\/mesh_heading$/ },
  { pointer: /\/(?:efo_id|disease\/id)$/ },
  { pointer: /\/(?:efo_term|disease\/name)$/ },
  { pointer: /\/(?:max_phase_for_ind|maxClinicalStage|maxPhaseForIndication)$/ },
];

/** A drug database's record of an indication: MeSH id and heading, EFO id and term, highest phase. */
const STATED: Derivation = {
  compute: (values, _report, citations) => {
    const [meshId, meshName, efoId, efoName, phase] = values;
    const id = textOrNull(efoId);
    const recorded = phase === null ? null : phaseOf(phase);
    const stated: Stated = {
      evidenceId: citations.find((citation) => citation !== null)?.evidenceId ?? '',
      meshId: descriptorOrNull(textOrNull(meshId)),
      meshName: textOrNull(meshName),
      efoId: id === null ? null : vocabularyId(id),
      efoName: textOrNull(efoName),
      phase: recorded,
      kind: 'record',
    };
    return stated as unknown as Json;
  },
  takes: (position) => STATED_FIELDS[position] ?? null,
  recordEvery: Number.POSITIVE_INFINITY,
};

/** A descriptor with its term, as one index entry gives both. */
function indexTerm(kind: 'term' | 'heading', fields: readonly [Field, Field]): Derivation {
  return {
    compute: ([id, term], _report, [idCited, termCited]) => {
      const meshId = textOf(id);
      if (!isMeshDescriptor(meshId)) throw new Error('it takes a MeSH descriptor');
      if (idCited && termCited && !('pointer' in idCited) && !('pointer' in termCited)) {
        const gap = termCited.start - idCited.end;
        if (gap < 0 || gap > LONGEST_TAG) throw new Error('id and term are not of one entry');
      }
      const stated: Stated = {
        evidenceId: idCited?.evidenceId ?? '',
        meshId,
        meshName: textOf(term),
        efoId: null,
        efoName: null,
        phase: null,
        kind,
      };
      return stated as unknown as Json;
    },
    takes: (position) => fields[position] ?? null,
    recordEvery: 2,
  };
}

/** `" MajorTopicYN="Y">` and the like, between an id and its term. */
const LONGEST_TAG = 80;

function descriptorOrNull(id: string | null): string | null {
  return id !== null && isMeshDescriptor(id) ? id : null;
}

function phaseOf(value: Json | undefined): Stated['phase'] {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error('it takes a phase');
  return recordedPhase(value);
}

export const DISEASE: Derivations = {
  'disease.stated@1': STATED,
  'disease.term@1': indexTerm('term', [
    { pointer: /\/meshes\/\d+\/id$/ },
    { pointer: /\/meshes\/\d+\/term$/ },
  ]),
  'disease.heading@1': indexTerm('heading', [
    { pointer: /\/descriptorUi$/, before: /<DescriptorName\b[^<>]*\bUI="$/ },
    { pointer: /\/descriptorName$/, before: /<DescriptorName\b[^<>]*>\s*$/ },
  ]),

  /**
   * An indication from its id or name, the name asked for in the report's options or nothing, what
   * drug databases state, and trials of it.
   */
  'disease.of@1': pure(([id, asked, stated, trials]) => {
    const statements = listOf(stated) as unknown as Stated[];
    const records = listOf(trials) as unknown as TrialRecord[];
    const vocabulary = vocabularyFrom(statements, records);
    const key = keyOf(textOf(id), vocabulary);
    const terms = new Set<string>();
    const names = new Set<string>();
    const add = (set: Set<string>, name: string | null) => name !== null && set.add(name);
    for (const one of statements) {
      const keys = keysOfIndication(
        { meshId: one.meshId, efoId: one.efoId, name: one.meshName ?? one.efoName ?? '' },
        vocabulary,
      );
      if (one.kind !== 'record' || !keys.includes(key)) continue;
      add(terms, one.meshName);
      add(names, one.efoName);
    }
    for (const { conditionMesh, conditions } of records) {
      const own = conditionMesh.filter((mesh) => mesh.id === key);
      for (const mesh of own) add(terms, mesh.term);
      if (own.length > 0) continue;
      for (const condition of conditions) {
        if (keyOfName(condition, vocabulary) === key) add(names, condition);
      }
    }
    if (asked !== null) add(names, textOf(asked));
    const disease: Disease = {
      key,
      indication: shownName(terms.size > 0 ? terms : names, key),
      terms: [...terms].sort(),
      names: [...names].sort(),
      efo: isMeshDescriptor(key) ? [...(vocabulary.efoOfMesh.get(key) ?? [])] : [],
    };
    return disease as unknown as Json;
  }),

  /** An indication by names alone, the first being its own. */
  'disease.named@1': pure((values) => {
    const names = values.map(textOf);
    const disease: Disease = {
      key: '',
      indication: names[0] as string,
      terms: names,
      names: [],
      efo: [],
    };
    return disease as unknown as Json;
  }),

  'disease.name@1': pure(([disease]) => textOf(objectOf(disease).indication)),
};

function keyOf(idOrName: string, vocabulary: Vocabulary): string {
  if (isMeshDescriptor(idOrName)) return idOrName;
  const id = vocabularyId(idOrName);
  return /^[A-Za-z]+_\w+$/.test(id) ? id : keyOfName(idOrName, vocabulary);
}

/** The part of the vocabulary that these records state. */
export function vocabularyFrom(
  stated: readonly Stated[],
  trials: readonly Pick<TrialRecord, 'conditionMesh'>[],
): Vocabulary {
  const named = (kinds: readonly Stated['kind'][]) =>
    stated.flatMap(({ meshId, meshName, kind }) =>
      meshId && meshName && kinds.includes(kind) ? [{ meshId, name: meshName }] : [],
    );
  return vocabularyOf(
    stated.flatMap(({ meshId, efoId }) => (meshId && efoId ? [{ meshId, efoId }] : [])),
    [
      ...trials.flatMap(({ conditionMesh }) =>
        conditionMesh.flatMap(({ id, term }) =>
          id !== null && isMeshDescriptor(id) ? [{ meshId: id, name: term }] : [],
        ),
      ),
      ...named(['record', 'term']),
    ],
    named(['heading']),
  );
}

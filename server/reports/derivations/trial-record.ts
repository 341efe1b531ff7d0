/**
 * Reads a trial as understanding takes it from the parts of a registry record that are cited. Which
 * parts those are follows from the record, so that leaving one out is noticed.
 */
import type { Json } from '@/server/evidence/schema';
import type { Analysis } from '@/server/evidence/understand/primary-outcome';
import type { Arm, Intervention } from '@/server/evidence/understand/trial-role';
import { atPointer } from '../places';
import { type Derivation, listOf, objectOf, textOf, textOrNull } from './derivation';
import { TRIAL_FIELDS } from './trial-fields';

export interface TrialRecord {
  /** The evidence that the record was cited as. */
  evidenceId: string;
  nctId: string;
  status: string;
  studyType: string | null;
  phases: string[] | null;
  whyStopped: string | null;
  hasResults: boolean | null;
  allocation: string | null;
  interventions: Intervention[];
  arms: Arm[];
  conditions: string[];
  conditionMesh: { id: string | null; term: string }[];
  analyses: Analysis[];
}

const FIXED = [
  'nct',
  'status',
  'studyType',
  'phases',
  'whyStopped',
  'hasResults',
  'allocation',
  'interventions',
  'arms',
  'conditions',
  'conditionMesh',
] as const;
const OF_MEASURE = ['measure', 'groups', 'analyses'] as const;
const MEASURES = '/resultsSection/outcomeMeasuresModule/outcomeMeasures';

/** Pointers, from the record's root, of the parts that a reading of this record must cite. */
export function trialParts(study: Json): (string | null)[] {
  const fixed = FIXED.map((name) => {
    const { tail } = TRIAL_FIELDS[name];
    return isStated(atPointer(study, tail)) ? tail : null;
  });
  const measures = atPointer(study, MEASURES);
  if (!Array.isArray(measures)) return fixed;
  const analysed = measures.flatMap((measure, index) => {
    const { type, title, analyses } = objectOf(measure);
    return type === 'PRIMARY' && isStated(title) && isStated(analyses) ? [index] : [];
  });
  return [
    ...fixed,
    ...analysed.flatMap((index) => [
      `${MEASURES}/${index}/title`,
      isStated(atPointer(study, `${MEASURES}/${index}/groups`))
        ? `${MEASURES}/${index}/groups`
        : null,
      `${MEASURES}/${index}/analyses`,
    ]),
  ];
}

/** Null, blanks and empty lists state nothing. */
export function isStated(value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}

export const READ_TRIAL: Derivation = {
  compute: (values, _report, citations) => {
    const [nct, status, studyType, phases, why, results, allocation, ...lists] = values;
    const [interventions, arms, conditions, meshes, ...measures] = lists;
    const record: TrialRecord = {
      evidenceId: citations[0]?.evidenceId ?? '',
      nctId: textOf(nct),
      status: textOf(status),
      studyType: textOrNull(studyType),
      phases: phases === null ? null : listOf(phases).map(textOf),
      whyStopped: textOrNull(why),
      hasResults: typeof results === 'boolean' ? results : null,
      allocation: textOrNull(allocation),
      interventions: objects(interventions).flatMap((intervention) => {
        const name = stated(intervention.name);
        if (name === null) return [];
        return {
          type: stated(intervention.type),
          name,
          otherNames: texts(intervention.otherNames),
          armLabels: texts(intervention.armGroupLabels),
        };
      }),
      arms: objects(arms).flatMap((arm) => {
        const label = stated(arm.label);
        if (label === null) return [];
        return { label, type: stated(arm.type), interventionNames: texts(arm.interventionNames) };
      }),
      conditions: texts(conditions),
      conditionMesh: objects(meshes).flatMap((mesh) => {
        const term = stated(mesh.term);
        return term === null ? [] : { id: stated(mesh.id), term };
      }),
      analyses: analysesOf(measures),
    };
    return record as unknown as Json;
  },
  takes: (position) =>
    position < FIXED.length
      ? TRIAL_FIELDS[FIXED[position] as (typeof FIXED)[number]]
      : TRIAL_FIELDS[
          OF_MEASURE[(position - FIXED.length) % OF_MEASURE.length] as (typeof OF_MEASURE)[number]
        ],
  recordEvery: Number.POSITIVE_INFINITY,
  partsOf: trialParts,
};

function analysesOf(measures: Json[]): Analysis[] {
  const analyses: Analysis[] = [];
  for (let start = 0; start + 2 < measures.length; start += 3) {
    const [title, groups, posted] = measures.slice(start, start + 3);
    const measure = textOf(title);
    for (const analysis of objects(posted)) {
      analyses.push({
        measure,
        groupTitles: texts(analysis.groupIds).flatMap((id) => {
          const group = objects(groups).find((candidate) => candidate.id === id);
          return stated(group?.title) ?? [];
        }),
        pValue: stated(analysis.pValue),
        parameter: stated(analysis.paramType),
        estimate: stated(analysis.paramValue),
        ciLower: stated(analysis.ciLowerLimit),
        ciUpper: stated(analysis.ciUpperLimit),
        nonInferiority: stated(analysis.nonInferiorityType),
      });
    }
  }
  return analyses;
}

function stated(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((item) => stated(item) ?? []) : [];
}

function objects(value: Json | undefined): { [key: string]: Json }[] {
  if (value === undefined || value === null) return [];
  return listOf(value).map(objectOf);
}

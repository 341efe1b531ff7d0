/**
 * Gives values back the form of evidence, so that one understanding serves the assessment, which has
 * records, and the verifier, which has cited values.
 */
import type { Cited, EvidenceKind, EvidenceOf, FactsByKind } from '@/server/evidence/schema';
import type { TrialRecord } from './trial-record';

/** A fact that stands nowhere: only its value is read. */
export function fact<T>(value: T): Cited<T> {
  return { snapshotSha256: '', pointer: '', value } as Cited<T>;
}

export function factOrNull<T>(value: T | null): Cited<T> | null {
  return value === null ? null : fact(value);
}

export function evidenceOf<K extends EvidenceKind>(
  kind: K,
  id: string,
  externalId: string,
  facts: FactsByKind[K],
): EvidenceOf<K> {
  return {
    id,
    kind,
    source: 'clinicaltrials',
    externalId,
    title: '',
    url: '',
    publishedOn: null,
    licence: '',
    facts,
    snapshotSha256: '',
    connectorVersion: '',
    retrievedAt: null,
  } as unknown as EvidenceOf<K>;
}

export function trialEvidence(record: TrialRecord): EvidenceOf<'trial'> {
  return evidenceOf('trial', record.evidenceId, record.nctId, {
    nctId: fact(record.nctId),
    title: fact(''),
    studyType: factOrNull(record.studyType),
    phases: factOrNull(record.phases),
    status: fact(record.status),
    whyStopped: factOrNull(record.whyStopped),
    conditions: record.conditions.map((condition) => fact(condition)),
    conditionMesh: record.conditionMesh.map(({ id, term }) => ({
      id: factOrNull(id),
      term: fact(term),
    })),
    interventionMesh: [],
    interventions: record.interventions.map(({ type, name, otherNames, armLabels }) => ({
      type: factOrNull(type),
      name: fact(name),
      otherNames: otherNames.map((other) => fact(other)),
      armLabels: armLabels.map((label) => fact(label)),
    })),
    arms: record.arms.map(({ label, type, interventionNames }) => ({
      label: fact(label),
      type: factOrNull(type),
      interventionNames: interventionNames.map((name) => fact(name)),
    })),
    primaryPurpose: null,
    allocation: factOrNull(record.allocation),
    masking: null,
    enrolment: null,
    enrolmentType: null,
    hasResults: factOrNull(record.hasResults),
    startDate: null,
    completionDate: null,
    sponsor: null,
    sponsorClass: null,
    primaryOutcomes: [],
    primaryAnalyses: record.analyses.map((analysis) => ({
      measure: fact(analysis.measure),
      groupIds: null,
      groupTitles: analysis.groupTitles.map((title) => fact(title)),
      pValue: factOrNull(analysis.pValue),
      parameter: factOrNull(analysis.parameter),
      estimate: factOrNull(analysis.estimate),
      ciLower: factOrNull(analysis.ciLower),
      ciUpper: factOrNull(analysis.ciUpper),
      nonInferiority: factOrNull(analysis.nonInferiority),
    })),
    references: [],
  });
}

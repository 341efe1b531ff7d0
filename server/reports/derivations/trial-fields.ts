/** Where a registry record states what (ClinicalTrials.gov API v2, read 2026-11-22). */
import type { Field } from './derivation';

const PROTOCOL = '/protocolSection';

export const TRIAL_FIELDS = {
  nct: { tail: `${PROTOCOL}/identificationModule/nctId` },
  title: {
    pointer: /\/protocolSection\/identificationModule\/(?:briefTitle|officialTitle|acronym)$/,
  },
  phases: { tail: `${PROTOCOL}/designModule/phases` },
  status: { tail: `${PROTOCOL}/statusModule/overallStatus` },
  whyStopped: { tail: `${PROTOCOL}/statusModule/whyStopped` },
  startDate: { tail: `${PROTOCOL}/statusModule/startDateStruct/date` },
  completionDate: { tail: `${PROTOCOL}/statusModule/completionDateStruct/date` },
  enrolment: { tail: `${PROTOCOL}/designModule/enrollmentInfo/count` },
  enrolmentType: { tail: `${PROTOCOL}/designModule/enrollmentInfo/type` },
  sponsor: { tail: `${PROTOCOL}/sponsorCollaboratorsModule/leadSponsor/name` },
  sponsorClass: { tail: `${PROTOCOL}/sponsorCollaboratorsModule/leadSponsor/class` },
  studyType: { tail: `${PROTOCOL}/designModule/studyType` },
  allocation: { tail: `${PROTOCOL}/designModule/designInfo/allocation` },
  arms: { tail: `${PROTOCOL}/armsInterventionsModule/armGroups` },
  interventions: { tail: `${PROTOCOL}/armsInterventionsModule/interventions` },
  conditions: { tail: `${PROTOCOL}/conditionsModule/conditions` },
  conditionMesh: { tail: '/derivedSection/conditionBrowseModule/meshes' },
  hasResults: { tail: '/hasResults' },
  measure: { pointer: /\/resultsSection\/outcomeMeasuresModule\/outcomeMeasures\/\d+\/title$/ },
  groups: { pointer: /\/resultsSection\/outcomeMeasuresModule\/outcomeMeasures\/\d+\/groups$/ },
  analyses: { pointer: /\/resultsSection\/outcomeMeasuresModule\/outcomeMeasures\/\d+\/analyses$/ },
  measureType: { pointer: /\/resultsSection\/outcomeMeasuresModule\/outcomeMeasures\/\d+\/type$/ },
} as const satisfies Record<string, Field>;

export type TrialField = keyof typeof TRIAL_FIELDS;

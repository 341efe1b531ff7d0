/** Made-up trials in the registry's form; for tests. */
import type { EvidenceOf, Json } from '@/server/evidence/schema';
import { at, record, snapshot } from './testing';

interface StudyInput {
  nctId: string;
  title: string;
  status: string;
  phases: string[];
  whyStopped?: string;
  mesh: { id: string; term: string };
  arms?: Json[];
  interventions?: Json[];
  results?: Json;
}

const DEFAULT_ARMS: Json[] = [
  { label: 'Test', type: 'EXPERIMENTAL', interventionNames: ['Drug: Novaril'] },
  { label: 'Placebo', type: 'PLACEBO_COMPARATOR', interventionNames: ['Drug: Placebo'] },
];
const DEFAULT_INTERVENTIONS: Json[] = [
  { type: 'DRUG', name: 'Novaril', armGroupLabels: ['Test'] },
  { type: 'DRUG', name: 'Placebo', armGroupLabels: ['Placebo'] },
];

function study(input: StudyInput): Json {
  return {
    protocolSection: {
      identificationModule: { nctId: input.nctId, briefTitle: input.title },
      statusModule: {
        overallStatus: input.status,
        ...(input.whyStopped ? { whyStopped: input.whyStopped } : {}),
        startDateStruct: { date: '2015-02' },
        completionDateStruct: { date: '2017-06-30' },
      },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'Example University', class: 'OTHER' } },
      conditionsModule: { conditions: [input.mesh.term] },
      designModule: {
        studyType: 'INTERVENTIONAL',
        phases: input.phases,
        designInfo: { allocation: 'RANDOMIZED' },
        enrollmentInfo: { count: 120, type: 'ACTUAL' },
      },
      armsInterventionsModule: {
        armGroups: input.arms ?? DEFAULT_ARMS,
        interventions: input.interventions ?? DEFAULT_INTERVENTIONS,
      },
    },
    derivedSection: { conditionBrowseModule: { meshes: [{ ...input.mesh }] } },
    hasResults: input.results !== undefined,
    ...(input.results === undefined ? {} : { resultsSection: input.results }),
  };
}

const ASTHMA = { id: 'D001249', term: 'Asthma' };
const GOUT = { id: 'D006073', term: 'Gout' };

const MET: Json = {
  outcomeMeasuresModule: {
    outcomeMeasures: [
      {
        type: 'PRIMARY',
        title: 'Rate of asthma exacerbations',
        groups: [
          { id: 'OG000', title: 'Novaril' },
          { id: 'OG001', title: 'Placebo' },
        ],
        analyses: [
          {
            groupIds: ['OG000', 'OG001'],
            pValue: '0.001',
            paramType: 'Rate Ratio',
            paramValue: '0.6',
            ciLowerLimit: '0.45',
            ciUpperLimit: '0.8',
            nonInferiorityType: 'SUPERIORITY',
          },
        ],
      },
    ],
  },
};

export const studies = snapshot(
  'clinicaltrials',
  'https://clinicaltrials.gov/api/v2/studies?countTotal=true&query.intr=novaril',
  {
    totalCount: 4,
    studies: [
      study({
        nctId: 'NCT90000001',
        title: 'Novaril in Asthma',
        status: 'COMPLETED',
        phases: ['PHASE3'],
        mesh: ASTHMA,
        results: MET,
      }),
      study({
        nctId: 'NCT90000002',
        title: 'Novaril for Gout',
        status: 'TERMINATED',
        phases: ['PHASE2'],
        whyStopped: 'Lack of efficacy at interim analysis',
        mesh: GOUT,
      }),
      study({
        nctId: 'NCT90000003',
        title: 'Novaril in Mild Asthma',
        status: 'RECRUITING',
        phases: ['PHASE1', 'PHASE2'],
        mesh: ASTHMA,
      }),
      study({
        nctId: 'NCT90000004',
        title: 'Another Drug Against Novaril in Asthma',
        status: 'COMPLETED',
        phases: ['PHASE2'],
        mesh: ASTHMA,
        arms: [
          { label: 'New', type: 'EXPERIMENTAL', interventionNames: ['Drug: Betamil'] },
          { label: 'Old', type: 'ACTIVE_COMPARATOR', interventionNames: ['Drug: Novaril'] },
        ],
        interventions: [
          { type: 'DRUG', name: 'Betamil', armGroupLabels: ['New'] },
          { type: 'DRUG', name: 'Novaril', armGroupLabels: ['Old'] },
        ],
      }),
    ],
  },
);

export function trial(index: number): EvidenceOf<'trial'> {
  const root = `/studies/${index}`;
  const protocol = `${root}/protocolSection`;
  const body = JSON.parse(studies.text) as { studies: Record<string, Json>[] };
  const raw = body.studies[index] as {
    protocolSection: {
      identificationModule: { nctId: string };
      statusModule: { whyStopped?: string };
      armsInterventionsModule: { armGroups: Json[]; interventions: Json[] };
    };
    hasResults: boolean;
  };
  const arms = `${protocol}/armsInterventionsModule`;
  const measure = `${root}/resultsSection/outcomeMeasuresModule/outcomeMeasures/0`;
  const analysis = `${measure}/analyses/0`;
  return record('trial', studies, raw.protocolSection.identificationModule.nctId, {
    nctId: at(studies, `${protocol}/identificationModule/nctId`),
    title: at(studies, `${protocol}/identificationModule/briefTitle`),
    studyType: at(studies, `${protocol}/designModule/studyType`),
    phases: at(studies, `${protocol}/designModule/phases`),
    status: at(studies, `${protocol}/statusModule/overallStatus`),
    whyStopped: raw.protocolSection.statusModule.whyStopped
      ? at(studies, `${protocol}/statusModule/whyStopped`)
      : null,
    conditions: [at(studies, `${protocol}/conditionsModule/conditions/0`)],
    conditionMesh: [
      {
        id: at(studies, `${root}/derivedSection/conditionBrowseModule/meshes/0/id`),
        term: at(studies, `${root}/derivedSection/conditionBrowseModule/meshes/0/term`),
      },
    ],
    interventionMesh: [],
    interventions: raw.protocolSection.armsInterventionsModule.interventions.map((_, i) => ({
      type: at(studies, `${arms}/interventions/${i}/type`),
      name: at(studies, `${arms}/interventions/${i}/name`),
      otherNames: [],
      armLabels: [at(studies, `${arms}/interventions/${i}/armGroupLabels/0`)],
    })),
    arms: raw.protocolSection.armsInterventionsModule.armGroups.map((_, i) => ({
      label: at(studies, `${arms}/armGroups/${i}/label`),
      type: at(studies, `${arms}/armGroups/${i}/type`),
      interventionNames: [at(studies, `${arms}/armGroups/${i}/interventionNames/0`)],
    })),
    primaryPurpose: null,
    allocation: at(studies, `${protocol}/designModule/designInfo/allocation`),
    masking: null,
    enrolment: at(studies, `${protocol}/designModule/enrollmentInfo/count`),
    enrolmentType: at(studies, `${protocol}/designModule/enrollmentInfo/type`),
    hasResults: at(studies, `${root}/hasResults`),
    startDate: at(studies, `${protocol}/statusModule/startDateStruct/date`),
    completionDate: at(studies, `${protocol}/statusModule/completionDateStruct/date`),
    sponsor: at(studies, `${protocol}/sponsorCollaboratorsModule/leadSponsor/name`),
    sponsorClass: at(studies, `${protocol}/sponsorCollaboratorsModule/leadSponsor/class`),
    primaryOutcomes: [],
    primaryAnalyses: raw.hasResults
      ? [
          {
            measure: at(studies, `${measure}/title`),
            groupIds: at(studies, `${analysis}/groupIds`),
            groupTitles: [
              at(studies, `${measure}/groups/0/title`),
              at(studies, `${measure}/groups/1/title`),
            ],
            pValue: at(studies, `${analysis}/pValue`),
            parameter: at(studies, `${analysis}/paramType`),
            estimate: at(studies, `${analysis}/paramValue`),
            ciLower: at(studies, `${analysis}/ciLowerLimit`),
            ciUpper: at(studies, `${analysis}/ciUpperLimit`),
            nonInferiority: at(studies, `${analysis}/nonInferiorityType`),
          },
        ]
      : [],
    references: [],
  });
}

import type { Json } from '@/server/evidence/schema';
import type { Term, TrialRow } from '../facts/types';
import { type Composer, json, known, named } from './form';

export const composeClinicaltrials: Composer = ({ path, query }, held) => {
  if (path !== '/api/v2/studies') return null;
  const trials = named(query.get('query.intr') ?? '', held).flatMap((molecule) => molecule.trials);
  return json({ totalCount: trials.length, studies: trials.map(study) });
};

function study(trial: TrialRow): Json {
  return known({
    protocolSection: {
      identificationModule: { nctId: trial.nctId, briefTitle: trial.title },
      statusModule: known({
        overallStatus: trial.status,
        whyStopped: trial.whyStopped,
        startDateStruct: dateOf(trial.start),
        completionDateStruct: dateOf(trial.completion),
        studyFirstPostDateStruct: dateOf(trial.firstPosted),
      }),
      sponsorCollaboratorsModule: trial.sponsor ? { leadSponsor: known(trial.sponsor) } : {},
      conditionsModule: { conditions: trial.conditions },
      designModule: {
        studyType: trial.studyType,
        phases: trial.phases,
        designInfo: known({
          allocation: trial.allocation,
          primaryPurpose: trial.purpose,
          maskingInfo: trial.masking === undefined ? undefined : { masking: trial.masking },
        }),
        enrollmentInfo: known(trial.enrolment),
      },
      armsInterventionsModule: known({
        armGroups: trial.arms?.map(({ label, type, interventions }) => ({
          label,
          type,
          interventionNames: interventions,
        })),
        interventions: trial.interventions.map(({ type, name, arms }) =>
          known({ type, name, armGroupLabels: arms }),
        ),
      }),
      outcomesModule: { primaryOutcomes: trial.primaryOutcomes.map((measure) => ({ measure })) },
      referencesModule: { references: trial.references.map((pmid) => ({ pmid })) },
    },
    derivedSection: {
      conditionBrowseModule: { meshes: trial.conditionMesh.map(mesh) },
      interventionBrowseModule: { meshes: (trial.interventionMesh ?? []).map(mesh) },
    },
    hasResults: trial.hasResults,
  });
}

const mesh = ([id, term]: Term): Json => ({ id, term });

const dateOf = (date: string | undefined) => (date === undefined ? undefined : { date });

/** Reads pages of studies (ClinicalTrials.gov API v2) into trials. */
import type { DraftOf, TrialFacts } from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { isoDate } from '../dates';
import { type JsonCursor, jsonCursor } from '../json-cite';

export const LICENCE = 'Public domain (ClinicalTrials.gov terms; attribution asked)';

export interface StudiesPage {
  trials: DraftOf<'trial'>[];
  /** Records without number, title or status: nothing can be said of them. */
  leftOut: number;
  nextPageToken: string | null;
}

/** Throws SourceFault `unreadable` when the body is no page of studies. */
export function parseStudies(snapshot: Snapshot): StudiesPage {
  const body = jsonCursor(snapshot);
  const studies = body.at('studies');
  if (!Array.isArray(studies.value)) {
    throw new SourceFault('unreadable', 'The answer holds no list of studies.');
  }
  const trials = studies.items().flatMap((study) => parseStudy(study) ?? []);
  return {
    trials,
    leftOut: studies.value.length - trials.length,
    nextPageToken: body.at('nextPageToken').string()?.value ?? null,
  };
}

function parseStudy(study: JsonCursor): DraftOf<'trial'> | null {
  const facts = factsOf(study);
  if (!facts) return null;
  const status = study.at('protocolSection', 'statusModule');
  const nctId = study.at('protocolSection', 'identificationModule', 'nctId').string()?.value ?? '';
  return {
    kind: 'trial',
    source: 'clinicaltrials',
    externalId: nctId,
    title: titleOf(study)?.value ?? nctId,
    url: `https://clinicaltrials.gov/study/${encodeURIComponent(nctId)}`,
    publishedOn:
      isoDate(status.at('studyFirstPostDateStruct', 'date').string()?.value) ??
      isoDate(status.at('studyFirstSubmitDate').string()?.value),
    licence: LICENCE,
    facts,
    snapshotSha256: study.snapshotSha256,
  };
}

function titleOf(study: JsonCursor) {
  const identification = study.at('protocolSection', 'identificationModule');
  return (
    identification.at('briefTitle').string() ??
    identification.at('officialTitle').string() ??
    identification.at('acronym').string()
  );
}

function factsOf(study: JsonCursor): TrialFacts | null {
  const protocol = study.at('protocolSection');
  const status = protocol.at('statusModule');
  const design = protocol.at('designModule');
  const arms = protocol.at('armsInterventionsModule');
  const sponsor = protocol.at('sponsorCollaboratorsModule', 'leadSponsor');

  const nctId = protocol.at('identificationModule', 'nctId').string();
  const title = titleOf(study);
  const overallStatus = status.at('overallStatus').string();
  if (!nctId || !title || !overallStatus) return null;

  return {
    nctId,
    title,
    studyType: design.at('studyType').string(),
    phases: design.at('phases').stringList(),
    status: overallStatus,
    whyStopped: status.at('whyStopped').string(),
    conditions: protocol.at('conditionsModule', 'conditions').strings(),
    conditionMesh: meshesOf(study.at('derivedSection', 'conditionBrowseModule')),
    interventionMesh: meshesOf(study.at('derivedSection', 'interventionBrowseModule')),
    interventions: arms
      .at('interventions')
      .items()
      .flatMap((intervention) => {
        const name = intervention.at('name').string();
        if (!name) return [];
        return {
          type: intervention.at('type').string(),
          name,
          otherNames: intervention.at('otherNames').strings(),
          armLabels: intervention.at('armGroupLabels').strings(),
        };
      }),
    arms: arms
      .at('armGroups')
      .items()
      .flatMap((arm) => {
        const label = arm.at('label').string();
        if (!label) return [];
        return {
          label,
          type: arm.at('type').string(),
          interventionNames: arm.at('interventionNames').strings(),
        };
      }),
    primaryPurpose: design.at('designInfo', 'primaryPurpose').string(),
    allocation: design.at('designInfo', 'allocation').string(),
    masking: design.at('designInfo', 'maskingInfo', 'masking').string(),
    enrolment: design.at('enrollmentInfo', 'count').number(),
    enrolmentType: design.at('enrollmentInfo', 'type').string(),
    hasResults: study.at('hasResults').boolean(),
    startDate: status.at('startDateStruct', 'date').string(),
    completionDate: status.at('completionDateStruct', 'date').string(),
    sponsor: sponsor.at('name').string(),
    sponsorClass: sponsor.at('class').string(),
    primaryOutcomes: protocol
      .at('outcomesModule', 'primaryOutcomes')
      .items()
      .flatMap((outcome) => outcome.at('measure').string() ?? []),
    primaryAnalyses: primaryAnalysesOf(study),
    references: protocol
      .at('referencesModule', 'references')
      .items()
      .flatMap((reference) => {
        const pmid = reference.at('pmid').string();
        return pmid ? { pmid, type: reference.at('type').string() } : [];
      }),
  };
}

/** Only the descriptors the record was indexed with; `ancestors` would name diseases not studied. */
function meshesOf(browseModule: JsonCursor): TrialFacts['conditionMesh'] {
  return browseModule
    .at('meshes')
    .items()
    .flatMap((mesh) => {
      const term = mesh.at('term').string();
      return term ? { id: mesh.at('id').string(), term } : [];
    });
}

function primaryAnalysesOf(study: JsonCursor): TrialFacts['primaryAnalyses'] {
  return study
    .at('resultsSection', 'outcomeMeasuresModule', 'outcomeMeasures')
    .items()
    .flatMap((measure) => {
      const title = measure.at('title').string();
      if (measure.at('type').value !== 'PRIMARY' || !title) return [];
      const groups = measure.at('groups').items();
      return measure
        .at('analyses')
        .items()
        .map((analysis) => {
          const groupIds = analysis.at('groupIds').stringList();
          return {
            measure: title,
            groupIds,
            groupTitles: (groupIds?.value ?? []).flatMap((id) => {
              const group = groups.find((candidate) => candidate.at('id').value === id);
              return group?.at('title').string() ?? [];
            }),
            pValue: analysis.at('pValue').string(),
            parameter: analysis.at('paramType').string(),
            estimate: analysis.at('paramValue').string(),
            ciLower: analysis.at('ciLowerLimit').string(),
            ciUpper: analysis.at('ciUpperLimit').string(),
            nonInferiority: analysis.at('nonInferiorityType').string(),
          };
        });
    });
}

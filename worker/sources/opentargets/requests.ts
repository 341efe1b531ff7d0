/**
 * Questions to the Open Targets Platform's GraphQL API (platform-docs.opentargets.org, read
 * 2026-11-22). Each asks for the data release too, so that it stands in the stored answer.
 */
import type { SourceRequest } from '../contract';

/** Names tried, best first, where no ChEMBL id is known. */
export const MAX_NAMES_SEARCHED = 3;

const MECHANISMS = `mechanismsOfAction {
      rows { mechanismOfAction actionType targetName targets { id approvedSymbol approvedName } }
    }`;

const DRUG = `query Drug($chemblId: String!) {
  meta { dataVersion { year month } }
  drug(chemblId: $chemblId) {
    id name drugType maximumClinicalStage
    ${MECHANISMS}
    indications { count rows { maxClinicalStage disease { id name } } }
  }
}`;

/** Releases older than 2026 gave phases as numbers, and the references of an indication. */
const DRUG_WITH_PHASES = `query Drug($chemblId: String!) {
  meta { dataVersion { year month } }
  drug(chemblId: $chemblId) {
    id name drugType maximumClinicalTrialPhase
    ${MECHANISMS}
    indications {
      count
      rows { maxPhaseForIndication disease { id name } references { source ids } }
    }
  }
}`;

const WARNINGS = `query Warnings($chemblId: String!) {
  meta { dataVersion { year month } }
  drug(chemblId: $chemblId) {
    id
    drugWarnings { warningType toxicityClass country year description }
  }
}`;

const SEARCH = `query Search($name: String!) {
  meta { dataVersion { year month } }
  search(queryString: $name, entityNames: ["drug"], page: { index: 0, size: 10 }) {
    hits { id entity name }
  }
}`;

export function drugRequest(chemblId: string): SourceRequest {
  return request(DRUG, { chemblId });
}

export function drugWithPhasesRequest(chemblId: string): SourceRequest {
  return request(DRUG_WITH_PHASES, { chemblId });
}

export function warningsRequest(chemblId: string): SourceRequest {
  return request(WARNINGS, { chemblId });
}

export function searchRequest(name: string): SourceRequest {
  return request(SEARCH, { name });
}

/** Refused questions come with status 400; what is wrong stands in the body. */
function request(query: string, variables: Record<string, string>): SourceRequest {
  return {
    url: 'https://api.platform.opentargets.org/api/v4/graphql',
    method: 'POST',
    body: { query, variables },
    accept: 'application/json',
    answers: [400],
  };
}

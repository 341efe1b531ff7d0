/** ClinicalTrials.gov: registered trials of the molecule, whole records. */
import type { Subject } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import { refusesWithoutName } from '../names';
import { LICENCE, parseStudies } from './parse';
import { MAX_TRIALS, PAGE_SIZE, studiesRequest } from './requests';

export const clinicaltrials: Connector = {
  id: 'clinicaltrials',
  name: 'ClinicalTrials.gov',
  homepage: 'https://clinicaltrials.gov',
  licence: LICENCE,
  requestsPerSecond: 1,
  bodiesMayBeShared: true,
  version: '1',
  hosts: ['clinicaltrials.gov'],
  refuses: refusesWithoutName,
  questions: (subject) => [
    { key: 'trials', title: 'registered trials', ask: (http) => askTrials(subject, http) },
  ],
};

async function* askTrials(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  let pageToken: string | null = null;
  for (let read = 0; read < MAX_TRIALS; read += PAGE_SIZE) {
    const page = parseStudies(await http.ask(studiesRequest(subject, pageToken)));
    yield { records: page.trials };
    if (page.leftOut > 0) {
      yield { capped: 'records without a number, title or status were left out' };
    }
    pageToken = page.nextPageToken;
    if (pageToken === null) return;
  }
  yield { capped: `only the first ${MAX_TRIALS} trials of the search were read` };
}

/** ClinicalTrials.gov: registered trials of the molecule, whole records. */
import type { Subject } from '@/server/evidence/schema';
import { type Connector, SourceFault, type SourceHttp, type Yielded } from '../contract';
import { refusesWithoutName } from '../names';
import { LICENCE, parseStudies, type StudiesPage } from './parse';
import { MAX_TRIALS, PAGE_SIZES, studiesRequest } from './requests';

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
  const askPage = pageReader(subject, http);
  let pageToken: string | null = null;
  for (let read = 0; read < MAX_TRIALS; ) {
    const page = await askPage(pageToken);
    yield { records: page.trials };
    if (page.leftOut > 0) {
      yield { capped: 'records without a number, title or status were left out' };
    }
    pageToken = page.nextPageToken;
    if (pageToken === null) return;
    read += page.size;
  }
  yield { capped: `only the first ${MAX_TRIALS} trials of the search were read` };
}

/** Reads pages, from the first one that is too large on in smaller ones. */
function pageReader(subject: Subject, http: SourceHttp) {
  let sizes: readonly number[] = PAGE_SIZES;
  return async (pageToken: string | null): Promise<StudiesPage & { size: number }> => {
    for (;;) {
      const [size = 1, ...smaller] = sizes;
      try {
        const page = parseStudies(await http.ask(studiesRequest(subject, pageToken, size)));
        return { ...page, size };
      } catch (fault) {
        const isTooLarge = fault instanceof SourceFault && fault.kind === 'too-large';
        if (!isTooLarge || smaller.length === 0) throw fault;
        sizes = smaller;
      }
    }
  };
}

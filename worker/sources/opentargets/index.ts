/** Open Targets: the drug's mechanisms, targets, indications and warnings. */
import type { Subject } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import { searchNames } from '../names';
import { knowsNoStages, LICENCE, parseDrug, parseSearch, parseWarnings } from './parse';
import {
  drugRequest,
  drugWithPhasesRequest,
  MAX_NAMES_SEARCHED,
  searchRequest,
  warningsRequest,
} from './requests';

export const opentargets: Connector = {
  id: 'opentargets',
  name: 'Open Targets',
  homepage: 'https://platform.opentargets.org',
  licence: LICENCE,
  requestsPerSecond: 2,
  bodiesMayBeShared: true,
  version: '1',
  hosts: ['api.platform.opentargets.org'],
  refuses: (subject) =>
    subject.xrefs.chembl || searchNames(subject).length > 0
      ? null
      : 'the compound has neither a ChEMBL id nor a name to search with',
  questions: (subject) => [
    {
      key: 'drug',
      title: 'mechanisms, targets and indications',
      ask: (http) => askDrug(subject, http),
    },
    { key: 'warnings', title: 'warnings', ask: (http) => askWarnings(subject, http) },
  ],
};

async function* askDrug(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const drug = await firstKnown(subject, http, async (chemblId) => {
    const answer = await http.ask(drugRequest(chemblId));
    return parseDrug(
      knowsNoStages(answer) ? await http.ask(drugWithPhasesRequest(chemblId)) : answer,
    );
  });
  if (!drug) return;
  yield { records: drug.records };
  if (drug.leftOut > 0) yield { capped: 'some indications were not given or name no disease' };
}

async function* askWarnings(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const warnings = await firstKnown(subject, http, async (chemblId) =>
    parseWarnings(await http.ask(warningsRequest(chemblId))),
  );
  if (warnings) yield { records: warnings };
}

/** What is read for the subject's ChEMBL id, else for the drug that bears one of its names. */
async function firstKnown<T>(
  subject: Subject,
  http: SourceHttp,
  ask: (chemblId: string) => Promise<T | null>,
): Promise<T | null> {
  const known = subject.xrefs.chembl;
  const read = known ? await ask(known) : null;
  if (read) return read;
  const names = searchNames(subject);
  for (const name of names.slice(0, MAX_NAMES_SEARCHED)) {
    const found = parseSearch(await http.ask(searchRequest(name)), names);
    if (found) return found === known ? null : ask(found);
  }
  return null;
}

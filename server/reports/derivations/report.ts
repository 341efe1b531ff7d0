/**
 * Derivations over the report itself: how asking the sources went, and the name that was asked about.
 * They take no inputs; what they say stands in the same report.json, under the same hash.
 */
import type { Json, SourceId } from '@/server/evidence/schema';
import type { Derivation, Derivations } from './derivation';

const OF_REPORT = (read: (report: Parameters<Derivation['compute']>[1]) => Json): Derivation => ({
  compute: (values, report) => {
    if (values.length > 0) throw new Error('it takes nothing');
    return read(report);
  },
});

/** A source that the ledger does not list was not asked. */
const outcome = (id: SourceId) =>
  OF_REPORT(({ sources }) => sources.find((source) => source.id === id)?.outcome ?? 'not-searched');

export const REPORT: Derivations = {
  'report.subject-name@1': OF_REPORT(({ subject }) => subject.name),
  'report.asked-indication@1': OF_REPORT(({ options }) => {
    if (options.indication === null) throw new Error('no indication was asked for');
    return options.indication;
  }),
  'report.outcome.clinicaltrials@1': outcome('clinicaltrials'),
  'report.outcome.openfda@1': outcome('openfda'),
  'report.outcome.chembl@1': outcome('chembl'),
};

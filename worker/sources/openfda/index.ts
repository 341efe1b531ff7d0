/** openFDA: drug labels, approvals, and counts of adverse-event reports. */
import type { AdverseEventFacts, Subject, ValuePlace } from '@/server/evidence/schema';
import type { Connector, SourceHttp, Yielded } from '../contract';
import { refusesWithoutName } from '../names';
import {
  adverseEvent,
  LICENCE,
  parseApplications,
  parseCounts,
  parseLabels,
  parseTotal,
  type ReactionCount,
} from './parse';
import {
  allReactionsRequest,
  allReportsRequest,
  applicationsRequest,
  boxedLabelsRequest,
  MAX_APPLICATIONS,
  MAX_RARE_REACTIONS,
  NEWEST_LABELS,
  newestLabelsRequest,
  reactionReportsRequest,
  reactionsRequest,
  reportsRequest,
  reportsUrl,
} from './requests';

export const openfda: Connector = {
  id: 'openfda',
  name: 'openFDA',
  homepage: 'https://open.fda.gov',
  licence: LICENCE,
  requestsPerSecond: 4,
  bodiesMayBeShared: true,
  version: '1',
  hosts: ['api.fda.gov'],
  refuses: refusesWithoutName,
  questions: (subject) => [
    {
      key: 'labels',
      title: `the ${NEWEST_LABELS} newest drug labels`,
      ask: (http) => askLabels(subject, http),
    },
    { key: 'approvals', title: 'approvals', ask: (http) => askApprovals(subject, http) },
    {
      key: 'adverse-events',
      title: 'reactions reported most often',
      ask: (http) => askAdverseEvents(subject, http),
    },
  ],
};

const WITHOUT_ID: Yielded = { capped: 'records without an id were left out' };

/**
 * The newest labels stand for the older ones of the same substance, but not for boxed warnings: when
 * none of the newest carries one, it is asked whether any label does.
 */
async function* askLabels(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const newest = parseLabels(await http.ask(newestLabelsRequest(subject)));
  yield { records: newest.records };
  if (newest.leftOut > 0) yield WITHOUT_ID;

  const hasBoxedWarning = newest.records.some(({ facts }) => facts.boxedWarning.length > 0);
  if (newest.total <= NEWEST_LABELS || hasBoxedWarning) return;
  const boxed = parseLabels(await http.ask(boxedLabelsRequest(subject)));
  yield { records: boxed.records };
  if (boxed.leftOut > 0) yield WITHOUT_ID;
}

async function* askApprovals(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const applications = parseApplications(await http.ask(applicationsRequest(subject)));
  yield { records: applications.records };
  if (applications.leftOut > 0) yield WITHOUT_ID;
  if (applications.total > MAX_APPLICATIONS) {
    yield { capped: `only the first ${MAX_APPLICATIONS} applications were read` };
  }
}

/** The four counts of the 2×2 table for each of the reactions reported most often with the drug. */
async function* askAdverseEvents(subject: Subject, http: SourceHttp): AsyncIterable<Yielded> {
  const drugTotal = parseTotal(await http.ask(reportsRequest(subject)));
  if (!drugTotal) return;
  const reactions = parseCounts(await http.ask(reactionsRequest(subject)));
  if (reactions.length === 0) return;

  const total = parseTotal(await http.ask(allReportsRequest()));
  const reactionTotals = await totalsOf(reactions, http);
  yield {
    records: reactions.map(({ term, count }) => {
      const facts: AdverseEventFacts = {
        reaction: term,
        a: count,
        drugTotal,
        reactionTotal: reactionTotals.get(term.value) ?? null,
        total,
      };
      return adverseEvent(facts, term.value, reportsUrl(subject, term.value));
    }),
  };
}

/**
 * Reports of each reaction with whatever drug: one answer counts the most frequent reactions of all,
 * the few rarer ones are asked for singly.
 */
async function totalsOf(
  reactions: ReactionCount[],
  http: SourceHttp,
): Promise<Map<string, ValuePlace<number>>> {
  const counted = parseCounts(await http.ask(allReactionsRequest()));
  const totals = new Map(counted.map(({ term, count }) => [term.value, count]));
  const rare = reactions.filter(({ term }) => !totals.has(term.value));
  for (const { term } of rare.slice(0, MAX_RARE_REACTIONS)) {
    const reports = parseTotal(await http.ask(reactionReportsRequest(term.value)));
    if (reports) totals.set(term.value, reports);
  }
  return totals;
}

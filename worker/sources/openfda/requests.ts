/** Questions to openFDA (open.fda.gov/apis, read 2026-11-22). */
import type { Subject } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { searchNames } from '../names';

/** Newest first. Labels of one substance repeat each other; a label is some 100 kB. */
export const NEWEST_LABELS = 25;
/** Labels with a boxed warning asked for when the newest carry none. */
export const BOXED_LABELS = 5;
/** The service's limit for one answer; no substance has as many applications. */
export const MAX_APPLICATIONS = 1000;
/** Reactions most often reported with the drug. */
export const TOP_REACTIONS = 25;
/** The service counts at most this many terms in one answer. */
export const MAX_COUNTED_TERMS = 1000;
/** Reactions rarer than the counted terms, asked for one by one. */
export const MAX_RARE_REACTIONS = 10;

/** With four fields a name, more would make the address too long. */
const MAX_NAMES = 6;

const LABEL_FIELDS = ['openfda.generic_name', 'openfda.brand_name', 'openfda.substance_name'];
const APPLICATION_FIELDS = [
  'openfda.generic_name',
  'openfda.brand_name',
  'products.brand_name',
  'products.active_ingredients.name',
];
const REPORT_FIELDS = [
  'patient.drug.openfda.generic_name',
  'patient.drug.openfda.brand_name',
  'patient.drug.medicinalproduct',
];
const REACTION = 'patient.reaction.reactionmeddrapt.exact';

export function newestLabelsRequest(subject: Subject): SourceRequest {
  return request('label', {
    search: named(subject, LABEL_FIELDS),
    sort: 'effective_time:desc',
    limit: NEWEST_LABELS,
  });
}

export function boxedLabelsRequest(subject: Subject): SourceRequest {
  return request('label', {
    search: `(${named(subject, LABEL_FIELDS)}) AND _exists_:boxed_warning`,
    sort: 'effective_time:desc',
    limit: BOXED_LABELS,
  });
}

export function applicationsRequest(subject: Subject): SourceRequest {
  return request('drugsfda', {
    search: named(subject, APPLICATION_FIELDS),
    limit: MAX_APPLICATIONS,
  });
}

/** One report with the drug; its `meta` tells how many there are. */
export function reportsRequest(subject: Subject): SourceRequest {
  return request('event', { search: named(subject, REPORT_FIELDS), limit: 1 });
}

export function reactionsRequest(subject: Subject): SourceRequest {
  return request('event', {
    search: named(subject, REPORT_FIELDS),
    count: REACTION,
    limit: TOP_REACTIONS,
  });
}

export function allReportsRequest(): SourceRequest {
  return request('event', { limit: 1 });
}

export function allReactionsRequest(): SourceRequest {
  return request('event', { count: REACTION, limit: MAX_COUNTED_TERMS });
}

export function reactionReportsRequest(reaction: string): SourceRequest {
  return request('event', { search: `${REACTION}:"${reaction}"`, limit: 1 });
}

/** Where anyone can see the reports with drug and reaction. */
export function reportsUrl(subject: Subject, reaction: string): string {
  const search = `(${named(subject, REPORT_FIELDS)}) AND ${REACTION}:"${reaction}"`;
  return request('event', { search, limit: 1 }).url;
}

function named(subject: Subject, fields: string[]): string {
  return searchNames(subject)
    .slice(0, MAX_NAMES)
    .flatMap((name) => fields.map((field) => `${field}:"${name}"`))
    .join(' OR ');
}

/** openFDA answers "nothing found" with status 404. */
function request(
  endpoint: 'label' | 'drugsfda' | 'event',
  parameters: Record<string, string | number>,
): SourceRequest {
  const query = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return {
    url: `https://api.fda.gov/drug/${endpoint}.json?${query.join('&')}`,
    accept: 'application/json',
    answers: [404],
  };
}

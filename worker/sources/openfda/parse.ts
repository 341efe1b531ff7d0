/** Reads openFDA answers into labels, approvals and counts of adverse-event reports. */
import type { AdverseEventFacts, DraftOf, ValuePlace } from '@/server/evidence/schema';
import { type Snapshot, SourceFault } from '../contract';
import { isoDate } from '../dates';
import { type JsonCursor, jsonCursor } from '../json-cite';

export const LICENCE = 'CC0 1.0 (openFDA terms of service)';

/** What the records of one answer became. */
export interface Read<T> {
  records: T[];
  /** Records without the id that names them. */
  leftOut: number;
  /** How many the source holds. */
  total: number;
}

export interface ReactionCount {
  term: ValuePlace<string>;
  count: ValuePlace<number>;
}

export function parseLabels(snapshot: Snapshot): Read<DraftOf<'label'>> {
  return read(snapshot, parseLabel);
}

export function parseApplications(snapshot: Snapshot): Read<DraftOf<'approval'>> {
  return read(snapshot, parseApplication);
}

/** How many records a search has; null when there are none, for then openFDA states no number. */
export function parseTotal(snapshot: Snapshot): ValuePlace<number> | null {
  if (isNothingFound(snapshot)) return null;
  const total = jsonCursor(snapshot).at('meta', 'results', 'total').number();
  if (!total) throw new SourceFault('unreadable', 'The answer does not say how many there are.');
  return total;
}

/** Terms with the number of reports that carry them, most frequent first. */
export function parseCounts(snapshot: Snapshot): ReactionCount[] {
  if (isNothingFound(snapshot)) return [];
  return resultsOf(snapshot)
    .items()
    .flatMap((result) => {
      const term = result.at('term').string();
      const count = result.at('count').number();
      return term && count ? { term, count } : [];
    });
}

export function adverseEvent(facts: AdverseEventFacts, reaction: string, url: string) {
  const record: DraftOf<'adverse-event'> = {
    kind: 'adverse-event',
    source: 'openfda',
    externalId: `adverse-event:${reaction}`,
    title: `${reaction}: co-reported with the drug`,
    url,
    publishedOn: null,
    licence: LICENCE,
    facts,
    snapshotSha256: facts.a.snapshotSha256,
  };
  return record;
}

/** A 404 counts as an answer only in openFDA's own form. */
function isNothingFound(snapshot: Snapshot): boolean {
  if (snapshot.status !== 404) return false;
  let code: unknown;
  try {
    code = jsonCursor(snapshot).at('error', 'code').value;
  } catch {
    code = null;
  }
  if (code !== 'NOT_FOUND') {
    throw new SourceFault('http-status', 'openFDA answered with status 404.', 404);
  }
  return true;
}

function resultsOf(snapshot: Snapshot): JsonCursor {
  const results = jsonCursor(snapshot).at('results');
  if (!Array.isArray(results.value)) {
    throw new SourceFault('unreadable', 'The answer holds no list of results.');
  }
  return results;
}

function read<T>(snapshot: Snapshot, parse: (result: JsonCursor) => T | null): Read<T> {
  if (isNothingFound(snapshot)) return { records: [], leftOut: 0, total: 0 };
  const results = resultsOf(snapshot).items();
  const records = results.flatMap((result) => parse(result) ?? []);
  return {
    records,
    leftOut: results.length - records.length,
    total: parseTotal(snapshot)?.value ?? 0,
  };
}

function parseLabel(label: JsonCursor): DraftOf<'label'> | null {
  const setId = label.at('set_id').string();
  if (!setId) return null;
  const openfda = label.at('openfda');
  const brandName = openfda.at('brand_name', 0).string();
  const genericName = openfda.at('generic_name', 0).string();
  const effectiveOn = label.at('effective_time').string();
  return {
    kind: 'label',
    source: 'openfda',
    externalId: setId.value,
    title: `Label of ${brandName?.value ?? genericName?.value ?? setId.value}`,
    url: `https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=${encodeURIComponent(setId.value)}`,
    publishedOn: isoDate(effectiveOn?.value),
    licence: LICENCE,
    facts: {
      setId,
      brandName,
      genericName,
      manufacturer: openfda.at('manufacturer_name', 0).string(),
      effectiveOn,
      indications: label.at('indications_and_usage').strings(),
      boxedWarning: label.at('boxed_warning').strings(),
      route: openfda.at('route').strings(),
    },
    snapshotSha256: label.snapshotSha256,
  };
}

function parseApplication(application: JsonCursor): DraftOf<'approval'> | null {
  const applicationNumber = application.at('application_number').string();
  if (!applicationNumber) return null;
  const products = application
    .at('products')
    .items()
    .map((product) => ({
      brand: product.at('brand_name').string(),
      status: product.at('marketing_status').string(),
    }));
  const firstApprovedOn = firstApproval(application);
  const brands = [...new Set(products.flatMap(({ brand }) => brand?.value ?? []))];
  const digits = applicationNumber.value.replace(/\D/g, '');
  return {
    kind: 'approval',
    source: 'openfda',
    externalId: applicationNumber.value,
    title: [applicationNumber.value, brands.join(', ')].filter(Boolean).join(': '),
    url: `https://www.accessdata.fda.gov/scripts/cder/daf/index.cfm?event=overview.process&ApplNo=${digits}`,
    publishedOn: isoDate(firstApprovedOn?.value),
    licence: LICENCE,
    facts: {
      applicationNumber,
      sponsor: application.at('sponsor_name').string(),
      products,
      firstApprovedOn,
    },
    snapshotSha256: application.snapshotSha256,
  };
}

/** The earliest approved (`AP`, not tentatively approved) original submission. */
function firstApproval(application: JsonCursor): ValuePlace<string> | null {
  const dates = application
    .at('submissions')
    .items()
    .filter(
      (submission) =>
        submission.at('submission_type').value === 'ORIG' &&
        submission.at('submission_status').value === 'AP',
    )
    .flatMap((submission) => submission.at('submission_status_date').string() ?? [])
    .filter(({ value }) => isoDate(value) !== null);
  return dates.toSorted((a, b) => (a.value < b.value ? -1 : 1))[0] ?? null;
}

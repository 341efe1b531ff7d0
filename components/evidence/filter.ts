/** Narrowing and ordering a list of evidence, and the words of its facets. Pure. */

import {
  compare,
  type EvidenceRow,
  KIND_ORDER,
  kindRank,
  usualOrder,
} from '@/server/evidence/rows';
import type { EvidenceKind, Level, SourceId } from '@/server/evidence/schema';
import { SOURCE_NAMES } from '@/server/reports/csl';

export const KIND_WORDS: Record<EvidenceKind, { one: string; many: string }> = {
  trial: { one: 'Trial', many: 'Trials' },
  article: { one: 'Article', many: 'Articles' },
  indication: { one: 'Indication', many: 'Indications' },
  mechanism: { one: 'Mechanism', many: 'Mechanisms' },
  target: { one: 'Target', many: 'Targets' },
  potency: { one: 'Potency', many: 'Potencies' },
  warning: { one: 'Warning', many: 'Warnings' },
  label: { one: 'Drug label', many: 'Drug labels' },
  approval: { one: 'Approval', many: 'Approvals' },
  'adverse-event': { one: 'Adverse event', many: 'Adverse events' },
  patent: { one: 'Patent', many: 'Patents' },
  compound: { one: 'Compound record', many: 'Compound records' },
};

export const ROLE_WORDS: Record<NonNullable<EvidenceRow['role']>, string> = {
  studied: 'studied treatment',
  combination: 'studied, only in combination',
  comparator: 'comparator',
  background: 'background treatment',
  'not-given': 'not given',
  unclear: 'not told',
};

export const STANCE_WORDS: Record<NonNullable<EvidenceRow['stance']>, string> = {
  supports: 'supports',
  contradicts: 'contradicts',
  unclear: 'unclear',
};

export const FACETS = ['kind', 'alarm', 'level', 'stance', 'role', 'source', 'indication'] as const;
export type Facet = (typeof FACETS)[number];

export type EvidenceFilter = Record<Facet, string[]> & {
  search: string;
  /** `column.asc` or `column.desc`; empty for the usual order. */
  sort: string;
};

/** Stands in a facet for records that have none of its values. */
export const NONE = 'none';

const VALUES: Record<Facet, (row: EvidenceRow) => readonly string[]> = {
  kind: (row) => [row.kind],
  source: (row) => [row.source],
  level: (row) => [row.level ?? NONE],
  stance: (row) => (row.kind === 'article' ? [row.stance ?? NONE] : []),
  role: (row) => (row.kind === 'trial' ? [row.role ?? NONE] : []),
  alarm: (row) => (row.alarm ? [row.alarm] : []),
  indication: (row) => row.indications,
};

export function facetWord(
  facet: Facet,
  value: string,
  indications: Readonly<Record<string, string>>,
): string {
  if (value === NONE) return facet === 'level' ? 'not classified' : 'not read';
  switch (facet) {
    case 'kind':
      return KIND_WORDS[value as EvidenceKind]?.many ?? value;
    case 'source':
      return SOURCE_NAMES[value as SourceId] ?? value;
    case 'stance':
      return STANCE_WORDS[value as keyof typeof STANCE_WORDS] ?? value;
    case 'role':
      return ROLE_WORDS[value as keyof typeof ROLE_WORDS] ?? value;
    case 'indication':
      return indications[value] ?? value;
    default:
      return value;
  }
}

/** What is not known stands last in either direction. */
const SORTS: Record<string, (row: EvidenceRow) => string | number | null> = {
  title: (row) => row.title.toLowerCase(),
  kind: kindRank,
  source: (row) => row.source,
  date: (row) => row.publishedOn,
  level: (row) => row.level,
  stance: (row) => row.stance,
  role: (row) => row.role,
};

const passes = (row: EvidenceRow, facet: Facet, chosen: readonly string[]) =>
  chosen.length === 0 || VALUES[facet](row).some((value) => chosen.includes(value));

export function narrow(rows: readonly EvidenceRow[], filter: EvidenceFilter): EvidenceRow[] {
  const search = filter.search.trim().toLowerCase();
  const kept = rows.filter(
    (row) =>
      FACETS.every((facet) => passes(row, facet, filter[facet])) &&
      (search === '' ||
        `${row.title} ${row.externalId} ${row.summary ?? ''}`.toLowerCase().includes(search)),
  );
  const [name = '', direction] = filter.sort.split('.');
  const by = SORTS[name];
  if (!by) return kept.sort(usualOrder);
  const sign = direction === 'desc' ? -1 : 1;
  return kept.sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || usualOrder(a, b);
    }
    return sign * compare(left, right) || usualOrder(a, b);
  });
}

const FACET_ORDER: Partial<Record<Facet, readonly string[]>> = {
  kind: KIND_ORDER,
  stance: ['supports', 'contradicts', 'unclear'],
};

/** How many rows each choice of one facet would leave, given the other filters. */
export function facetCounts(
  rows: readonly EvidenceRow[],
  filter: EvidenceFilter,
  facet: Facet,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of VALUES[facet](row)) counts.set(value, 0);
  for (const row of narrow(rows, { ...filter, [facet]: [] })) {
    for (const value of VALUES[facet](row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const order = FACET_ORDER[facet];
  const byCount = facet === 'indication' || facet === 'alarm';
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort(
      (a, b) =>
        (byCount ? b.count - a.count : 0) ||
        (order ? order.indexOf(a.value) - order.indexOf(b.value) : 0) ||
        compare(a.value, b.value),
    );
}

/** A record's own number, without what a connector adds where one record makes several. */
export function shownId({
  source,
  kind,
  externalId,
}: Pick<EvidenceRow, 'source' | 'kind' | 'externalId'>): string | null {
  if (kind === 'adverse-event') return null;
  if (source === 'opentargets') return externalId.split(':')[0] ?? externalId;
  return source === 'europepmc' ? externalId.replace(/^[A-Z]+:/, '') : externalId;
}

export const LEVEL_WORDS: Record<Level, string> = {
  L1: 'phase 3 with results, or meta-analysis of trials',
  L2: 'controlled phase 2',
  L3: 'phase 1, case series, observational',
  L4: 'in vivo',
  L5: 'in vitro',
  L6: 'computed',
};

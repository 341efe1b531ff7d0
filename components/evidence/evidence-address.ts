'use client';

import { useSearchParams } from 'next/navigation';
import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
  type Values,
} from 'nuqs';
import type { SortDirection } from '@/components/ui/table';
import { FACETS } from './filter';

const list = parseAsArrayOf(parseAsString).withDefault([]);
const text = parseAsString.withDefault('');
const address = {
  kind: list,
  alarm: list,
  level: list,
  stance: list,
  role: list,
  source: list,
  indication: list,
  q: text,
  sort: text,
  order: parseAsStringLiteral(['usual']),
  page: parseAsInteger.withDefault(1),
};
export type Change = Partial<Values<typeof address>>;

/** Filters, order and page of the evidence table, which stand in the page's address. */
export function useEvidenceAddress() {
  const [state, setState] = useQueryStates(address, { history: 'replace' });
  const href = useHref();
  /** Another filter or order begins at its first page. */
  const change = (next: Change) => void setState({ page: 1, ...next });
  const sortedBy = (column: string) => {
    const [current, direction] = state.sort.split('.');
    const sort = `${column}.${current === column && direction === 'asc' ? 'desc' : 'asc'}`;
    const shown: SortDirection = direction === 'desc' ? 'descending' : 'ascending';
    return {
      href: href({ sort, page: null }),
      direction: current === column ? shown : null,
      onSort: () => change({ sort }),
    };
  };
  return {
    state,
    href,
    change,
    sortedBy,
    turnTo: (page: number) => void setState({ page }),
    clear: () => change({ ...Object.fromEntries(FACETS.map((f) => [f, []])), q: '' }),
  };
}

/** The present address with some of its parameters changed; null takes one out. */
function useHref() {
  const search = useSearchParams();
  return (changes: Record<string, string | null>) => {
    const params = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    return `?${params}`;
  };
}

/** What the library is narrowed to; all of it stands in the address. */
import {
  type PaperFilter,
  PROCESSING_STATUSES,
  type ProcessingStatus,
} from '@/server/papers/schema';

export const PAGE_SIZE = 50;

export interface LibraryQuery {
  q: string;
  status: ProcessingStatus[];
  tags: string[];
  years: [from: number | null, to: number | null];
  bin: boolean;
  sort: 'added' | 'title' | 'year';
  /** From 1. */
  page: number;
}

export const filterOf = ({
  q,
  status,
  tags,
  years,
  bin,
  sort,
  page,
}: LibraryQuery): PaperFilter => ({
  search: q || undefined,
  status: status.length > 0 ? status : undefined,
  tags: tags.length > 0 ? tags : undefined,
  yearFrom: years[0] ?? undefined,
  yearTo: years[1] ?? undefined,
  bin,
  sort,
  offset: (page - 1) * PAGE_SIZE,
  limit: PAGE_SIZE,
});

export function addressOf(query: LibraryQuery): string {
  const search = new URLSearchParams(fieldsOf(query));
  return search.size > 0 ? `/papers?${search}` : '/papers';
}

/** The address's fields, without those that say what holds anyway. */
export function fieldsOf({ q, status, tags, years, bin, sort, page }: LibraryQuery) {
  const fields: Record<string, string> = {};
  if (q) fields.q = q;
  if (status.length > 0) fields.status = status.join(',');
  if (tags.length > 0) fields.tags = tags.map(encodeURIComponent).join(',');
  if (years[0] !== null) fields.from = String(years[0]);
  if (years[1] !== null) fields.to = String(years[1]);
  if (bin) fields.bin = '1';
  if (sort !== 'added') fields.sort = sort;
  if (page > 1) fields.page = String(page);
  return fields;
}

type Search = Record<string, string | string[] | undefined>;

/** Reads the address; what makes no sense there narrows nothing. A form sends a field several times. */
export function queryOf(search: Search): LibraryQuery {
  const all = (name: string) => [search[name] ?? []].flat().flatMap((value) => value.split(','));
  const one = (name: string) => [search[name] ?? []].flat()[0] ?? '';
  const year = (name: string) => (/^\d{4}$/.test(one(name)) ? Number(one(name)) : null);
  const sort = one('sort');
  return {
    q: one('q').trim().slice(0, 200),
    status: PROCESSING_STATUSES.filter((status) => all('status').includes(status)),
    tags: all('tags').map(decoded).filter(Boolean).slice(0, 20),
    years: [year('from'), year('to')],
    bin: one('bin') === '1',
    sort: sort === 'title' || sort === 'year' ? sort : 'added',
    page: Math.min(Math.max(Math.trunc(Number(one('page'))) || 1, 1), 2_000),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, 60);
  } catch {
    return text.slice(0, 60);
  }
}

export const isNarrowed = ({ q, status, tags, years }: LibraryQuery): boolean =>
  q !== '' || status.length > 0 || tags.length > 0 || years.some((year) => year !== null);

/** Which chunks may match. Filters are part of the query: what is left out never competes. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { placeOf, readIds } from './id-list';
import type { SearchFilter } from './schema';

export interface Listed {
  /** True: the chunks of `ids` alone may match; false: all but those. */
  only: boolean;
  /** In ascending order. */
  ids: Float64Array;
}

export const mayMatch = ({ only, ids }: Listed, chunkId: number): boolean =>
  only === placeOf(ids, chunkId) >= 0;

/** Papers in the bin never match, whatever the filter; read anew for every question. */
export async function readListed(
  tx: Tx,
  workspaceId: string,
  filter: SearchFilter,
): Promise<Listed> {
  const { sections, exceptPaperIds } = filter;
  const asked = conditions(filter);
  const only = asked.length > 0 || sections !== undefined;
  const except = exceptPaperIds?.length
    ? sql`p.id = any(${sql.param(exceptPaperIds)}::uuid[])`
    : sql`false`;
  const chosen = only
    ? sql.join([sql`p.deleted_at is null and not ${except}`, ...asked], sql` and `)
    : sql`(p.deleted_at is not null or ${except})`;
  const section = sections ? sql`and section = any(${sql.param(sections)}::text[])` : sql``;
  const [row] = await tx.execute<{ ids: Buffer | null }>(sql`
    select string_agg(float8send(c.id::float8), ''::bytea) as ids
    from papers p cross join lateral (
      select id from chunks
      where workspace_id = ${workspaceId} and paper_id = p.id ${section} offset 0) c
    where p.workspace_id = ${workspaceId} and ${chosen}`);
  return { only, ids: readIds(row?.ids ?? null).sort() };
}

/** What is asked of papers. */
function conditions(filter: SearchFilter): SQL[] {
  const { paperIds, years, tags, authors } = filter;
  const asked: SQL[] = [];
  if (paperIds) asked.push(sql`p.id = any(${sql.param(paperIds)}::uuid[])`);
  if (years?.from != null) asked.push(sql`p.year >= ${years.from}`);
  if (years?.to != null) asked.push(sql`p.year <= ${years.to}`);
  if (tags) asked.push(sql`p.tags && ${sql.param(tags)}::text[]`);
  if (authors) {
    const names = sql.param(authors.map((name) => name.toLowerCase()));
    asked.push(sql`exists (
      select 1 from jsonb_array_elements(p.authors) author
      where lower(author ->> 'name') = any(${names}::text[])
        or lower(author ->> 'family') = any(${names}::text[]))`);
  }
  return asked;
}

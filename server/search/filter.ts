/** Which chunks may match. Filters are part of the query: what is left out never competes. */
import { type SQL, sql } from 'drizzle-orm';
import type { SearchFilter } from './schema';

/** Ids of chunks that a filter lets through, as a query; null where there is no filter. */
export function allowedChunks(workspaceId: string, filter: SearchFilter): SQL | null {
  const conditions: SQL[] = [];
  if (filter.paperIds) conditions.push(sql`p.id = any(${sql.param(filter.paperIds)}::uuid[])`);
  if (filter.sections) conditions.push(sql`c.section = any(${sql.param(filter.sections)}::text[])`);
  if (filter.years?.from != null) conditions.push(sql`p.year >= ${filter.years.from}`);
  if (filter.years?.to != null) conditions.push(sql`p.year <= ${filter.years.to}`);
  if (filter.tags) conditions.push(sql`p.tags && ${sql.param(filter.tags)}::text[]`);
  if (filter.authors) {
    conditions.push(sql`exists (
      select 1 from jsonb_array_elements(p.authors) author
      where lower(author ->> 'name') = any(${sql.param(filter.authors.map((a) => a.toLowerCase()))}::text[])
        or lower(author ->> 'family') = any(${sql.param(filter.authors.map((a) => a.toLowerCase()))}::text[]))`);
  }
  if (conditions.length === 0) return null;
  return sql`
    select c.id from papers p join chunks c on c.paper_id = p.id and c.workspace_id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.deleted_at is null
      and ${sql.join(conditions, sql` and `)}`;
}

/** Ids of chunks of binned papers. */
export const binnedChunks = (workspaceId: string): SQL => sql`
  select c.id from papers p join chunks c on c.paper_id = p.id and c.workspace_id = p.workspace_id
  where p.workspace_id = ${workspaceId} and p.deleted_at is not null`;

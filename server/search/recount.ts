import { sql } from 'drizzle-orm';
import { type Ctx, inWorkspace } from '@/server/context';

/**
 * Counts a workspace's index anew and removes postings of chunks that are gone. Changes nothing in an
 * index in good health; returns how many counts and postings were wrong.
 */
export async function recountIndex({ ctx }: { ctx: Ctx }): Promise<number> {
  const { workspaceId } = ctx.actor;
  return inWorkspace(ctx, async (tx) => {
    // Statistics that are older than the workspace promise one row of it; a nested loop chosen for that
    // would read the whole index once for each posting.
    await tx.execute(sql`set local enable_nestloop = off`);
    // Writers wait meanwhile.
    await tx.execute(sql`select 1 from lex_stat where workspace_id = ${workspaceId} for update`);
    const orphans = await tx.execute(sql`
      delete from lex_posting p where p.workspace_id = ${workspaceId} and not exists (
        select 1 from lex_chunk l where l.chunk_id = p.chunk_id)
      returning 1`);
    const terms = await tx.execute(sql`
      update lex_term t set df = counted.n
      from (
        select t.id, count(p.term_id)::int as n
        from lex_term t left join lex_posting p
          on p.workspace_id = t.workspace_id and p.term_id = t.id
        where t.workspace_id = ${workspaceId} group by t.id) counted
      where t.id = counted.id and t.df <> counted.n
      returning 1`);
    const sizes = await tx.execute(sql`
      update lex_stat s set n = l.n, total_dl = l.dl, version = version + 1
      from (
        select count(*)::int as n, coalesce(sum(dl), 0) as dl
        from lex_chunk where workspace_id = ${workspaceId}) l
      where s.workspace_id = ${workspaceId} and (s.n, s.total_dl) is distinct from (l.n, l.dl)
      returning 1`);
    if (orphans.length > 0) {
      // Copies of them may be kept in memory.
      await tx.execute(sql`
        update lex_stat set version = version + 1 where workspace_id = ${workspaceId}`);
    }
    return orphans.length + terms.length + sizes.length;
  });
}

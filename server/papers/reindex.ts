import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { papers } from '@/db/schema';
import { ANALYSIS } from '@/server/search';
import { indexAnew } from './record';
import { raiseLibraryVersion } from './version';

/**
 * Indexes anew up to so many papers, of any workspace, whose words an earlier Phial read in another way.
 * Each is found by its old words until the transaction that gives it its new ones. Returns how many.
 */
export async function reindexOutdated(db: Database, limit: number): Promise<number> {
  const outdated = await db.tx(null, (tx) =>
    tx.execute<{ id: string; workspaceId: string }>(sql`
      select paper_id as id, workspace_id as "workspaceId"
      from phial_outdated_papers(${ANALYSIS}::smallint, ${limit}::int)`),
  );
  let indexed = 0;
  for (const paper of outdated) {
    await db.tx(paper.workspaceId, async (tx) => {
      // Another worker may have it in hand, or done.
      const [still] = await tx
        .select({ id: papers.id })
        .from(papers)
        .where(and(eq(papers.id, paper.id), lt(papers.analysis, ANALYSIS)))
        .for('update', { skipLocked: true });
      if (!still) return;
      await indexAnew(tx, paper);
      await raiseLibraryVersion(tx, paper.workspaceId);
      indexed += 1;
    });
  }
  return indexed;
}

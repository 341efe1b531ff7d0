/** The library's version: whatever was kept of an answer is stale once it has been raised. */
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { libraries } from '@/db/schema';

/** Rings with the id of the workspace whose library has another version. */
export const LIBRARY_CHANNEL = 'phial_library';

/**
 * To be called in the transaction that changes what can be found (indexing, bin, restoring, purge,
 * edits that filters look at), as its last statement: writers wait for each other here.
 */
export async function raiseLibraryVersion(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .insert(libraries)
    .values({ workspaceId, version: 1 })
    .onConflictDoUpdate({
      target: libraries.workspaceId,
      set: { version: sql`${libraries.version} + 1` },
    });
  await tx.execute(sql`select pg_notify(${LIBRARY_CHANNEL}, ${workspaceId})`);
}

export async function libraryVersion(tx: Tx, workspaceId: string): Promise<number> {
  const [row] = await tx
    .select({ version: libraries.version })
    .from(libraries)
    .where(eq(libraries.workspaceId, workspaceId));
  return row?.version ?? 0;
}

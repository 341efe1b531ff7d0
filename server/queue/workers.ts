/** Living workers and the locks of dead ones. Needs the queue's own connection (worker only). */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { workers } from '@/db/schema';

export async function beat(
  db: Database,
  poolId: string,
  sealKey: string | null = null,
): Promise<void> {
  await db.asQueue(async (tx) => {
    await tx
      .insert(workers)
      .values({ poolId, sealKey })
      .onConflictDoUpdate({
        target: workers.poolId,
        set: { heartbeatAt: sql`clock_timestamp()` },
      });
  });
}

/**
 * Releases the tasks of workers that are silent for longer than `deadAfterMs`, and of pools that never
 * gave a heartbeat and hold a task for longer than that. Returns the pools' ids.
 */
export async function releaseDeadWorkers(db: Database, deadAfterMs: number): Promise<string[]> {
  return db.asQueue(async (tx) => {
    const age = sql`make_interval(secs => ${deadAfterMs / 1000})`;
    const silent = await tx
      .delete(workers)
      .where(sql`${workers.heartbeatAt} < clock_timestamp() - ${age}`)
      .returning({ id: workers.poolId });
    const unknown = (await tx.execute(
      sql`select distinct j.locked_by as id from graphile_worker._private_jobs j
          where j.locked_at < clock_timestamp() - ${age}
            and not exists (select 1 from workers w where w.pool_id = j.locked_by)`,
    )) as unknown as { id: string }[];
    const dead = [...new Set([...silent, ...unknown].map((r) => r.id))];
    await unlock(tx, dead);
    return dead;
  });
}

/** A worker's farewell: its tasks are free at once. */
export async function releaseWorker(db: Database, poolId: string): Promise<void> {
  await db.asQueue(async (tx) => {
    await tx.delete(workers).where(eq(workers.poolId, poolId));
    await unlock(tx, [poolId]);
  });
}

async function unlock(
  tx: Parameters<Parameters<Database['asQueue']>[0]>[0],
  poolIds: string[],
): Promise<void> {
  if (poolIds.length === 0) return;
  await tx.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(poolIds)}::text[])`);
}

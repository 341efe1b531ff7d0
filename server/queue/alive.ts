/** Whether anybody works on what is queued. */
import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { workers } from '@/db/schema';

/** Workers give a sign of life every few seconds; by then a dead one's tasks have been taken over. */
const SILENT_SECONDS = 60;

/** False when no worker has given a sign of life for a minute: then nothing that waits will start. */
export async function isAnyWorkerAlive(db: Database): Promise<boolean> {
  const [row] = await db.tx(null, (tx) =>
    tx
      .select({
        alive: sql<boolean>`bool_or(${workers.heartbeatAt} > clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}))`,
      })
      .from(workers),
  );
  return row?.alive ?? false;
}

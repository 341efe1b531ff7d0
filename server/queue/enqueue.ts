/** The queue is written in the same transaction as the row it is about: no lost and no phantom task. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import type { TaskPayloads } from './tasks';

interface EnqueueOptions {
  /** A waiting task with the same key is replaced: safe to repeat. */
  key: string;
  runAt?: Date;
  /** Smaller runs first. */
  priority?: number;
}

/** Tasks are retried by Graphile only after a crash or a lost database; steps count their own attempts. */
const MAX_ATTEMPTS = 25;

export async function enqueue<T extends keyof TaskPayloads>(
  tx: Tx,
  task: T,
  payload: TaskPayloads[T],
  options: EnqueueOptions,
): Promise<void> {
  await enqueueAll(tx, task, [{ payload, ...options }]);
}

/** Several tasks in one statement. */
export async function enqueueAll<T extends keyof TaskPayloads>(
  tx: Tx,
  task: T,
  entries: (EnqueueOptions & { payload: TaskPayloads[T] })[],
): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.phial_enqueue(${task}, payload, key, "runAt", coalesce(priority, 0),
      ${MAX_ATTEMPTS}::int)
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as entry (payload json, key text, "runAt" timestamptz, priority int)`);
}

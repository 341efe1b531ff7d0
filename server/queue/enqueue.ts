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
  { key, runAt, priority = 0 }: EnqueueOptions,
): Promise<void> {
  await tx.execute(
    sql`select graphile_worker.phial_enqueue(${task}, ${JSON.stringify(payload)}::json, ${key},
      ${runAt?.toISOString() ?? null}::timestamptz, ${priority}::int, ${MAX_ATTEMPTS}::int)`,
  );
}

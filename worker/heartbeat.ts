/**
 * Heartbeats, and taking over from the dead: Graphile keeps a killed worker's tasks locked for four
 * hours, so living workers release them after WORKER_DEAD_AFTER_MS.
 */
import type { Database } from '@/db/client';
import type { Logger } from '@/server/log';
import { beat, releaseDeadWorkers, releaseWorker } from '@/server/queue/workers';

export interface Heartbeat {
  /** Aborts when the database was away: tasks of this pool may be left locked, so it must be replaced. */
  outage: AbortSignal;
  /** A connection broke, be it between two beats: the next that gets through tells of an outage. */
  doubt(): void;
  stop(): Promise<void>;
}

export function startHeartbeat(
  db: Database,
  poolId: string,
  times: { everyMs: number; deadAfterMs: number },
  log: Logger,
  sealKey: string | null = null,
): Heartbeat {
  const outage = new AbortController();
  let wasAway = false;
  let stopped = false;
  const tick = async () => {
    try {
      await beat(db, poolId, sealKey);
      if (wasAway) outage.abort();
      const dead = await releaseDeadWorkers(db, times.deadAfterMs);
      if (dead.length > 0) log.warn({ dead }, 'took over from dead workers');
    } catch (error) {
      wasAway = true;
      log.warn({ err: error }, 'heartbeat missed');
    }
  };
  let last = tick();
  const timer = setInterval(() => {
    last = last.then(() => (stopped ? undefined : tick()));
  }, times.everyMs);
  return {
    outage: outage.signal,
    doubt() {
      wasAway = true;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await last;
      await releaseWorker(db, poolId);
    },
  };
}

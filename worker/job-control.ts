/** Cancel and finish-early reach running steps here, within one NOTIFY. */
import type { Database } from '@/db/client';
import { CONTROL_CHANNEL, jobControlState } from '@/server/jobs';
import { SourceFault } from './sources/contract';

interface Watched {
  workspaceId: string;
  jobId: string;
  /** Only gathering ends early; the later steps are what it is ended for. */
  gathers: boolean;
  controller: AbortController;
}

export class JobControl {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Database) {}

  /** Starts listening; a slow poll backs up a missed bell. */
  async start(): Promise<() => Promise<void>> {
    const unlisten = await this.db.listen(CONTROL_CHANNEL, (jobId) => {
      void this.check(jobId);
    });
    this.timer = setInterval(() => void this.check(null), 5_000);
    return async () => {
      clearInterval(this.timer);
      await unlisten();
    };
  }

  /**
   * A signal for one step. It aborts with a SourceFault (`cancelled`, `finish-early`), or with
   * `shutdown`'s reason when the worker stops. Call `release` when the step is over.
   */
  watch(
    step: { workspaceId: string; jobId: string; gathers: boolean; isFinishing: boolean },
    shutdown: AbortSignal | undefined,
  ): { signal: AbortSignal; release: () => void } {
    const controller = new AbortController();
    const entry = { ...step, controller };
    const onShutdown = () => controller.abort(shutdown?.reason);
    // The bell rang before this step began.
    if (step.isFinishing && step.gathers) controller.abort(finishEarly());
    this.watched.add(entry);
    shutdown?.addEventListener('abort', onShutdown, { once: true });
    return {
      signal: controller.signal,
      release: () => {
        this.watched.delete(entry);
        shutdown?.removeEventListener('abort', onShutdown);
      },
    };
  }

  private async check(jobId: string | null): Promise<void> {
    for (const entry of this.watched) {
      if (entry.controller.signal.aborted || (jobId && entry.jobId !== jobId)) continue;
      const state = await jobControlState(this.db, entry).catch(() => null);
      if (state === 'ended') {
        entry.controller.abort(new SourceFault('cancelled', 'cancelled'));
      } else if (state === 'finishing' && entry.gathers) {
        entry.controller.abort(finishEarly());
      }
    }
  }
}

const finishEarly = () => new SourceFault('finish-early', 'finished early');

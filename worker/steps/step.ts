/** What a step is given and what it has to do. */
import type { Ctx } from '@/server/context';
import type { Running } from '@/server/jobs';
import type { Runtime } from '../runtime';

export interface StepWork {
  runtime: Runtime;
  ctx: Ctx;
  running: Running;
  /** Aborts with a SourceFault when the job is cancelled or finished early. */
  signal: AbortSignal;
}

/** Does the step's work and ends the step (`endStep`, `failJob`) in its last transaction. */
export type StepBody = (work: StepWork) => Promise<void>;

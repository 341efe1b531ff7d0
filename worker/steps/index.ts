/** What each step of a job does. */
import type { Ctx } from '@/server/context';
import type { Running } from '@/server/jobs';
import { gatherSource, type StepKey } from '@/server/jobs/schema';
import type { Runtime } from '../runtime';
import { gatherStep } from './gather';
import { identifyStep } from './identify';
import { renderStep } from './render';
import { scoreStep } from './score';
import { synthesiseStep } from './synthesise';
import { verifyStep } from './verify';

export interface StepWork {
  runtime: Runtime;
  ctx: Ctx;
  running: Running;
  /** Aborts with a SourceFault when the job is cancelled or finished early. */
  signal: AbortSignal;
}

/** Does the step's work and ends the step (`endStep`, `failJob`) in its last transaction. */
export type StepBody = (work: StepWork) => Promise<void>;

export function stepBody(key: StepKey): StepBody {
  if (gatherSource(key)) return gatherStep;
  switch (key) {
    case 'identify':
      return identifyStep;
    case 'score':
      return scoreStep;
    case 'synthesise':
      return synthesiseStep;
    case 'verify':
      return verifyStep;
    case 'render':
      return renderStep;
    default:
      throw new Error(`No work is known for the step ${key}`);
  }
}

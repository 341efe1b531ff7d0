/** What each step of a job does. */
import { gatherSource, type StepKey } from '@/server/jobs/schema';
import { correctStep } from './correct';
import { fetchStep } from './fetch';
import { gatherStep } from './gather';
import { identifyStep } from './identify';
import { indexStep } from './index-paper';
import { parseStep } from './parse';
import { renderStep } from './render';
import { scoreStep } from './score';
import type { StepBody } from './step';
import { synthesiseStep } from './synthesise';
import { verifyStep } from './verify';

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
    case 'fetch':
      return fetchStep;
    case 'correct':
      return correctStep;
    case 'parse':
      return parseStep;
    case 'index':
      return indexStep;
    default:
      throw new Error(`No work is known for the step ${key}`);
  }
}

import type { JOB_KINDS } from '@/db/schema';
import { moleculePlan } from './molecule';
import { paperPlan } from './paper';
import type { Plan } from './plan';

export type { JobEnd, Plan, PlannedStep, StepTask } from './plan';

const PLANS: Partial<Record<(typeof JOB_KINDS)[number], Plan>> = {
  molecule: moleculePlan,
  paper: paperPlan,
};

export function planOf(kind: (typeof JOB_KINDS)[number]): Plan {
  const plan = PLANS[kind];
  if (!plan) throw new Error(`No plan is known for jobs of kind ${kind}`);
  return plan;
}

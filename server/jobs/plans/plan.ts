/** What a kind of job has to say to the machine: which step comes when, and how the job ends. Pure. */
import type { JobStatus, StepStatus } from '../schema';

export interface PlannedStep {
  key: string;
  status: StepStatus;
  outcome: string | null;
  reason: string | null;
}

export interface JobEnd {
  status: JobStatus;
  reason: string | null;
  message: string | null;
}

export interface Plan {
  /** Pending steps whose predecessors have ended. */
  runnable<S extends Pick<PlannedStep, 'key' | 'status'>>(all: S[]): S[];
  /** How a job whose steps have all ended ends; null before. */
  end(all: PlannedStep[], facts: { nameOnly: boolean }): JobEnd | null;
  /** Which of the worker's pools runs the step. */
  task(key: string): StepTask;
}

/** Tasks that run a step; all carry the same payload. */
export type StepTask = 'run-step' | 'read-paper';

export const hasEnded = ({ status }: Pick<PlannedStep, 'status'>): boolean =>
  status === 'done' || status === 'failed' || status === 'skipped' || status === 'cancelled';

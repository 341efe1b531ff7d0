/** The words of jobs: inputs, steps, events. Browser-safe. */
import { z } from 'zod';
import { type Outcome, SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { PAPER_STEPS, type PaperStep } from '@/server/papers/schema';
import { controlCharacter } from './recognise';

export const LIMITS = {
  indicationCharacters: 300,
  /** Requests to public sources one job may make, unless asked otherwise. */
  maxRequests: { default: 300, min: 1, max: 2_000 },
  /** Seconds a job may spend gathering. */
  maxSeconds: { default: 900, min: 10, max: 7_200 },
} as const;

export const moleculeOptions = z.object({
  /** Disease to judge; null: the best-supported candidate is judged. */
  indication: z
    .string()
    .trim()
    .min(
      1,
      'An indication is the name of a disease; leave it out to have the best candidate judged.',
    )
    .max(
      LIMITS.indicationCharacters,
      `An indication may have at most ${LIMITS.indicationCharacters} characters.`,
    )
    .check((typed) => {
      const message = controlCharacter(typed.value);
      if (message) typed.issues.push({ code: 'custom', input: typed.value, message });
    })
    .nullable()
    .default(null),
  sources: z
    .array(z.enum(SOURCE_IDS))
    .min(1)
    .default([...SOURCE_IDS])
    .transform((ids) => SOURCE_IDS.filter((id) => ids.includes(id))),
  maxRequests: z
    .number()
    .int()
    .min(LIMITS.maxRequests.min)
    .max(LIMITS.maxRequests.max)
    .default(LIMITS.maxRequests.default),
  maxSeconds: z
    .number()
    .int()
    .min(LIMITS.maxSeconds.min)
    .max(LIMITS.maxSeconds.max)
    .default(LIMITS.maxSeconds.default),
});
export type MoleculeOptions = z.infer<typeof moleculeOptions>;

export const submitMoleculeInput = z.object({
  text: z.string(),
  options: moleculeOptions.prefault({}),
  /** Runs from this stored bundle only. */
  bundleSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  idempotencyKey: z.string().min(1).max(200).nullable().default(null),
});
export type SubmitMoleculeInput = z.input<typeof submitMoleculeInput>;

export type JobStatus =
  | 'pending'
  | 'needs-input'
  | 'running'
  | 'completed'
  | 'partial'
  | 'failed'
  | 'cancelled';
export type StepStatus = 'pending' | 'running' | 'done' | 'failed' | 'skipped' | 'cancelled';

export const TERMINAL: readonly JobStatus[] = ['completed', 'partial', 'failed', 'cancelled'];
export const isTerminal = (status: JobStatus) => TERMINAL.includes(status);

export type GatherKey = `gather:${SourceId}`;
export type StepKey =
  | 'identify'
  | GatherKey
  | 'score'
  | 'synthesise'
  | 'verify'
  | 'render'
  | PaperStep;

export const STEP_KEYS: readonly StepKey[] = [
  'identify',
  ...SOURCE_IDS.map((id): GatherKey => `gather:${id}`),
  'score',
  'synthesise',
  'verify',
  'render',
];

/** The ledger's reason for a source that the person left out. */
export const NOT_ASKED_FOR = 'not asked for';

export const gatherSource = (key: string): SourceId | null =>
  key.startsWith('gather:') ? (key.slice('gather:'.length) as SourceId) : null;

/** Steps of the same rank do not depend on each other; each rank depends on the one before. */
export function stepRank(key: string): number {
  if (gatherSource(key)) return 1;
  const ofPaper = PAPER_STEPS.indexOf(key as PaperStep);
  if (ofPaper >= 0) return ofPaper;
  return key === 'identify' ? 0 : STEP_KEYS.indexOf(key as StepKey);
}

/** Did this step of an ended job not do what was asked for? A retry of the job runs it again. */
export const isLacking = (step: {
  key: string;
  status: StepStatus;
  outcome: string | null;
  reason: string | null;
}): boolean =>
  step.status === 'failed' ||
  step.status === 'cancelled' ||
  (gatherSource(step.key) !== null &&
    step.reason !== NOT_ASKED_FOR &&
    step.outcome !== 'ok' &&
    step.outcome !== 'empty');

/** What runs again with the given steps: they and whatever was made from their results. */
export function rerun<S extends { key: string; reason: string | null }>(
  all: readonly S[],
  retried: readonly string[],
): S[] {
  const first = Math.min(...retried.map(stepRank));
  return all.filter(
    (s) => retried.includes(s.key) || (stepRank(s.key) > first && s.reason !== NOT_ASKED_FOR),
  );
}

export interface Choice {
  inchiKey: string;
  name: string;
  smiles: string;
  formula: string | null;
  note: string | null;
}

/** What each event says. Past tense; append-only. */
export interface JobEventData {
  'job.submitted': { input: string };
  'job.started': Record<string, never>;
  'job.identified': { name: string; inchiKey: string | null; matchedBy: string };
  'job.needs-input': { question: string; choices: Choice[] };
  'job.chosen': { inchiKey: string };
  'job.finish-requested': Record<string, never>;
  'job.retried': { steps: string[] };
  'job.ended': {
    status: JobStatus;
    reason: string | null;
    message: string | null;
  };
  'step.started': { step: string; attempt: number };
  'step.progressed': { step: string; requests: number; records: number; doing: string | null };
  'step.waiting': { step: string; reason: string; untilMs: number };
  'step.retrying': { step: string; attempt: number; reason: string };
  'step.finished': {
    step: string;
    status: StepStatus;
    outcome: Outcome | null;
    reason: string | null;
    requests: number;
    records: number;
  };
}
export type JobEventType = keyof JobEventData;

/** An event as readers get it. */
export type JobEvent = {
  [T in JobEventType]: { jobId: string; seq: number; type: T; at: string; data: JobEventData[T] };
}[JobEventType];

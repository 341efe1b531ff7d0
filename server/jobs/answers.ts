/** What the API answers about jobs; its document and the clients generated from it are made of these. */
import { z } from 'zod';
import { JOB_KINDS, JOB_STATUSES, STEP_STATUSES } from '@/db/schema';
import { named } from '@/server/api/route';
import { OUTCOMES, type Subject } from '@/server/evidence/schema';
import { LABELS } from '@/server/reports/schema';
import type { JobSummary, JobView, MoleculeSummary, StepView } from './queries';
import { type Choice, moleculeOptions } from './schema';
import type { Submitted } from './submit';

const status = z.enum(JOB_STATUSES);
const label = z.enum(LABELS).nullable();

const subject = named(
  'Subject',
  z.object({
    name: z.string(),
    names: z.array(z.string()),
    canonicalSmiles: z.string().nullable(),
    inchiKey: z.string().nullable(),
    formula: z.string().nullable(),
    massDa: z.number().nullable(),
    matchedBy: z.enum(['inchikey', 'smiles', 'name', 'first-block', 'source-id', 'name-only']),
    xrefs: z.record(z.string(), z.string()),
    limits: z.array(z.string()),
  }),
) satisfies z.ZodType<Subject>;

const summary = {
  id: z.uuid(),
  kind: z.enum(JOB_KINDS),
  status,
  input: z.string(),
  subject: subject.nullable(),
  pinned: z.boolean(),
  bundleSha256: z.string().nullable(),
  demo: z.boolean(),
  label,
  candidate: z.string().nullable(),
  evidenceCount: z.number(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
};

const jobSummary = named('JobSummary', z.object(summary)) satisfies z.ZodType<JobSummary>;

const step = named(
  'Step',
  z.object({
    key: z.string(),
    status: z.enum(STEP_STATUSES),
    outcome: z.enum(OUTCOMES).nullable(),
    reason: z.string().nullable(),
    attempts: z.number(),
    requests: z.number(),
    records: z.number(),
    waitingFor: z.string().nullable(),
    waitingUntil: z.date().nullable(),
    startedAt: z.date().nullable(),
    finishedAt: z.date().nullable(),
  }),
) satisfies z.ZodType<StepView>;

const choice = named(
  'Choice',
  z.object({
    inchiKey: z.string(),
    name: z.string(),
    smiles: z.string(),
    formula: z.string().nullable(),
    note: z.string().nullable(),
  }),
) satisfies z.ZodType<Choice>;

export const jobAnswer = named(
  'Job',
  z.object({
    ...summary,
    options: moleculeOptions,
    question: z.string().nullable(),
    choices: z.array(choice),
    finishRequested: z.boolean(),
    requestsUsed: z.number(),
    steps: z.array(step),
    seq: z.number(),
    reports: z.array(
      z.object({
        id: z.uuid(),
        version: z.number(),
        reportHash: z.string(),
        files: z.record(z.string(), z.string()),
        createdAt: z.date(),
      }),
    ),
  }),
) satisfies z.ZodType<JobView>;

export const jobsAnswer = named('Jobs', z.array(jobAnswer));

export const jobPageAnswer = named(
  'JobPage',
  z.object({ jobs: z.array(jobSummary), nextCursor: z.string().nullable() }),
);

export const jobCountsAnswer = named('JobCounts', z.partialRecord(status, z.number()));

export const submittedAnswer = named(
  'Submitted',
  z.object({ jobId: z.uuid(), created: z.boolean() }),
) satisfies z.ZodType<Submitted>;

export const jobLogAnswer = named(
  'JobLog',
  z.array(
    z.object({
      jobId: z.uuid(),
      seq: z.number(),
      type: z.string(),
      at: z.iso.datetime(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
);

export const moleculesAnswer = named(
  'Molecules',
  z.array(
    z.object({
      inchiKey: z.string().nullable(),
      name: z.string(),
      canonicalSmiles: z.string().nullable(),
      jobCount: z.number(),
      lastJobId: z.uuid(),
      lastStatus: status,
      lastLabel: label,
      lastCandidate: z.string().nullable(),
      lastAt: z.date(),
    }),
  ),
) satisfies z.ZodType<MoleculeSummary[]>;

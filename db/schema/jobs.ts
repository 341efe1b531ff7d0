/** Jobs, their steps and the append-only events that live progress is read from. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users, workspaces } from './identity';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const JOB_KINDS = ['molecule', 'paper', 'topic', 'batch'] as const;
export const JOB_STATUSES = [
  'pending',
  'needs-input',
  'running',
  'completed',
  'partial',
  'failed',
  'cancelled',
] as const;
export const STEP_STATUSES = [
  'pending',
  'running',
  'done',
  'failed',
  'skipped',
  'cancelled',
] as const;

export const jobs = pgTable(
  'jobs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: JOB_KINDS }).notNull(),
    status: text('status', { enum: JOB_STATUSES }).notNull().default('pending'),
    /** What the person typed, trimmed. */
    input: text('input').notNull(),
    options: jsonb('options').notNull(),
    /** SHA-256 over kind, normalised input, options and bundle: the same submission while active. */
    submissionKey: text('submission_key').notNull(),
    /** A pinned job reads only from this bundle. */
    bundleSha256: text('bundle_sha256'),
    /** The compound understood; null until identified. */
    subject: jsonb('subject'),
    /** `needs-input`: the question and its choices. */
    choices: jsonb('choices'),
    /** Chosen InChIKey when the input was ambiguous. */
    choice: text('choice'),
    /** Closed reason code and sentence of a failed or partial end. */
    reason: text('reason'),
    message: text('message'),
    /** Last event number; taken by UPDATE … RETURNING so that no reader skips one. */
    seq: integer('seq').notNull().default(0),
    requestsUsed: integer('requests_used').notNull().default(0),
    finishRequestedAt: at('finish_requested_at'),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    uniqueIndex('jobs_one_active_submission')
      .on(t.workspaceId, t.submissionKey)
      .where(sql`status in ('pending', 'running')`),
    index().on(t.workspaceId, t.createdAt.desc(), t.id),
    index('jobs_active')
      .on(t.workspaceId, t.createdAt)
      .where(sql`status in ('pending', 'running', 'needs-input')`),
    unique('jobs_tenant').on(t.id, t.workspaceId),
  ],
);

/** Rows of a job carry its workspace too, so that neither can name a foreign one. */
export const ofJob = (t: { jobId: AnyPgColumn; workspaceId: AnyPgColumn }) =>
  foreignKey({
    columns: [t.jobId, t.workspaceId],
    foreignColumns: [jobs.id, jobs.workspaceId],
  }).onDelete('cascade');

export const steps = pgTable(
  'steps',
  {
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    /** `identify`, `gather:chembl`, `score`, `synthesise`, `verify`, `render`. */
    key: text('key').notNull(),
    position: integer('position').notNull(),
    status: text('status', { enum: STEP_STATUSES }).notNull().default('pending'),
    /** Gather steps: the outcome of asking the source. */
    outcome: text('outcome'),
    reason: text('reason'),
    /** Starts of this step; also the fence that a stale worker cannot write past. */
    attempts: integer('attempts').notNull().default(0),
    /** Raised by a person's retry; responses of earlier generations are not reused. */
    generation: integer('generation').notNull().default(0),
    requests: integer('requests').notNull().default(0),
    records: integer('records').notNull().default(0),
    /** Why asking was ended before its end (`budget`, `finish-early`) and after how many answers. */
    cut: text('cut'),
    cutAfter: integer('cut_after'),
    waitingFor: text('waiting_for'),
    waitingUntil: at('waiting_until'),
    queuedAt: at('queued_at'),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.key] }), ofJob(t)],
);

export const events = pgTable(
  'events',
  {
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: at('at').notNull().defaultNow(),
    data: jsonb('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.seq] }), ofJob(t)],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    bodySha256: text('body_sha256').notNull(),
    jobId: uuid('job_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);

/** Bundles of snapshots that jobs can be pinned to; the file lies in storage by its hash. */
export const bundles = pgTable(
  'bundles',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    sha256: text('sha256').notNull(),
    origin: text('origin', { enum: ['recorded', 'composed'] }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sha256] })],
);

/** What one step leaves for the next (assessment, draft of the report), by name. */
export const artifacts = pgTable(
  'artifacts',
  {
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    // Not jsonb: source text may hold what jsonb refuses (U+0000).
    data: json('data').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.name] }), ofJob(t)],
);

/** Stored responses, the records made from them, and the reports that cite both. */
import {
  boolean,
  date,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { ofJob } from './jobs';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * One request of a job and what came of it: a response (body in storage by its SHA-256), a failure
 * (`status` null and `error`) or a cut. `position` keeps the order in which a step asked.
 */
export const snapshots = pgTable(
  'snapshots',
  {
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    step: text('step').notNull(),
    generation: integer('generation').notNull(),
    position: integer('position').notNull(),
    source: text('source').notNull(),
    method: text('method').notNull(),
    /** Public https address, query sorted, without keys and contact data. */
    url: text('url').notNull(),
    requestBodySha256: text('request_body_sha256'),
    status: integer('status'),
    error: text('error'),
    contentType: text('content_type'),
    retrievedAt: at('retrieved_at'),
    /** Body's hash; null when no response came. */
    sha256: text('sha256'),
    bytes: integer('bytes').notNull().default(0),
    /** False for an attempt that was followed by another of the same request. */
    final: boolean('final').notNull().default(true),
    composed: boolean('composed').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.step, t.generation, t.position] }),
    index().on(t.jobId, t.sha256),
    ofJob(t),
  ],
);

/** One normalised record per job and external id. `facts` holds citations, never bare values. */
export const evidence = pgTable(
  'evidence',
  {
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    id: text('id').notNull(),
    step: text('step').notNull(),
    kind: text('kind').notNull(),
    source: text('source').notNull(),
    externalId: text('external_id').notNull(),
    title: text('title').notNull(),
    url: text('url').notNull(),
    publishedOn: text('published_on'),
    licence: text('licence').notNull(),
    connectorVersion: text('connector_version').notNull(),
    retrievedAt: at('retrieved_at'),
    snapshotSha256: text('snapshot_sha256').notNull(),
    // Not jsonb: source text may hold what jsonb refuses (U+0000), and order is kept.
    facts: json('facts').notNull(),
    /** The same work found by another source that comes first in the fixed order. */
    duplicateOf: text('duplicate_of'),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.id] }), index().on(t.jobId, t.kind), ofJob(t)],
);

/** An immutable, versioned, hashed result; report.json and its renderings lie in storage. */
export const reports = pgTable(
  'reports',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    jobId: uuid('job_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    version: integer('version').notNull(),
    reportHash: text('report_hash').notNull(),
    label: text('label'),
    candidate: text('candidate'),
    /** File name → SHA-256 of the stored bytes. */
    files: jsonb('files').notNull(),
    dataCutoff: date('data_cutoff'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('reports_version').on(t.jobId, t.version), ofJob(t)],
);

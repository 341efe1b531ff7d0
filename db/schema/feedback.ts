/** What people think of evidence, and the order that a workspace learns from it. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { workspaces } from './identity';
import { ofJob } from './jobs';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const tenant = () =>
  uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

export const VOTER_KINDS = ['user', 'key'] as const;
export const FLAG_REASONS = ['wrong', 'duplicate', 'retracted', 'off-topic'] as const;
export const FLAG_STATUSES = ['open', 'accepted', 'rejected'] as const;

/**
 * One vote per voter and evidence, up (1) or down (−1). Evidence has the same id in every job that finds
 * it, and the vote goes with it; `jobId` is where it was last cast, and with it what was seen then.
 */
export const votes = pgTable(
  'votes',
  {
    workspaceId: tenant(),
    evidenceId: text('evidence_id').notNull(),
    voterKind: text('voter_kind', { enum: VOTER_KINDS }).notNull(),
    voterId: uuid('voter_id').notNull(),
    voterName: text('voter_name').notNull(),
    value: integer('value').notNull(),
    jobId: uuid('job_id').notNull(),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    level: text('level'),
    castAt: at('cast_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.evidenceId, t.voterKind, t.voterId] }),
    index().on(t.workspaceId, t.castAt),
    index().on(t.jobId),
    ofJob(t),
  ],
);

/** Sums of the votes, changed with them in the same transaction. */
export const voteTotals = pgTable(
  'vote_totals',
  {
    workspaceId: tenant(),
    evidenceId: text('evidence_id').notNull(),
    up: integer('up').notNull().default(0),
    down: integer('down').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.evidenceId] })],
);

/** Somebody says that evidence is wrong, double, retracted or beside the point; somebody else decides. */
export const flags = pgTable(
  'flags',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: tenant(),
    evidenceId: text('evidence_id').notNull(),
    jobId: uuid('job_id').notNull(),
    voterKind: text('voter_kind', { enum: VOTER_KINDS }).notNull(),
    voterId: uuid('voter_id').notNull(),
    voterName: text('voter_name').notNull(),
    reason: text('reason', { enum: FLAG_REASONS }).notNull(),
    comment: text('comment'),
    status: text('status', { enum: FLAG_STATUSES }).notNull().default('open'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('flags_one_open')
      .on(t.workspaceId, t.evidenceId, t.voterKind, t.voterId, t.reason)
      .where(sql`status = 'open'`),
    index().on(t.workspaceId, t.status, t.createdAt.desc()),
    index().on(t.jobId),
    unique('flags_tenant').on(t.id, t.workspaceId),
    ofJob(t),
  ],
);

/** Every decision on a flag, in order; nothing is overwritten. */
export const flagDecisions = pgTable(
  'flag_decisions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    flagId: uuid('flag_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    status: text('status', { enum: FLAG_STATUSES }).notNull(),
    note: text('note'),
    decidedBy: uuid('decided_by').notNull(),
    decidedByName: text('decided_by_name').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    index().on(t.flagId),
    foreignKey({
      columns: [t.flagId, t.workspaceId],
      foreignColumns: [flags.id, flags.workspaceId],
    }).onDelete('cascade'),
  ],
);

/**
 * A ranked list as it was shown to somebody: which order, which records at which position, and which two
 * neighbours stood as they were drawn by lot (null where none were).
 */
export const rankImpressions = pgTable(
  'rank_impressions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: tenant(),
    jobId: uuid('job_id').notNull(),
    userId: uuid('user_id').notNull(),
    /** 0 is the usual order. */
    rankingVersion: integer('ranking_version').notNull(),
    shown: text('shown').array().notNull(),
    /** Position, from 0, of the upper of the two; whichever was above was drawn by lot. */
    pairAt: integer('pair_at'),
    at: at('at').notNull(),
  },
  (t) => [index().on(t.workspaceId, t.at), index().on(t.jobId), ofJob(t)],
);

export const RANKER_STATUSES = ['in-use', 'retired', 'rejected'] as const;

/** Every ranker that was trained, whether it came into use or not, and what it was measured at. */
export const rankers = pgTable(
  'rankers',
  {
    workspaceId: tenant(),
    version: integer('version').notNull(),
    status: text('status', { enum: RANKER_STATUSES }).notNull(),
    /** Feature → weight. */
    weights: jsonb('weights').notNull(),
    /** What it was measured at when it was trained; see `Measured` in server/ranking. */
    measured: jsonb('measured').notNull(),
    reason: text('reason').notNull(),
    trainedAt: at('trained_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.version] }),
    uniqueIndex('rankers_one_in_use').on(t.workspaceId).where(sql`status = 'in-use'`),
  ],
);

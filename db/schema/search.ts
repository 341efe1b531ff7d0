/**
 * The search index: which chunk holds which word how often, each chunk's words in order, and vectors.
 * Keys and rights that Drizzle cannot write stand in the migration that follows this schema's.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { workspaces } from './identity';
import { chunks } from './papers';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const bytes = customType<{ data: Buffer; driverData: Buffer | Uint8Array }>({
  dataType: () => 'bytea',
});

const ofWorkspace = () =>
  uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

/** How much a workspace's index holds. Whoever writes to the index locks this row first. */
export const lexStat = pgTable('lex_stat', {
  workspaceId: uuid('workspace_id')
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Chunks, and the words in all of them; binned papers count until they are purged. */
  n: integer('n').notNull().default(0),
  totalDl: bigint('total_dl', { mode: 'number' }).notNull().default(0),
  /** Raised with every change, so that copies kept in memory know that they are old. */
  version: bigint('version', { mode: 'number' }).notNull().default(0),
});

/** A workspace's words as PostgreSQL's English stemmer gives them, and how many chunks hold each. */
export const lexTerm = pgTable(
  'lex_term',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: ofWorkspace(),
    term: text('term').notNull(),
    df: integer('df').notNull(),
  },
  (t) => [
    uniqueIndex('lex_term_word').on(t.workspaceId, t.term),
    unique('lex_term_tenant').on(t.id, t.workspaceId),
  ],
);

/**
 * One row per word and chunk, read through its covering index alone. No foreign keys: a check per row
 * would be most of what indexing costs. The trigger on `lex_chunk` takes a chunk's rows with it.
 */
export const lexPosting = pgTable('lex_posting', {
  workspaceId: uuid('workspace_id').notNull(),
  chunkId: bigint('chunk_id', { mode: 'number' }).notNull(),
  termId: integer('term_id').notNull(),
  tf: smallint('tf').notNull(),
  dl: smallint('dl').notNull(),
});

/** A chunk as it was indexed. Deleting the row takes its postings and its share of every count away. */
export const lexChunk = pgTable(
  'lex_chunk',
  {
    chunkId: bigint('chunk_id', { mode: 'number' }).primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    dl: smallint('dl').notNull(),
    /** Term ids in the order of the text, big-endian int32; 0 before each sentence. The first is the title. */
    tokens: bytes('tokens').notNull(),
  },
  (t) => [
    index().on(t.workspaceId, t.chunkId),
    foreignKey({
      columns: [t.chunkId, t.workspaceId],
      foreignColumns: [chunks.id, chunks.workspaceId],
    }).onDelete('cascade'),
  ],
);

export const EMBEDDING_KINDS = ['lsa', 'dense'] as const;

/** A way to turn text into vectors. At most one of a workspace is `current`; older ones go when it is ready. */
export const embeddingModel = pgTable(
  'embedding_model',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: ofWorkspace(),
    kind: text('kind', { enum: EMBEDDING_KINDS }).notNull(),
    /** `lsa`, or the endpoint's name for its model. */
    name: text('name').notNull(),
    dims: integer('dims').notNull(),
    /** Chunks in the index when it was made; it is made anew when they have become many more. */
    trainedAtN: integer('trained_at_n').notNull(),
    details: jsonb('details').notNull().default({}),
    /** Null while its vectors are still being written: not searched yet. */
    readyAt: at('ready_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('embedding_model_ready').on(t.workspaceId, t.readyAt).where(sql`ready_at is not null`),
    unique('embedding_model_tenant').on(t.id, t.workspaceId),
  ],
);

/** What a word adds to the vector of a text that holds it; float32, little-endian. LSA only. */
export const embeddingTerm = pgTable(
  'embedding_term',
  {
    modelId: integer('model_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    termId: integer('term_id').notNull(),
    vector: bytes('vector').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.modelId, t.termId] }),
    foreignKey({
      columns: [t.modelId, t.workspaceId],
      foreignColumns: [embeddingModel.id, embeddingModel.workspaceId],
    }).onDelete('cascade'),
  ],
);

/** A chunk's vector of length 1; float32, little-endian. The same table for every kind of model. */
export const chunkVector = pgTable(
  'chunk_vector',
  {
    modelId: integer('model_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    chunkId: bigint('chunk_id', { mode: 'number' }).notNull(),
    /** In the order in which they came: a copy in memory reads on from where it is. */
    seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
    vector: bytes('vector').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.modelId, t.chunkId] }),
    uniqueIndex('chunk_vector_order').on(t.modelId, t.seq),
    index().on(t.chunkId),
    foreignKey({
      columns: [t.modelId, t.workspaceId],
      foreignColumns: [embeddingModel.id, embeddingModel.workspaceId],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.chunkId, t.workspaceId],
      foreignColumns: [chunks.id, chunks.workspaceId],
    }).onDelete('cascade'),
  ],
);

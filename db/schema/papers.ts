/** The library: papers, what was read of them, and the batches they arrive in. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
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
import { users, workspaces } from './identity';
import { jobs } from './jobs';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const PROCESSING_STATUSES = [
  'pending',
  'parsing',
  'indexing',
  'ready',
  'partial',
  'failed',
] as const;
export const PAPER_SOURCES = ['upload', 'doi', 'arxiv'] as const;

/**
 * A paper shares its id with the job (kind `paper`) that reads it: progress is watched, stopped and
 * taken over as with every job.
 */
export const papers = pgTable(
  'papers',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    source: text('source', { enum: PAPER_SOURCES }).notNull(),
    processingStatus: text('processing_status', { enum: PROCESSING_STATUSES })
      .notNull()
      .default('pending'),
    /** Why it is `partial` or `failed`: a stable code, and words for a person. */
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    /** Storage key and SHA-256 of the PDF; null while only the record is known. */
    localFilePath: text('local_file_path'),
    fileHash: text('file_hash'),
    fileName: text('file_name'),
    fileBytes: bigint('file_bytes', { mode: 'number' }),
    pageCount: integer('page_count'),
    chunkCount: integer('chunk_count').notNull().default(0),
    /** The way of reading words that its chunks were indexed with; null before. */
    analysis: smallint('analysis'),
    /** Title, or the file's name until one is known. */
    title: text('title').notNull(),
    /** `{name, family, given}[]`, in the paper's order. */
    authors: jsonb('authors').notNull().default([]),
    abstract: text('abstract'),
    year: integer('year'),
    venue: text('venue'),
    /** Lower case, without resolver. */
    doi: text('doi'),
    /** Without version. */
    arxivId: text('arxiv_id'),
    /** DOI of the article that this preprint became. */
    articleDoi: text('article_doi'),
    /** Field → `{from, at, by?}`: the file, a source, or a person whose word is never overwritten. */
    fieldOrigins: jsonb('field_origins').notNull().default({}),
    sections: json('sections').notNull().default([]),
    references: json('reference_list').notNull().default([]),
    parseReport: json('parse_report'),
    tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
    /** The file's password, sealed for the living workers' memory; gone once the file is read. */
    sealedPassword: jsonb('sealed_password'),
    addedBy: uuid('added_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    uniqueIndex('papers_one_per_file').on(t.workspaceId, t.fileHash),
    index().on(t.workspaceId, t.createdAt.desc(), t.id),
    index().on(t.workspaceId, t.doi),
    index().on(t.workspaceId, t.arxivId),
    index('papers_unfinished')
      .on(t.workspaceId, t.createdAt)
      .where(sql`processing_status in ('pending', 'parsing', 'indexing')`),
    index('papers_title_trigrams').using('gin', t.title.op('gin_trgm_ops')),
    index('papers_analysis').on(t.analysis),
    index('papers_tags').using('gin', t.tags),
    unique('papers_tenant').on(t.id, t.workspaceId),
    // A job is never deleted while its paper is there.
    foreignKey({ columns: [t.id, t.workspaceId], foreignColumns: [jobs.id, jobs.workspaceId] }),
  ],
);

/** Rows of a paper carry its workspace too, so that neither can name a foreign one. */
export const ofPaper = (t: { paperId: AnyPgColumn; workspaceId: AnyPgColumn }) =>
  foreignKey({
    columns: [t.paperId, t.workspaceId],
    foreignColumns: [papers.id, papers.workspaceId],
  }).onDelete('cascade');

/** What the reader made of a page. All offsets are UTF-16 units of `text`, all lengths points. */
export const paperPages = pgTable(
  'paper_pages',
  {
    paperId: uuid('paper_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    /** From 1. */
    number: integer('number').notNull(),
    width: doublePrecision('width').notNull(),
    height: doublePrecision('height').notNull(),
    text: text('text').notNull(),
    textSha256: text('text_sha256').notNull(),
    /** `[start, end, x, y, width, height][]`, from the top left. Not jsonb: it is only read whole. */
    words: json('words').notNull(),
    /** `{start, end, kind, section}[]` in reading order. */
    blocks: json('blocks').notNull(),
    /** `[start, end][]` of text that a reader of the page does not see; never quoted. */
    hidden: json('hidden').notNull(),
    /** Why this page could not be read. */
    error: text('error'),
  },
  (t) => [primaryKey({ columns: [t.paperId, t.number] }), ofPaper(t)],
);

/** The pieces that are searched. They follow sections and sentences and know their places. */
export const chunks = pgTable(
  'chunks',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: uuid('workspace_id').notNull(),
    paperId: uuid('paper_id').notNull(),
    position: integer('position').notNull(),
    section: text('section').notNull(),
    heading: text('heading'),
    /** `{page, start, end}[]`: where the text stands, page by page. */
    places: json('places').notNull(),
    text: text('text').notNull(),
    /** `{page, start, end}[]`, one a sentence. */
    sentences: json('sentences').notNull(),
    textSha256: text('text_sha256').notNull(),
  },
  (t) => [
    uniqueIndex('chunks_position').on(t.paperId, t.position),
    unique('chunks_tenant').on(t.id, t.workspaceId),
    ofPaper(t),
  ],
);

/** Raised with every change to what can be found in a workspace: answers kept by it are then stale. */
export const libraries = pgTable('libraries', {
  workspaceId: uuid('workspace_id')
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  version: bigint('version', { mode: 'number' }).notNull().default(0),
});

/** Files dropped together. Limits count batches, not files. */
export const uploadBatches = pgTable(
  'upload_batches',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    slots: integer('slots').notNull(),
    addedBy: uuid('added_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    index().on(t.workspaceId, t.createdAt.desc()),
    unique('upload_batches_tenant').on(t.id, t.workspaceId),
  ],
);

/** A used slot: what became of the file. Sent again it answers the same. */
export const uploadSlots = pgTable(
  'upload_slots',
  {
    batchId: uuid('batch_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    number: integer('number').notNull(),
    fileHash: text('file_hash').notNull(),
    paperId: uuid('paper_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.number] }),
    index().on(t.paperId),
    foreignKey({
      columns: [t.batchId, t.workspaceId],
      foreignColumns: [uploadBatches.id, uploadBatches.workspaceId],
    }).onDelete('cascade'),
    ofPaper(t),
  ],
);

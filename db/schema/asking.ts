/** Conversations over papers: questions, their answers, and the quoted sentences answers are made of. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  doublePrecision,
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
  uuid,
} from 'drizzle-orm/pg-core';
import { users, workspaces } from './identity';
import { ofPaper } from './papers';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const CONVERSATION_SCOPES = ['all', 'selection'] as const;
export const ANSWER_STATUSES = [
  'pending',
  'answering',
  'answered',
  'abstained',
  'stopped',
  'failed',
] as const;
export const PASSAGE_ROLES = ['answer', 'nearest'] as const;

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The first question, shortened. */
    title: text('title').notNull(),
    /** A selection stays one when its papers are purged: it never widens to all papers. */
    scope: text('scope', { enum: CONVERSATION_SCOPES }).notNull(),
    /** Last event number; taken by UPDATE … RETURNING so that no reader skips one. */
    seq: integer('seq').notNull().default(0),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
    /** When the last question was asked. */
    askedAt: at('asked_at').notNull().defaultNow(),
  },
  (t) => [
    index().on(t.workspaceId, t.askedAt.desc(), t.id),
    unique('conversations_tenant').on(t.id, t.workspaceId),
  ],
);

const ofConversation = (t: { conversationId: AnyPgColumn; workspaceId: AnyPgColumn }) =>
  foreignKey({
    columns: [t.conversationId, t.workspaceId],
    foreignColumns: [conversations.id, conversations.workspaceId],
  }).onDelete('cascade');

/** The papers of a selection. */
export const conversationPapers = pgTable(
  'conversation_papers',
  {
    conversationId: uuid('conversation_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    paperId: uuid('paper_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.paperId] }),
    index().on(t.paperId),
    ofConversation(t),
    ofPaper(t),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** From 1. */
    position: integer('position').notNull(),
    text: text('text').notNull(),
    askedBy: uuid('asked_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    unique('messages_position').on(t.conversationId, t.position),
    unique('messages_tenant').on(t.id, t.workspaceId),
    ofConversation(t),
  ],
);

/** One a message; asking again adds one, and the last one counts. */
export const answers = pgTable(
  'answers',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    messageId: uuid('message_id').notNull(),
    /** From 1. */
    attempt: integer('attempt').notNull(),
    status: text('status', { enum: ANSWER_STATUSES }).notNull().default('pending'),
    /** Why it is not `answered`: a stable code, and words for a person. */
    reason: text('reason'),
    message: text('message'),
    /** Starts of the task; also the fence that a stale worker cannot write past. */
    starts: integer('starts').notNull().default(0),
    /** How well the best sentence answers, and the support below which nothing is answered. */
    support: doublePrecision('support'),
    threshold: doublePrecision('threshold'),
    /** Sentences written, those of papers that have gone since included. */
    sentences: integer('sentences').notNull().default(0),
    /** Picked sentences that the verifier turned away, and wordings that the check did. */
    dropped: integer('dropped').notNull().default(0),
    droppedPhrasings: integer('dropped_phrasings').notNull().default(0),
    /** The model that worded it, where one did. */
    model: text('model'),
    createdAt: at('created_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    unique('answers_attempt').on(t.messageId, t.attempt),
    index().on(t.conversationId, t.createdAt),
    unique('answers_tenant').on(t.id, t.workspaceId),
    ofConversation(t),
    foreignKey({
      columns: [t.messageId, t.workspaceId],
      foreignColumns: [messages.id, messages.workspaceId],
    }).onDelete('cascade'),
  ],
);

/** Sentences of an answer, or those that came nearest. They go with their paper. */
export const answerPassages = pgTable(
  'answer_passages',
  {
    answerId: uuid('answer_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    role: text('role', { enum: PASSAGE_ROLES }).notNull(),
    /** From 1, in the order shown. */
    position: integer('position').notNull(),
    paperId: uuid('paper_id').notNull(),
    section: text('section').notNull(),
    heading: text('heading'),
    /** What stands at the cited places, joined. */
    text: text('text').notNull(),
    /** A model's wording that says the same, `{text, sha256}`. */
    phrased: jsonb('phrased'),
    /** `{fileSha256, page, pageTextSha256, start, end, quote}[]`, all of this paper. */
    citations: json('citations').notNull(),
    support: doublePrecision('support').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.answerId, t.role, t.position] }),
    index().on(t.paperId),
    ofPaper(t),
    foreignKey({
      columns: [t.answerId, t.workspaceId],
      foreignColumns: [answers.id, answers.workspaceId],
    }).onDelete('cascade'),
  ],
);

/** What happened in a conversation, in order. Passages are named, not repeated. */
export const conversationEvents = pgTable(
  'conversation_events',
  {
    conversationId: uuid('conversation_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: at('at').notNull().default(sql`clock_timestamp()`),
    data: jsonb('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.seq] }), ofConversation(t)],
);

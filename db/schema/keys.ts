/** Keys that programs call with. Only a key's SHA-256 is kept; the key itself is shown once. */
import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './identity';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What a key may be allowed. Each permission belongs to one of them, or to none. */
export const SCOPES = ['read', 'jobs', 'papers', 'ask', 'feedback'] as const;
export type Scope = (typeof SCOPES)[number];

export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The key's beginning, by which people tell keys apart. */
    prefix: text('prefix').notNull(),
    keySha256: text('key_sha256').notNull().unique(),
    scopes: text('scopes', { enum: SCOPES }).array().notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
    /** Null: until it is revoked. */
    expiresAt: at('expires_at'),
    /** To the minute. */
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [index().on(t.workspaceId, t.createdAt)],
);

/** Answers to writes that carried an Idempotency-Key, to be given again when the same request comes again. */
export const keptAnswers = pgTable(
  'kept_answers',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Who sent it; others' keys are theirs. */
    sender: text('sender').notNull(),
    key: text('key').notNull(),
    requestSha256: text('request_sha256').notNull(),
    /** Null while the request is being carried out. */
    answer: jsonb('answer'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sender, t.key] })],
);

/** Who works where. A workspace is the tenant; everything with a `workspace_id` is guarded by row security. */
import { boolean, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  /** The workspace that `up` makes on an empty database; its first sign-in submits the demo job. */
  isLocal: boolean('is_local').notNull().default(false),
  createdAt: at('created_at').notNull().defaultNow(),
});

export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  /** In lower case. */
  email: text('email').unique(),
  /** When it was shown that the address is theirs; an identity provider's word leads to no other account. */
  emailVerifiedAt: at('email_verified_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

export const ROLES = ['admin', 'researcher', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ROLES }).notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index().on(t.userId)],
);

/** Apart from `users`, which colleagues may read: nobody reads a hash but the sign-in. */
export const passwords = pgTable('passwords', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** argon2id, in the PHC form. */
  hash: text('hash').notNull(),
  changedAt: at('changed_at').notNull().defaultNow(),
});

/** Who a person is to an identity provider (OpenID Connect: issuer and subject). */
export const identities = pgTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index().on(t.userId)],
);

export const SESSION_KINDS = ['web', 'program'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** One sign-in. Every request checks its row; to revoke it is to end it at once. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: SESSION_KINDS }).notNull().default('web'),
    userAgent: text('user_agent'),
    address: text('address'),
    createdAt: at('created_at').notNull().defaultNow(),
    /** To within five minutes, so that reading does not write. */
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [index().on(t.userId), index().on(t.workspaceId)],
);

/** A program's refresh tokens, by SHA-256; those of one sign-in are a family. Each is good once. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenSha256: text('token_sha256').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [index().on(t.sessionId)],
);

/** One-time sign-in tokens, as `up` prints them; only their SHA-256 is kept. */
export const loginTokens = pgTable('login_tokens', {
  tokenSha256: text('token_sha256').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  workspaceId: uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const MAIL_TOKEN_PURPOSES = ['reset-password', 'confirm-email'] as const;
export type MailTokenPurpose = (typeof MAIL_TOKEN_PURPOSES)[number];

/** What a mailed link carries, by SHA-256. Whoever has it reads the mailbox of `email`. */
export const mailTokens = pgTable(
  'mail_tokens',
  {
    tokenSha256: text('token_sha256').primaryKey(),
    purpose: text('purpose', { enum: MAIL_TOKEN_PURPOSES }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [index().on(t.userId)],
);

export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    tokenSha256: text('token_sha256').notNull().unique(),
    /** Only who has this address may accept; null: whoever has the link. */
    email: text('email'),
    role: text('role', { enum: ROLES }).notNull(),
    invitedBy: uuid('invited_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => users.id, {
      onDelete: 'set null',
    }),
    revokedAt: at('revoked_at'),
  },
  (t) => [index().on(t.workspaceId, t.createdAt)],
);

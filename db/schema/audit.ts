/** Who did what to what, when and from where. The app adds rows and reads them; nobody changes one. */
import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './identity';

export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    action: text('action').notNull(),
    actorKind: text('actor_kind').notNull(),
    /** No reference: the entry outlives the person. Names are those of that time. */
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    targetKind: text('target_kind').notNull(),
    targetId: text('target_id').notNull(),
    targetName: text('target_name'),
    details: jsonb('details').notNull(),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id').notNull(),
  },
  (t) => [
    index().on(t.workspaceId, t.id.desc()),
    index().on(t.workspaceId, t.action, t.id.desc()),
    index().on(t.workspaceId, t.actorId, t.id.desc()),
  ],
);

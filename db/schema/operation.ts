/** What belongs to the installation and to no tenant: sources with their pace, and living workers. */
import { doublePrecision, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One row per source hands out the next slot for the whole installation. */
export const sources = pgTable('sources', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  homepage: text('homepage').notNull(),
  licence: text('licence').notNull(),
  requestsPerSecond: doublePrecision('requests_per_second').notNull(),
  nextSlotAt: at('next_slot_at').notNull().defaultNow(),
  /** Faults in a row; the breaker opens at a threshold and lets one probe through after a while. */
  faults: integer('faults').notNull().default(0),
  openUntil: at('open_until'),
  lastOkAt: at('last_ok_at'),
  lastFaultAt: at('last_fault_at'),
});

/** Heartbeats of worker pools; Graphile locks jobs by pool id. */
export const workers = pgTable('workers', {
  poolId: text('pool_id').primaryKey(),
  startedAt: at('started_at').notNull().defaultNow(),
  /** Public half of the key pair in this pool's memory; passwords of papers are sealed for it. */
  sealKey: text('seal_key'),
  heartbeatAt: at('heartbeat_at').notNull().defaultNow(),
});

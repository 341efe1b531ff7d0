import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** The audit log keeps what happened; the rows themselves go. */
const KEPT_DAYS = 30;

/** Removes sessions, tokens and invitations that ended a month ago, of all workspaces. */
export async function forgetEnded(db: Database): Promise<void> {
  await db.tx(null, (tx) =>
    tx.execute(sql`select phial_forget_ended(make_interval(days => ${KEPT_DAYS}))`),
  );
}

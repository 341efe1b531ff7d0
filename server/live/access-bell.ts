/** The bell that ends what is open for a key or a session; AccessWatch hears it. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

export const ACCESS_CHANNEL = 'phial_access';

/** Rings for a key's or a session's id; with the transaction that ended it. */
export async function ringAccessEnded(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${ACCESS_CHANNEL}, ${id})`);
}

/**
 * Pace and health of public sources for the whole installation. One row per source hands out the next
 * slot, whichever worker and workspace asks, and carries the breaker's state.
 */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { sources } from '@/db/schema';
import type { AskedSource, SourceInfo } from './schema';

/**
 * Slots lie this much further apart than the stated pace, so that the time a request takes on its way
 * does not push one too many into a second: this leaves 150 ms for it.
 */
const SLACK = 1.15;

/** Faults in a row after which a source is left alone … */
const BREAKER_FAULTS = 12;
/** … for so long; then one request probes it. */
const BREAKER_OPEN_SECONDS = 60;

/** Makes the sources known; called when a worker starts. Pace and licence follow the code. */
export async function registerSources(db: Database, infos: readonly SourceInfo[]): Promise<void> {
  await db.tx(null, async (tx) => {
    for (const { id, name, homepage, licence, requestsPerSecond } of infos) {
      const values = { name, homepage, licence, requestsPerSecond };
      await tx
        .insert(sources)
        .values({ id, ...values })
        .onConflictDoUpdate({ target: sources.id, set: values });
    }
  });
}

/** Reserves the next slot of a source; `waitMs` is how long it is until then. */
export async function takeSlot(db: Database, id: AskedSource): Promise<{ waitMs: number }> {
  return db.tx(null, async (tx) => {
    const gap = sql`make_interval(secs => ${SLACK} / requests_per_second)`;
    const [row] = await tx
      .update(sources)
      .set({ nextSlotAt: sql`greatest(next_slot_at, clock_timestamp()) + ${gap}` })
      .where(eq(sources.id, id))
      .returning({
        waitMs: sql<number>`greatest(0, extract(epoch from (next_slot_at - ${gap}) - clock_timestamp()) * 1000)::float8`,
      });
    if (!row) throw new Error(`Source ${id} is not registered`);
    return row;
  });
}

/** Nobody asks this source for so long: it said so itself. */
export async function postpone(db: Database, id: AskedSource, ms: number): Promise<void> {
  await db.tx(null, (tx) =>
    tx
      .update(sources)
      .set({
        nextSlotAt: sql`greatest(next_slot_at, clock_timestamp() + make_interval(secs => ${ms / 1000}))`,
      })
      .where(eq(sources.id, id)),
  );
}

/** False while the source is left alone after repeated faults; afterwards one caller probes it. */
export async function breakerAllows(db: Database, id: AskedSource): Promise<boolean> {
  return db.tx(null, async (tx) => {
    const [row] = await tx
      .select({
        open: sql<boolean>`coalesce(open_until > clock_timestamp(), false)`,
        due: sql<boolean>`coalesce(open_until <= clock_timestamp(), false)`,
      })
      .from(sources)
      .where(eq(sources.id, id));
    if (!row || row.open) return false;
    if (!row.due) return true;
    const probe = await tx
      .update(sources)
      .set({
        openUntil: sql`clock_timestamp() + make_interval(secs => ${BREAKER_OPEN_SECONDS})`,
      })
      .where(sql`${sources.id} = ${id} and ${sources.openUntil} <= clock_timestamp()`)
      .returning({ id: sources.id });
    return probe.length > 0;
  });
}

/** What came of an attempt: an answer closes the breaker, faults in a row open it. */
export async function reportHealth(db: Database, id: AskedSource, ok: boolean): Promise<void> {
  await db.tx(null, (tx) =>
    tx
      .update(sources)
      .set(
        ok
          ? { faults: 0, openUntil: null, lastOkAt: sql`clock_timestamp()` }
          : {
              faults: sql`${sources.faults} + 1`,
              lastFaultAt: sql`clock_timestamp()`,
              openUntil: sql`case when ${sources.faults} + 1 >= ${BREAKER_FAULTS}
                then clock_timestamp() + make_interval(secs => ${BREAKER_OPEN_SECONDS}) else ${sources.openUntil} end`,
            },
      )
      .where(eq(sources.id, id)),
  );
}

export interface SourceHealth {
  id: AskedSource;
  name: string;
  homepage: string;
  licence: string;
  requestsPerSecond: number;
  /** `unknown` until it was asked once. */
  state: 'answering' | 'failing' | 'left-alone' | 'unknown';
  lastOkAt: Date | null;
  lastFaultAt: Date | null;
  /** While left alone: until when. */
  openUntil: Date | null;
}

export async function sourcesHealth(db: Database): Promise<SourceHealth[]> {
  const rows = await db.tx(null, (tx) => tx.select().from(sources).orderBy(sources.name));
  return rows.map((r) => ({
    id: r.id as AskedSource,
    name: r.name,
    homepage: r.homepage,
    licence: r.licence,
    requestsPerSecond: r.requestsPerSecond,
    state:
      r.openUntil && r.openUntil > new Date()
        ? 'left-alone'
        : r.faults > 0
          ? 'failing'
          : r.lastOkAt
            ? 'answering'
            : 'unknown',
    lastOkAt: r.lastOkAt,
    lastFaultAt: r.lastFaultAt,
    openUntil: r.openUntil,
  }));
}

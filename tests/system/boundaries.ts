/** Stops a job inside the transaction in which one of its steps starts or ends, for a test to strike there. */
import type { Sql } from 'postgres';
import { SOURCE_IDS } from '@/server/evidence/schema';
import type { StepKey } from '@/server/jobs/schema';

export interface Boundary {
  keys: readonly StepKey[];
  at: 'start' | 'end';
}

const bothEnds = (...keys: StepKey[]): Boundary[] => [
  { keys, at: 'start' },
  { keys, at: 'end' },
];

/** All boundaries of a job, in its order; those of its sources' steps together. */
export const BEFORE_GATHERING = bothEnds('identify');
export const OF_GATHERING = bothEnds(...SOURCE_IDS.map((source): StepKey => `gather:${source}`));
export const AFTER_GATHERING = (['score', 'synthesise', 'verify', 'render'] as const).flatMap(
  (key) => bothEnds(key),
);

/** Needs a superuser's connection to the database of the jobs. */
export async function installHolds(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table held (key text, ends boolean);
    create function wait_while_held() returns trigger language plpgsql security definer as $$
    begin
      while new.status <> 'pending' and old.status is distinct from new.status
        and exists (select 1 from held h where h.key = new.key and h.ends = (new.status <> 'running'))
      loop
        perform pg_sleep(0.05);
      end loop;
      return new;
    end $$;
    create trigger hold before update on steps for each row execute function wait_while_held();`);
}

/** Holds there from now on and nowhere else; null lets everything go. */
export async function holdAt(sql: Sql, boundary: Boundary | null): Promise<void> {
  const rows = boundary?.keys.map((key) => ({ key, ends: boundary.at === 'end' })) ?? [];
  await sql.begin(async (tx) => {
    await tx`delete from held`;
    if (rows.length > 0) await tx`insert into held ${tx(rows)}`;
  });
}

/** How many transactions wait at the boundary now. */
export async function heldBack(sql: Sql): Promise<number> {
  const waiting = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  return waiting.length;
}

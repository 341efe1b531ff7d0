/** Workers and their readers as tests look at them and end them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import type { World } from '@/tests/world';
import { readerFile } from '@/worker/cli/worker-build';
import { until } from './wait';
import { startWorker } from './worker-process';

/** Kills a worker while it stands inside the transaction that writes the table. */
export async function killAtWriting(
  table: string,
  world: World,
  settings: Record<string, string>,
): Promise<void> {
  const hold = postgres(world.database.superuserUrl, { max: 1, onnotice: () => {} });
  await hold`select pg_advisory_lock(77)`;
  await hold.unsafe(`
    create function hold_paper() returns trigger language plpgsql security definer as $$
    begin perform pg_advisory_xact_lock_shared(77); return new; end $$;
    create trigger hold before insert on ${table} for each row execute function hold_paper()`);
  const victim = startWorker(world, settings);
  try {
    await until(`the worker to write ${table}`, async () => {
      const waiting = await hold`
        select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 77`;
      return waiting.length > 0;
    });
  } finally {
    await victim.kill();
    await hold`select pg_advisory_unlock(77)`;
    await hold.unsafe('drop function hold_paper cascade');
    await hold.end();
  }
}

/** The most that the worker's own process ever held. */
export function peakMemoryMb(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_000;
}

/** How many reader processes a worker has. */
export function readersOf(pid: number): number {
  // `ps` calls it a failure where there are none.
  const { stdout } = spawnSync('ps', ['-o', 'args=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(readerFile)).length;
}

/**
 * How long `up` takes on a data folder and a build that are there already, from the command to the
 * printed address; against what it cannot do without: the same PostgreSQL cluster's start, and Node's.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { DataFolder } from '@/worker/cli/data-folder';
import { startPostgres } from '@/worker/cli/postgres';
import { type Benchmark, median, round } from './measure';
import { withDataFolder, withPhial } from './phial';

const starts = 5;

export const run: Benchmark = (say) =>
  withDataFolder(async (folder) => {
    const took: number[] = [];
    const bare: number[] = [];
    // The first start makes the cluster, migrates, and builds where that was not done yet.
    await withPhial(folder, async () => {});
    for (let i = 0; i < starts; i++) {
      bare.push(await bareStart(folder));
      took.push(await withPhial(folder, async ({ startMs }) => startMs));
    }
    say(`  ${starts} starts`);
    return [
      {
        name: 'Warm start of `up`, median',
        unit: 'ms',
        value: round(median(took), 0),
        baseline: { name: 'bare PostgreSQL, then Node', value: round(median(bare), 0) },
        goal: { of: 'value', atMost: 5_000 },
        details: { slowest: round(Math.max(...took), 0), fastest: round(Math.min(...took), 0) },
      },
    ];
  });

async function bareStart(folder: DataFolder): Promise<number> {
  const startedAt = performance.now();
  const server = await startPostgres({
    home: folder.databaseHome,
    superuserPassword: folder.secrets.superuserPassword,
    logFile: path.join(folder.logs, 'postgres.log'),
    binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
  });
  try {
    await promisify(execFile)(process.execPath, ['--eval', '']);
    return performance.now() - startedAt;
  } finally {
    await server.stop();
  }
}

/**
 * Memory of web server, worker and database together after jobs on the demonstration's sources and their screens, as
 * proportional set size: what processes share is counted once. Against the same processes when idle.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_MOLECULES, demoBundle } from '@/server/demo';
import { submitMolecule } from '@/server/jobs';
import { getJob } from '@/server/jobs/queries';
import { isTerminal } from '@/server/jobs/schema';
import { importBundle } from '@/server/reports/store';
import { type Benchmark, round } from './measure';
import { type Phial, withDataFolder, withPhial } from './phial';

const parts = ['web', 'worker', 'postgres'] as const;
type Part = (typeof parts)[number];
const jobEndsWithinMs = 120_000;

export const run: Benchmark = (say) =>
  withDataFolder((folder) =>
    withPhial(folder, async (phial) => {
      const idle = await memory(phial);
      await work(phial);
      const after = await memory(phial);
      say(`  ${DEMO_MOLECULES.length} jobs and their pages`);
      return [
        {
          name: 'Web, worker and database after jobs',
          unit: 'MB',
          value: sum(after),
          baseline: { name: 'freshly started', value: sum(idle) },
          goal: { of: 'value', atMost: 700 },
          details: after,
        },
      ];
    }),
  );

async function work(phial: Phial): Promise<void> {
  const { ctx, webUrl, cookie } = phial;
  const { sha256: bundleSha256 } = await importBundle({ ctx, bytes: await demoBundle() });
  for (const text of DEMO_MOLECULES) {
    const { jobId } = await submitMolecule({ ctx, input: { text, bundleSha256 } });
    await ended(phial, jobId);
    for (const page of ['', '/evidence', '/candidates', '/report']) {
      const response = await fetch(`${webUrl}/runs/${jobId}${page}`, { headers: { cookie } });
      if (!response.ok) throw new Error(`/runs/…${page} answered ${response.status}`);
      await response.text();
    }
  }
}

async function ended({ ctx }: Phial, jobId: string): Promise<void> {
  const giveUpAt = performance.now() + jobEndsWithinMs;
  while (!isTerminal((await getJob({ ctx, jobId })).status)) {
    if (performance.now() > giveUpAt) throw new Error('A job did not end');
    await sleep(200);
  }
}

const sum = (of: Record<Part, number>): number => round(of.web + of.worker + of.postgres, 0);

async function memory({ processes }: Phial): Promise<Record<Part, number>> {
  const children = await childrenOf();
  const of = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(of)];
  const entries = parts.map(async (part) => {
    const sizes = await Promise.all(of(processes[part]).map(pssKb));
    return [part, round(sizes.reduce((a, b) => a + b, 0) / 1_024, 0)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Part, number>;
}

async function pssKb(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => {
    throw new Error('This system does not tell the proportional set size of processes');
  });
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]);
}

/** Ids of each process's children. */
async function childrenOf(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    // The command's name in parentheses may hold blanks.
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

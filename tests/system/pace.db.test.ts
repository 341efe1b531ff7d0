/** Two workers, two workspaces, all sources wanted at once: none is asked faster than its pace. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_MOLECULES } from '@/server/demo';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import { createWorld, type World } from '@/tests/world';
import { CONNECTORS } from '@/worker/sources/registry';
import { startDemoSources } from './demo-sources';
import { jobEnd } from './job-end';
import { startSimulator, withoutSimulator } from './simulator';
import { startWorker, type WorkerProcess } from './worker-process';

interface Arrival {
  source: string;
  time: number;
  userAgent: string | null;
}
interface Sources {
  baseUrl: string;
  arrivals(): Promise<Arrival[]>;
  /** The sources' own count of the most requests within a second; null where they keep none. */
  busiestSecond(): Promise<Record<string, number> | null>;
  close(): Promise<void>;
}

/** The simulated sources, else those that answer from the demonstration's facts. */
async function openSources(): Promise<Sources> {
  if (withoutSimulator) {
    const { baseUrl, log, close } = await startDemoSources();
    return { baseUrl, close, arrivals: async () => log(), busiestSecond: async () => null };
  }
  const { baseUrl, log, stats, forget, close } = await startSimulator();
  await forget();
  const busiestSecond = async () =>
    Object.fromEntries(
      Object.entries(await stats()).map(([source, { maxInOneSecond }]) => [source, maxInOneSecond]),
    );
  return { baseUrl, arrivals: log, busiestSecond, close };
}

let world: World;
let sources: Sources;
const workers: WorkerProcess[] = [];
beforeAll(async () => {
  [world, sources] = await Promise.all([createWorld(), openSources()]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await Promise.all([sources?.close(), world?.close()]);
});

/** The most arrivals in any half-open window of this length. */
function busiest(times: number[], windowMs: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('the pace of the whole installation', () => {
  it('is kept by two workers with jobs of two workspaces', async () => {
    const jobs = [];
    for (const ctx of [await world.member(), await world.member()]) {
      for (const [index, text] of DEMO_MOLECULES.entries()) {
        // ChEMBL is asked most, and for every identification too: one job a workspace is enough.
        const ids = SOURCE_IDS.filter((id) => id !== 'chembl' || index === 0);
        const input = { text, options: { sources: ids } };
        jobs.push({ ctx, jobId: (await submitMolecule({ ctx, input })).jobId });
      }
    }
    for (const name of ['one', 'other']) {
      const settings = {
        SOURCES_BASE_URL: sources.baseUrl,
        CONTACT_EMAIL: `${name}@example.org`,
        // All jobs at once, and too many steps for one worker.
        WORKSPACE_ACTIVE_JOBS: String(jobs.length),
        WORKER_CONCURRENCY: '8',
      };
      workers.push(startWorker(world, settings));
    }
    const delays = watchDelays(sources);
    for (const { ctx, jobId } of jobs) {
      expect((await jobEnd(ctx, jobId, 240_000)).status).toBe('completed');
    }
    const delayMs = delays.longestMs();

    const arrivals = await sources.arrivals();
    expect(new Set(arrivals.map(({ userAgent }) => userAgent)).size).toBe(2);
    const counted = delayMs <= EXACT_TO_MS ? await sources.busiestSecond() : null;
    // Of two arrivals each may have been noted late: that much less is known of their distance.
    const windowMs = Math.max(delayMs <= EXACT_TO_MS ? 1_000 : 1_000 - 2 * delayMs, 250);
    for (const { id, requestsPerSecond } of CONNECTORS) {
      const times = arrivals.filter(({ source }) => source === id).map(({ time }) => time);
      // Without more than a second's worth of requests nothing was tried.
      expect(times.length, id).toBeGreaterThan(requestsPerSecond);
      expect(busiest(times, windowMs), id).toBeLessThanOrEqual(requestsPerSecond);
      if (counted) expect(counted[id], id).toBeLessThanOrEqual(requestsPerSecond);
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0) + 2 * delayMs) / 1_000;
      expect(times.length, id).toBeLessThanOrEqual(1 + seconds * requestsPerSecond);
    }
    const pubchem = arrivals.filter(({ source }) => source === 'pubchem').map(({ time }) => time);
    expect(busiest(pubchem, 60_000)).toBeLessThanOrEqual(400);
  }, 300_000);
});

/** Less is within the room that turns leave. */
const EXACT_TO_MS = 60;

/** How long requests that nobody paces take here: what a busy machine adds to every time. */
function watchDelays({ baseUrl }: Sources): { longestMs(): number } {
  let longestMs = 0;
  let isOver = false;
  void (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      await fetch(`${baseUrl}/__control`).then((response) => response.text());
      longestMs = Math.max(longestMs, performance.now() - askedAt);
      await sleep(50);
    }
  })().catch(() => {});
  return {
    longestMs: () => {
      isOver = true;
      return longestMs;
    },
  };
}

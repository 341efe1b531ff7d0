/** A bundle leads to the same report in any database: composed or recorded, whole or cut short. */
import { existsSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULES, demoBundle } from '@/server/demo';
import { finishJob, submitMolecule } from '@/server/jobs';
import type { JobView } from '@/server/jobs/queries';
import type { SubmitMoleculeInput } from '@/server/jobs/schema';
import { importBundle, readReportFile } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { type DemoSources, startDemoSources, type TroubleOf } from './demo-sources';
import { jobEnd, ledger } from './job-end';
import { type OwnServer, startOwnServer } from './own-server';
import { until } from './wait';
import { startWorker, type WorkerProcess } from './worker-process';

const POSTGRES_15 = '/usr/lib/postgresql/15/bin';
const withoutPostgres15 = existsSync(POSTGRES_15) ? null : `there is no ${POSTGRES_15}`;

interface Place {
  world: World;
  worker: WorkerProcess;
  ctx: Ctx;
}

let sources: DemoSources;
/** Where molecules are asked for. */
let first: Place;
/** Where only bundles are used: asking anything would fail. */
let second: Place;

async function openPlace(world: World, settings: Record<string, string>): Promise<Place> {
  return { world, worker: startWorker(world, settings), ctx: await world.member() };
}
async function closePlace(place: Place | undefined): Promise<void> {
  await place?.worker.stop();
  await place?.world.close();
}
const PINNED_ONLY = { SOURCES_BASE_URL: 'http://127.0.0.1:9' };

beforeAll(async () => {
  sources = await startDemoSources();
  first = await openPlace(await createWorld(), {
    SOURCES_BASE_URL: sources.baseUrl,
    SOURCES_UNPACED: '1',
  });
  second = await openPlace(await createWorld(), PINNED_ONLY);
});
afterAll(async () => {
  await Promise.all([closePlace(first), closePlace(second), sources?.close()]);
});

type Wanted = Pick<SubmitMoleculeInput, 'text' | 'options'>;

async function runPinned({ ctx }: Place, bytes: Uint8Array, wanted: Wanted): Promise<JobView> {
  const { sha256 } = await importBundle({ ctx, bytes });
  const { jobId } = await submitMolecule({ ctx, input: { ...wanted, bundleSha256: sha256 } });
  return jobEnd(ctx, jobId);
}

/** What must be the same wherever a bundle is used. */
async function result({ world }: Place, job: JobView) {
  const evidence = await world.superuser`
    select id, snapshot_sha256, duplicate_of from evidence where job_id = ${job.id} order by id`;
  expect(new Set(evidence.map(({ id }) => id)).size).toBe(evidence.length);
  return {
    status: job.status,
    reportHash: job.reports[0]?.reportHash,
    sources: Object.entries(ledger(job)).map(([source, { outcome, reason, records }]) => ({
      source,
      outcome,
      reason,
      records,
    })),
    evidence: evidence.map((row) => ({ ...row })),
  };
}

describe('the demonstration’s bundle', { timeout: 240_000 }, () => {
  const runAll = async (place: Place) => {
    const bytes = await demoBundle();
    const jobs = await Promise.all(
      DEMO_MOLECULES.map((text) => runPinned(place, bytes, { text, options: {} })),
    );
    const results = [];
    for (const job of jobs) results.push(await result(place, job));
    return results;
  };
  let here: Awaited<ReturnType<typeof runAll>>;

  it('gives the same reports in two databases', async () => {
    here = await runAll(first);
    expect(new Set(here.map(({ reportHash }) => reportHash)).size).toBe(DEMO_MOLECULES.length);
    for (const { status, evidence } of here) {
      expect(status).toBe('completed');
      expect(evidence.length).toBeGreaterThan(5);
    }
    expect(await runAll(second)).toEqual(here);
  });

  it('gives the same reports on PostgreSQL 15', async ({ skip }) => {
    skip(withoutPostgres15 !== null, withoutPostgres15 ?? '');
    let server: OwnServer | undefined;
    let place: Place | undefined;
    try {
      server = await startOwnServer(POSTGRES_15);
      expect(server.majorVersion).toBe(15);
      place = await openPlace(await createWorld(server.database), PINNED_ONLY);
      expect(await runAll(place)).toEqual(here);
    } finally {
      await closePlace(place);
      await server?.stop();
    }
  });
});

describe('a recorded run', { timeout: 240_000 }, () => {
  interface Run extends Wanted {
    what: string;
    trouble: TroubleOf;
    status: JobView['status'];
    /** What the ledger says, of at least one source. */
    says?: RegExp;
    /** Finished early once so many requests hang. */
    finishAt?: number;
  }
  const text = 'sildenafil';
  const RUNS: Run[] = [
    { what: 'that went well', text, trouble: () => null, status: 'completed' },
    {
      what: 'with sources that failed',
      text,
      trouble: (source, request) =>
        source === 'openfda' ? 'drop' : source === 'chembl' && request > 4 ? { status: 500 } : null,
      status: 'partial',
      says: /openFDA could not be reached/,
    },
    {
      what: 'whose compound was searched by name alone',
      text,
      trouble: (source) => (source === 'pubchem' || source === 'chembl' ? { status: 400 } : null),
      status: 'partial',
      says: /PubChem refused the request/,
    },
    {
      what: 'that was finished early',
      text,
      trouble: (source, request) =>
        source === 'clinicaltrials' || (source === 'openfda' && request > 1) ? 'hang' : null,
      status: 'partial',
      says: /finished early/,
      finishAt: 2,
    },
    {
      what: 'whose requests were used up',
      text,
      options: { maxRequests: 14 },
      trouble: () => null,
      status: 'partial',
      says: /budget of requests is used up/,
    },
    {
      what: 'whose time was used up',
      text,
      options: { maxSeconds: 10 },
      trouble: (source) => (source === 'europepmc' ? 'hang' : null),
      status: 'partial',
      says: /budget of seconds is used up/,
    },
  ];

  it.each(RUNS)('$what ends the same when run again from its bundle', async (run) => {
    const { ctx } = first;
    await first.world.superuser`update sources set faults = 0, open_until = null`;
    sources.disturb(run.trouble);
    const { jobId } = await submitMolecule({
      ctx,
      input: { text: run.text, options: run.options },
    });
    if (run.finishAt) {
      await until('requests that hang', async () => sources.open() >= (run.finishAt ?? 0));
      await finishJob({ ctx, jobId });
    }
    const recorded = await jobEnd(ctx, jobId);
    const expected = await result(first, recorded);
    expect(expected.status).toBe(run.status);
    if (run.says) {
      expect(expected.sources.map(({ reason }) => reason).join('\n')).toMatch(run.says);
    }
    const { bytes } = await readReportFile({ ctx, jobId, name: 'bundle.ndjson.gz' });
    const again = await runPinned(second, bytes, run);
    expect(await result(second, again)).toEqual(expected);
    // And its own bundle says the same once more.
    const copy = await readReportFile({
      ctx: second.ctx,
      jobId: again.id,
      name: 'bundle.ndjson.gz',
    });
    expect(linesOf(copy.bytes).slice(1)).toEqual(linesOf(bytes).slice(1));
  });
});

const linesOf = (bytes: Uint8Array): string[] => gunzipSync(bytes).toString().split('\n');

describe('a bundle that is not whole', () => {
  const changed = async (change: (lines: string[]) => string[]) =>
    gzipSync(change(linesOf(await demoBundle())).join('\n'));
  const withLine = (number: number, change: (line: string) => string) =>
    changed((lines) => lines.map((line, at) => (at === number - 1 ? change(line) : line)));

  it.each([
    [
      'with a body that was changed',
      () => withLine(7, (line) => line.replace(/"bodyBase64":"..../, '"bodyBase64":"AAAA')),
      /line 7: the body is not what its SHA-256 says/,
    ],
    ['with a line that is no JSON', () => withLine(3, () => '{'), /line 3/],
    [
      'with a source that nobody knows',
      () => withLine(9, (line) => line.replace(/"source":"\w+"/, '"source":"oracle"')),
      /line 9: source/,
    ],
    ['of another kind', () => withLine(1, () => '{"format":"notes/1"}'), /line 1/],
    ['that ends early', async () => (await demoBundle()).subarray(0, -2_000), /line \d+/],
    ['that is no bundle at all', async () => Buffer.from('<html></html>'), /gzip/],
  ])('%s is refused whole, naming the first bad line', async (_what, make, says) => {
    const { world } = second;
    const ctx = await world.member();
    await expect(importBundle({ ctx, bytes: await make() })).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'BUNDLE_UNREADABLE',
      userMessage: expect.stringMatching(says),
    });
    const kept = await world.superuser`
      select 1 from bundles where workspace_id = ${ctx.actor.workspaceId}`;
    expect(kept).toHaveLength(0);
  });
});

/** Real jobs on the simulated sources: what they hold of a molecule is found, and every claim holds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { listEvidence } from '@/server/evidence/queries';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import type { JobView } from '@/server/jobs/queries';
import { checkFolder, EXPORT_FILES } from '@/server/reports/check-folder';
import { readReportFile } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { jobEnd, ledger } from './job-end';
import { type Simulator, startSimulator, withoutSimulator } from './simulator';
import { startWorker, type WorkerProcess } from './worker-process';

/** Of the catalogue: together they have records in all seven sources. */
const MOLECULES = [
  'arsenic-trioxide',
  'gefitinib',
  'osimertinib',
  'poziotinib',
  'dopamine',
  'olaparib',
  'Pembrolizumab',
  'cyclophosphamide',
  'sildenafil',
  'pyrotinib',
  'minocycline',
  'ambrisentan',
];

describe('a job on the simulated sources', () => {
  beforeEach(({ skip }) => skip(withoutSimulator !== null, withoutSimulator ?? ''));
  let world: World;
  let simulator: Simulator;
  let worker: WorkerProcess;
  let ctx: Ctx;
  let folder: string;
  const jobs = new Map<string, string>();

  beforeAll(async () => {
    if (withoutSimulator) return;
    [world, simulator] = await Promise.all([createWorld(), startSimulator()]);
    worker = startWorker(world, { SOURCES_BASE_URL: simulator.baseUrl, SOURCES_UNPACED: '1' });
    folder = await mkdtemp(path.join(tmpdir(), 'phial-exports-'));
    ctx = await world.member();
    for (const text of MOLECULES) {
      jobs.set(text, (await submitMolecule({ ctx, input: { text } })).jobId);
    }
  });
  afterAll(async () => {
    await worker?.stop();
    await Promise.all([simulator?.close(), world?.close()]);
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function exported(job: JobView): Promise<string> {
    const files = job.reports[0]?.files ?? {};
    expect(Object.keys(files).sort()).toEqual([...EXPORT_FILES].sort());
    for (const name of EXPORT_FILES) {
      const { bytes } = await readReportFile({ ctx, jobId: job.id, name });
      await writeFile(path.join(folder, name), bytes);
    }
    return folder;
  }

  it('is tried with molecules that all seven sources know', async () => {
    const drugs = (await simulator.drugs()).filter(({ name }) => MOLECULES.includes(name));
    expect(drugs.map(({ name }) => name).sort()).toEqual([...MOLECULES].sort());
    const known = SOURCE_IDS.filter((source) => drugs.some(({ counts }) => counts[source]));
    expect(known).toEqual(SOURCE_IDS);
  });

  it.each(MOLECULES)(
    'finds what they hold of %s, and every claim holds',
    async (name) => {
      const drug = (await simulator.drugs()).find((known) => known.name === name);
      const job = await jobEnd(ctx, jobs.get(name) ?? '', 240_000);
      expect([job.status, job.message]).toEqual(['completed', null]);
      expect(job.subject?.inchiKey ?? null).toBe(drug?.inchiKey);

      const results = ledger(job);
      const evidence = await listEvidence({ ctx, jobId: job.id });
      expect(new Set(evidence.map(({ id }) => id)).size).toBe(evidence.length);
      for (const source of SOURCE_IDS) {
        const { outcome, records } = results[source];
        const holds = drug?.counts[source] ?? 0;
        expect([source, outcome]).toEqual([source, records > 0 ? 'ok' : 'empty']);
        // Whole records each name the drug once; compounds, labels and indications may be several.
        expect([source, records >= holds]).toEqual([source, true]);
      }

      const check = await checkFolder(await exported(job), job.reports[0]?.reportHash ?? '');
      expect(check.problems).toEqual([]);
      expect([check.ok, check.isComposed]).toEqual([true, false]);
      expect(check.files.map(({ state }) => state)).toEqual(EXPORT_FILES.map(() => 'holds'));
      expect(check.report.dropped).toBe(0);
      expect(check.report.claims.length).toBeGreaterThan(5);
      expect(new Set(check.report.claims.map(({ verdict }) => verdict))).toEqual(
        new Set(['verified']),
      );
    },
    300_000,
  );
});

/** Sources in trouble, each in another one, on sources that need nothing beyond the checkout. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { retryJob, submitMolecule } from '@/server/jobs';
import type { JobView } from '@/server/jobs/queries';
import { createWorld, type World } from '@/tests/world';
import { type DemoSources, startDemoSources, type Trouble, type TroubleOf } from './demo-sources';
import { jobEnd, ledger } from './job-end';
import { startWorker, type WorkerProcess } from './worker-process';

const TROUBLES: Record<SourceId, { trouble: Trouble; says: RegExp }> = {
  pubchem: { trouble: { status: 500 }, says: /PubChem failed \(HTTP 500\)/ },
  chembl: { trouble: 'drop', says: /ChEMBL could not be reached/ },
  clinicaltrials: { trouble: 'hang', says: /ClinicalTrials\.gov did not answer in time/ },
  pubmed: {
    trouble: { status: 429, headers: { 'retry-after': '1' } },
    says: /PubMed limits its requests \(HTTP 429\)/,
  },
  europepmc: { trouble: 'web-page', says: /Europe PMC sent a web page instead of data/ },
  openfda: {
    trouble: { status: 503, headers: { 'retry-after': '600' } },
    says: /openFDA failed \(HTTP 503\)/,
  },
  opentargets: {
    trouble: { status: 302, headers: { location: 'http://foreign.invalid/' } },
    says: /Open Targets led to an address outside its own hosts/,
  },
};

let world: World;
let sources: DemoSources;
let worker: WorkerProcess;
let ctx: Ctx;
beforeAll(async () => {
  [world, sources] = await Promise.all([createWorld(), startDemoSources()]);
  ctx = await world.member();
  worker = startWorker(world, { SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' });
});
afterAll(async () => {
  await worker?.stop();
  await Promise.all([sources?.close(), world?.close()]);
});

async function jobUnder(troubleOf: TroubleOf): Promise<JobView> {
  await world.superuser`update sources set faults = 0, open_until = null`;
  sources.disturb(troubleOf);
  const { jobId } = await submitMolecule({ ctx, input: { text: 'imatinib' } });
  return jobEnd(ctx, jobId);
}

describe('a job whose sources are in trouble', () => {
  it('ends and says what happened to each', async () => {
    const job = await jobUnder((source) => TROUBLES[source].trouble);
    expect([job.status, job.label, job.evidenceCount]).toEqual([
      'partial',
      'Insufficient evidence',
      0,
    ]);
    for (const source of SOURCE_IDS) {
      const { outcome, reason, startedAt, finishedAt } = ledger(job)[source];
      expect([source, outcome]).toEqual([source, 'failed']);
      expect(reason).toMatch(TROUBLES[source].says);
      expect(Number(finishedAt) - Number(startedAt)).toBeLessThan(30_000);
    }
  });

  it('loses nothing when the trouble passes, and shows what it waits for', async () => {
    const calm = await jobUnder(() => null);
    expect(calm.status).toBe('completed');
    const wait = { status: 503, headers: { 'retry-after': '2' } };
    const disturbed = await jobUnder((source, request) =>
      request > 1 ? null : source === 'openfda' ? wait : TROUBLES[source].trouble,
    );
    expect(disturbed.status).toBe('completed');
    expect(disturbed.reports[0]?.reportHash).toBe(calm.reports[0]?.reportHash);
    const told = await world.superuser`
      select data ->> 'reason' as reason from events
      where job_id = ${disturbed.id} and type = 'step.waiting'`;
    expect(told.map(({ reason }) => reason)).toContain('openFDA asks us to wait 2 s');
  });
});

describe('a job whose files cannot be stored', () => {
  it('fails and says so, and goes on where it stood once they can', async () => {
    await worker.stop();
    const settings = { SOURCES_BASE_URL: sources.baseUrl, SOURCES_UNPACED: '1' };
    // A folder below something that is none.
    worker = startWorker({ ...world, storageUrl: 'file:/dev/null/blobs' }, settings);
    const failed = await jobUnder(() => null);
    expect([failed.status, failed.reason]).toEqual(['failed', 'STORAGE_AWAY']);
    expect(failed.message).toMatch(/place for files cannot be reached/);
    await worker.stop();
    worker = startWorker(world, settings);
    await retryJob({ ctx, jobId: failed.id });
    expect((await jobEnd(ctx, failed.id)).status).toBe('completed');
  });
});

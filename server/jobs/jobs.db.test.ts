import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import {
  admitJobs,
  asOwner,
  beginStep,
  cancelJob,
  endStep,
  finishJob,
  retryJob,
  StepSuperseded,
  submitMolecule,
} from '.';
import { setSubject } from './progress';
import { getJob, listJobs } from './queries';
import { NOT_ASKED_FOR, type StepKey } from './schema';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const subject = {
  name: 'aspirin',
  names: ['aspirin'],
  canonicalSmiles: null,
  inchiKey: 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N',
  formula: null,
  massDa: null,
  matchedBy: 'name' as const,
  xrefs: {},
  limits: [],
};

async function start(text: string, options = {}): Promise<{ ctx: Ctx; task: Ctx; jobId: string }> {
  const ctx = await world.member();
  const task = world.task(ctx.actor.workspaceId);
  const { jobId } = await submitMolecule({ ctx, input: { text, options } });
  await admitJobs({ ctx: task, shares: { molecule: 4, paper: 4 } });
  return { ctx, task, jobId };
}

async function pass(task: Ctx, jobId: string, step: StepKey, outcome?: 'ok' | 'failed') {
  const running = await beginStep({ ctx: task, jobId, step });
  if (!running) throw new Error(`${step} did not start`);
  await endStep(
    task,
    running,
    { status: outcome === 'failed' ? 'failed' : 'done', outcome, records: 1, requests: 1 },
    async (tx) => {
      if (step === 'identify') await setSubject(tx, running, subject);
    },
  );
}

const queued = async (jobId: string) =>
  (
    await world.superuser`select payload ->> 'step' as step from graphile_worker._private_jobs
      where payload ->> 'jobId' = ${jobId} order by id`
  ).map((r) => r.step as string);

const GATHER: StepKey[] = ['gather:pubchem', 'gather:clinicaltrials'];
const sources = ['pubchem', 'clinicaltrials'];

describe('a job', () => {
  it('is written with its steps, first event and task in one transaction', async () => {
    const { ctx, jobId } = await start('aspirin', { sources });
    const job = await getJob({ ctx, jobId });
    expect(job.status).toBe('running');
    expect(job.steps).toHaveLength(12);
    expect(job.steps.filter((s) => s.reason === NOT_ASKED_FOR)).toHaveLength(5);
    expect(await queued(jobId)).toEqual(['identify']);
  });

  it('runs its steps in order and completes', async () => {
    const { ctx, task, jobId } = await start('aspirin', { sources });
    expect(await beginStep({ ctx: task, jobId, step: 'identify' })).not.toBeNull();
    await pass(task, jobId, 'identify');
    expect((await queued(jobId)).sort()).toEqual(['identify', ...GATHER].sort());
    for (const step of GATHER) await pass(task, jobId, step, 'ok');
    for (const step of ['score', 'synthesise', 'verify', 'render'] as const) {
      await pass(task, jobId, step);
    }
    const job = await getJob({ ctx, jobId });
    expect(job.status).toBe('completed');
    const seqs = await world.superuser`select seq from events where job_id = ${jobId} order by seq`;
    expect(seqs.map((r) => r.seq)).toEqual(seqs.map((_, i) => i + 1));
  });

  it('ends partial when a source failed, and retries only that source', async () => {
    const { ctx, task, jobId } = await start('aspirin', { sources });
    await pass(task, jobId, 'identify');
    await pass(task, jobId, 'gather:pubchem', 'ok');
    await pass(task, jobId, 'gather:clinicaltrials', 'failed');
    for (const step of ['score', 'synthesise', 'verify', 'render'] as const) {
      await pass(task, jobId, step);
    }
    expect((await getJob({ ctx, jobId })).status).toBe('partial');
    await retryJob({ ctx, jobId });
    const again = await getJob({ ctx, jobId });
    expect(again.status).toBe('running');
    expect(again.steps.filter((s) => s.status === 'pending').map((s) => s.key)).toEqual([
      'gather:clinicaltrials',
      'score',
      'synthesise',
      'verify',
      'render',
    ]);
  });

  it('is the same submission while it is active, and a new one afterwards', async () => {
    const { ctx, jobId } = await start('  aspirin ');
    const twin = await submitMolecule({ ctx, input: { text: 'aspirin' } });
    expect(twin).toEqual({ jobId, created: false });
    await cancelJob({ ctx, jobId });
    const next = await submitMolecule({ ctx, input: { text: 'aspirin' } });
    expect(next.created).toBe(true);
  });

  it.each([
    ['x'.repeat(301), 'An indication may have at most 300 characters.'],
    ['gout\u0000', 'Character 5 is a control character (U+0000). Remove it and try again.'],
  ])('refuses an indication that none can be, in a sentence', async (indication, userMessage) => {
    const ctx = await world.member();
    const input = { text: 'aspirin', options: { indication } };
    await expect(submitMolecule({ ctx, input })).rejects.toMatchObject({
      code: 'INVALID',
      userMessage,
    });
  });

  it('honours an idempotency key and refuses it with another body', async () => {
    const ctx = await world.member();
    const input = { text: 'aspirin', idempotencyKey: 'k1' };
    const first = await submitMolecule({ ctx, input });
    await cancelJob({ ctx, jobId: first.jobId });
    expect(await submitMolecule({ ctx, input })).toEqual({ jobId: first.jobId, created: false });
    await expect(
      submitMolecule({ ctx, input: { ...input, text: 'imatinib' } }),
    ).rejects.toMatchObject({ code: 'CONFLICT', reason: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('lets nobody write who was taken for dead or whose job was cancelled', async () => {
    const { ctx, task, jobId } = await start('aspirin');
    const first = await beginStep({ ctx: task, jobId, step: 'identify' });
    const second = await beginStep({ ctx: task, jobId, step: 'identify' });
    expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
    await expect(asOwner(task, first!, async () => 1)).rejects.toThrow(StepSuperseded);
    expect(await asOwner(task, second!, async () => 1)).toBe(1);
    await cancelJob({ ctx, jobId });
    await expect(endStep(task, second!, { status: 'done' })).rejects.toThrow(StepSuperseded);
    expect((await getJob({ ctx, jobId })).status).toBe('cancelled');
  });

  it('can be finished early only while it gathers', async () => {
    const { ctx, task, jobId } = await start('aspirin');
    await expect(finishJob({ ctx, jobId })).rejects.toMatchObject({ reason: 'NOTHING_TO_FINISH' });
    await pass(task, jobId, 'identify');
    await finishJob({ ctx, jobId });
    expect((await getJob({ ctx, jobId })).finishRequested).toBe(true);
  });
});

describe('a workspace', () => {
  it('runs its share of jobs and leaves room for others', async () => {
    const ctx = await world.member();
    const other = await world.member();
    for (let i = 0; i < 20; i++) {
      await submitMolecule({ ctx, input: { text: `compound number ${i}` } });
    }
    await admitJobs({ ctx: world.task(ctx.actor.workspaceId), shares: { molecule: 4, paper: 4 } });
    await submitMolecule({ ctx: other, input: { text: 'aspirin' } });
    await admitJobs({
      ctx: world.task(other.actor.workspaceId),
      shares: { molecule: 4, paper: 4 },
    });
    const running = { status: ['running' as const] };
    expect((await listJobs({ ctx, filter: running })).jobs).toHaveLength(4);
    expect((await listJobs({ ctx: other, filter: running })).jobs).toHaveLength(1);
  });

  it('does not see another workspace’s job, nor can its viewers submit', async () => {
    const { jobId } = await start('aspirin');
    const stranger = await world.member('admin');
    await expect(getJob({ ctx: stranger, jobId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(cancelJob({ ctx: stranger, jobId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const viewer = await world.member('viewer');
    await expect(submitMolecule({ ctx: viewer, input: { text: 'x' } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '@/server/context';
import { admitJobs, beginStep, endStep, submitMolecule } from '@/server/jobs';
import { jobLog } from '@/server/jobs/log';
import { setSubject } from '@/server/jobs/progress';
import { activeJobs } from '@/server/jobs/queries';
import { createWorld, type World } from '@/tests/world';
import { previewMolecule } from './preview';

let world: World;
let ctx: Ctx;
let jobId: string;

const ASPIRIN = { smiles: 'CC(=O)Oc1ccccc1C(=O)O', inchiKey: 'BSYNRYMUTXBXSQ-UHFFFAOYSA-N' };

beforeAll(async () => {
  world = await createWorld();
  ctx = await world.member();
  ({ jobId } = await submitMolecule({ ctx, input: { text: 'aspirin' } }));
  const task = world.task(ctx.actor.workspaceId);
  await admitJobs({ ctx: task, shares: { molecule: 4, paper: 4 } });
  const running = await beginStep({ ctx: task, jobId, step: 'identify' });
  if (!running) throw new Error('not begun');
  await endStep(task, running, { status: 'done' }, (tx) =>
    setSubject(tx, running, {
      name: 'Aspirin',
      names: ['Aspirin'],
      canonicalSmiles: ASPIRIN.smiles,
      inchiKey: ASPIRIN.inchiKey,
      formula: 'C9H8O4',
      massDa: 180.159,
      matchedBy: 'name',
      xrefs: {},
      limits: [],
    }),
  );
});
afterAll(() => world.close());

test('a SMILES is read and drawn, and its earlier job is known', async () => {
  const preview = await previewMolecule({ ctx, text: 'OC(=O)c1ccccc1OC(C)=O' });
  expect(preview).toMatchObject({
    kind: 'smiles',
    formula: 'C9H8O4',
    inchiKey: ASPIRIN.inchiKey,
    problem: null,
    parts: 1,
    known: { jobId, name: 'Aspirin', status: 'running' },
  });
  expect(preview.svg).toMatch(/^<svg/);
});

test('what cannot be read says where', async () => {
  const preview = await previewMolecule({ ctx, text: 'CC(=O' });
  expect(preview).toMatchObject({ kind: 'smiles', svg: null, problem: { position: 3 } });
  expect(await previewMolecule({ ctx, text: ' ' })).toMatchObject({ kind: 'invalid', svg: null });
});

test('a name is drawn only as this workspace understood it before', async () => {
  expect(await previewMolecule({ ctx, text: 'ASPIRIN' })).toMatchObject({
    kind: 'name',
    inchiKey: ASPIRIN.inchiKey,
    known: { jobId },
  });
  const stranger = await world.member();
  expect(await previewMolecule({ ctx: stranger, text: 'aspirin' })).toMatchObject({
    svg: null,
    inchiKey: null,
    known: null,
  });
});

test('the log and the active jobs are the workspace’s own', async () => {
  const log = await jobLog({ ctx, jobId });
  expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
  expect(log[0]?.type).toBe('job.submitted');
  expect((await activeJobs({ ctx })).map((job) => job.id)).toEqual([jobId]);

  const stranger = await world.member();
  await expect(jobLog({ ctx: stranger, jobId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await activeJobs({ ctx: stranger })).toEqual([]);
});

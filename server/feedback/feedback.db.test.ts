/** Votes and flags by several people at once, against a real database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { decideFlag, feedbackOfJob, feedbackStats, flag, listFlags, vote, withdrawFlag } from '.';

const EVIDENCE = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const [TRIAL, ARTICLE, TWIN] = EVIDENCE as [string, string, string];

let world: World;
let ada: Ctx;
let jobId: string;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.member();
  jobId = await jobOf(ada);
});
afterAll(() => world.close());

async function jobOf({ actor: { workspaceId } }: Ctx): Promise<string> {
  const { superuser } = world;
  const [job] =
    await superuser`insert into jobs (workspace_id, kind, input, options, submission_key)
    values (${workspaceId}, 'molecule', 'sildenafil', '{}', ${crypto.randomUUID()}) returning id`;
  const record = (
    id: string,
    kind: string,
    source: string,
    externalId: string,
    of: string | null,
  ) =>
    superuser`insert into evidence (job_id, workspace_id, id, step, kind, source, external_id, title, url,
        licence, connector_version, snapshot_sha256, facts, duplicate_of)
      values (${job?.id}, ${workspaceId}, ${id}, 'gather:x', ${kind}, ${source}, ${externalId}, 'A record',
        'https://example.org', 'none', '1', ${'0'.repeat(64)}, '{}', ${of})`;
  await record(TRIAL, 'trial', 'clinicaltrials', 'NCT00000001', null);
  await record(ARTICLE, 'article', 'pubmed', '123', null);
  await record(TWIN, 'article', 'europepmc', '123', ARTICLE);
  return job?.id;
}

/** Another person of the same workspace. */
async function colleague(role: 'researcher' | 'viewer' = 'researcher'): Promise<Ctx> {
  const { superuser } = world;
  const { workspaceId } = ada.actor;
  const [user] = await superuser`insert into users (name) values ('Bob') returning id`;
  await superuser`insert into memberships (workspace_id, user_id, role)
    values (${workspaceId}, ${user?.id}, ${role})`;
  return { ...ada, actor: { ...ada.actor, kind: 'user', userId: user?.id, role } as Ctx['actor'] };
}

describe('votes', () => {
  it('are one per person, can be changed and taken back, and stay hidden until one has voted', async () => {
    const bob = await colleague();
    const of = (ctx: Ctx, value: 1 | -1 | null) =>
      vote({ ctx, input: { jobId, evidenceId: 'nct00000001', value } });
    expect(await of(ada, 1)).toMatchObject({
      evidenceId: TRIAL,
      mine: 1,
      totals: { up: 1, down: 0 },
    });
    expect((await feedbackOfJob({ ctx: bob, jobId }))[TRIAL]).toMatchObject({
      mine: null,
      totals: null,
    });
    expect(await of(bob, 1)).toMatchObject({ totals: { up: 2, down: 0 } });
    expect(await of(bob, 1)).toMatchObject({ totals: { up: 2, down: 0 } });
    expect(await of(bob, -1)).toMatchObject({ mine: -1, totals: { up: 1, down: 1 } });
    expect(await of(bob, null)).toMatchObject({ mine: null, totals: null });
    expect(await of(ada, null)).toMatchObject({ mine: null });
    const viewer = await colleague('viewer');
    expect((await feedbackOfJob({ ctx: viewer, jobId }))[TRIAL]?.totals).toEqual({
      up: 0,
      down: 0,
    });
  });

  it('add up when many vote at once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => colleague()));
    const input = { jobId, evidenceId: ARTICLE };
    await Promise.all(
      people.flatMap((ctx, i) => [
        vote({ ctx, input: { ...input, value: i % 3 === 0 ? -1 : 1 } }),
        vote({ ctx, input: { ...input, value: 1 } }),
      ]),
    );
    const [row] = await world.superuser`
      select t.up, t.down, count(*) filter (where v.value = 1)::int as ups,
        count(*) filter (where v.value = -1)::int as downs, count(*)::int as n
      from vote_totals t join votes v using (workspace_id, evidence_id)
      where evidence_id = ${ARTICLE} group by t.up, t.down`;
    expect(row?.n).toBe(12);
    expect([row?.up, row?.down]).toEqual([row?.ups, row?.downs]);
  });

  it('find a record by its source’s id, the twin of another by the one that is shown', async () => {
    const byPmid = await vote({ ctx: ada, input: { jobId, evidenceId: '123', value: 1 } });
    expect(byPmid.evidenceId).toBe(ARTICLE);
    const byTwin = await vote({ ctx: ada, input: { jobId, evidenceId: TWIN, value: null } });
    expect(byTwin.evidenceId).toBe(ARTICLE);
    const unknown = vote({ ctx: ada, input: { jobId, evidenceId: 'NCT99999999', value: 1 } });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are refused to viewers, and a stranger finds nothing', async () => {
    const input = { jobId, evidenceId: TRIAL, value: 1 as const };
    const viewer = await colleague('viewer');
    await expect(vote({ ctx: viewer, input })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await world.member('admin');
    await expect(vote({ ctx: stranger, input })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(feedbackOfJob({ ctx: stranger, jobId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('flags', () => {
  it('wait for a decision, which is kept with its history', async () => {
    const bob = await colleague();
    const input = {
      jobId,
      evidenceId: TRIAL,
      reason: 'retracted' as const,
      comment: 'See the notice',
    };
    const { flagId } = await flag({ ctx: bob, input });
    expect((await flag({ ctx: bob, input: { ...input, comment: 'Seen' } })).flagId).toBe(flagId);
    expect((await feedbackOfJob({ ctx: bob, jobId }))[TRIAL]?.flagged).toEqual(['retracted']);
    expect((await feedbackOfJob({ ctx: ada, jobId }))[TRIAL]?.flagged ?? []).toEqual([]);

    const viewer = await colleague('viewer');
    const decide = (ctx: Ctx, status: 'accepted' | 'rejected' | 'open') =>
      decideFlag({ ctx, input: { flagId, status, note: 'checked' } });
    await expect(decide(viewer, 'accepted')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(decide(await world.member('admin'), 'accepted')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await decide(ada, 'accepted');
    await expect(decide(ada, 'accepted')).rejects.toMatchObject({ code: 'CONFLICT' });
    await decide(ada, 'rejected');
    await decide(ada, 'accepted');
    const { flags, counts } = await listFlags({ ctx: viewer, status: 'accepted' });
    expect(counts).toEqual({ open: 0, accepted: 1, rejected: 0 });
    expect(flags[0]).toMatchObject({ id: flagId, comment: 'Seen', jobInput: 'sildenafil' });
    expect(flags[0]?.decisions.map((d) => d.status)).toEqual(['accepted', 'rejected', 'accepted']);
    expect((await feedbackOfJob({ ctx: ada, jobId }))[TRIAL]?.accepted).toEqual(['retracted']);
    const [audited] = await world.superuser`
      select count(*)::int as n from audit_log where action = 'flag.decided'`;
    expect(audited?.n).toBe(3);
  });

  it('can be withdrawn by who raised them', async () => {
    const input = { jobId, evidenceId: ARTICLE, reason: 'wrong' as const };
    const { flagId } = await flag({ ctx: ada, input });
    const bob = await colleague();
    await expect(withdrawFlag({ ctx: bob, flagId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await withdrawFlag({ ctx: ada, flagId });
    expect((await feedbackOfJob({ ctx: ada, jobId }))[ARTICLE]?.flagged ?? []).toEqual([]);
  });

  it('keep their history: what was decided once is not withdrawn, nor opened beside its successor', async () => {
    const bob = await colleague();
    const input = { jobId, evidenceId: ARTICLE, reason: 'off-topic' as const };
    const { flagId } = await flag({ ctx: bob, input });
    const decide = (status: 'rejected' | 'open') =>
      decideFlag({ ctx: ada, input: { flagId, status } });
    await decide('rejected');
    await decide('open');
    await expect(withdrawFlag({ ctx: bob, flagId })).rejects.toMatchObject({
      reason: 'FLAG_WAS_DECIDED',
    });
    await decide('rejected');
    expect((await flag({ ctx: bob, input })).flagId).not.toBe(flagId);
    await expect(decide('open')).rejects.toMatchObject({ reason: 'FLAGGED_AGAIN' });
  });

  it('stay in the queue when a job that was asked again no longer finds their record', async () => {
    const ctx = await world.member();
    const job = await jobOf(ctx);
    await flag({ ctx, input: { jobId: job, evidenceId: TRIAL, reason: 'wrong' } });
    await world.superuser`delete from evidence where job_id = ${job} and id = ${TRIAL}`;
    const { flags, counts } = await listFlags({ ctx });
    expect(counts.open).toBe(1);
    expect(flags).toMatchObject([{ evidenceId: TRIAL, title: null, externalId: null }]);
  });
});

it('adds up by source, kind and level, and says how far people agree', async () => {
  const ctx = await world.member();
  const job = await jobOf(ctx);
  await vote({ ctx, input: { jobId: job, evidenceId: TRIAL, value: 1 } });
  await vote({ ctx, input: { jobId: job, evidenceId: ARTICLE, value: -1 } });
  expect(await feedbackStats({ ctx })).toEqual({
    votes: { up: 1, down: 1, voters: 1, evidence: 2 },
    mine: { up: 1, down: 1 },
    bySource: [
      { name: 'clinicaltrials', up: 1, down: 0 },
      { name: 'pubmed', up: 0, down: 1 },
    ],
    byKind: [
      { name: 'article', up: 0, down: 1 },
      { name: 'trial', up: 1, down: 0 },
    ],
    byLevel: [{ name: 'none', up: 1, down: 1 }],
    flags: [],
    agreement: { alpha: null, evidence: 0 },
  });
});

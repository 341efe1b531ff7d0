/** A ranker's life on real votes: not yet, in use, given up. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { createWorld, type World } from '@/tests/world';
import { rankerHistory } from './history';
import { rankingOf, recordImpression } from './order';
import { propensityOf } from './propensity';
import { randomFrom } from './random';
import { trainRanker } from './train-ranker';

const KINDS = ['article', 'mechanism', 'target'] as const;
const FACTS = {
  article: { journal: null, year: null },
  mechanism: { action: null, targetName: null },
  target: { name: null },
};
const PER_JOB = 24;
const random = randomFrom(5);
const lookedAt = propensityOf(1);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function people(n: number): Promise<Ctx[]> {
  const first = await world.member();
  const { workspaceId } = first.actor;
  const others = Array.from({ length: n - 1 }, async () => {
    const [user] = await world.superuser`insert into users (name) values ('Bob') returning id`;
    await world.superuser`insert into memberships (workspace_id, user_id, role)
      values (${workspaceId}, ${user?.id}, 'researcher')`;
    return { ...first, actor: { ...first.actor, userId: user?.id } as Ctx['actor'] };
  });
  return [first, ...(await Promise.all(others))];
}

/** A job with as many records of each kind, and its records in the usual order. */
async function jobOf({ actor: { workspaceId } }: Ctx) {
  const { superuser } = world;
  const [job] =
    await superuser`insert into jobs (workspace_id, kind, input, options, submission_key)
    values (${workspaceId}, 'molecule', 'sildenafil', '{}', ${crypto.randomUUID()}) returning id`;
  const records = Array.from({ length: PER_JOB }, (_, i) => ({
    id: (crypto.randomUUID() + crypto.randomUUID()).replaceAll('-', ''),
    kind: KINDS[i % 3]!,
  }));
  await superuser`insert into evidence ${superuser(
    records.map(({ id, kind }) => ({
      job_id: job?.id,
      workspace_id: workspaceId,
      id,
      step: 'gather:x',
      kind,
      source: 'chembl',
      external_id: id,
      title: `A record ${id}`,
      url: 'https://example.org',
      licence: 'none',
      connector_version: '1',
      snapshot_sha256: '0'.repeat(64),
      facts: FACTS[kind],
    })),
  )}`;
  records.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
  return { jobId: job?.id as string, records };
}

type Taste = Record<(typeof KINDS)[number], number>;

/** Everyone is shown new jobs and votes by taste for what is looked at. */
async function voteOn(ctxs: Ctx[], jobs: number, taste: Taste, at: Date): Promise<void> {
  const { superuser } = world;
  for (let n = 0; n < jobs; n += 1) {
    const { jobId, records } = await jobOf(ctxs[0]!);
    for (const shownTo of ctxs) {
      const ctx = { ...shownTo, now: () => at };
      const shown = records.map(({ id }) => id);
      await recordImpression({ ctx, input: { jobId, version: 0, shown, pairAt: null } });
      const voted = records.filter(
        ({ kind }, i) => random() < lookedAt(i) && random() < Math.abs(taste[kind]),
      );
      if (voted.length === 0) continue;
      const { userId, workspaceId } = ctx.actor as Extract<Ctx['actor'], { kind: 'user' }>;
      await superuser`insert into votes ${superuser(
        voted.map(({ id, kind }) => ({
          workspace_id: workspaceId,
          evidence_id: id,
          voter_kind: 'user',
          voter_id: userId,
          voter_name: 'Bob',
          value: Math.sign(taste[kind]),
          job_id: jobId,
          source: 'chembl',
          kind,
          cast_at: at,
        })),
      )}`;
    }
  }
  await addUp();
}

/** The sums, as voting keeps them. */
const addUp = () => world.superuser`
  insert into vote_totals (workspace_id, evidence_id, up, down)
  select workspace_id, evidence_id, count(*) filter (where value = 1), count(*) filter (where value = -1)
  from votes group by 1, 2
  on conflict (workspace_id, evidence_id) do update set up = excluded.up, down = excluded.down`;

const LIKES_TARGETS: Taste = { article: -0.5, mechanism: 0.3, target: 0.9 };
const DISLIKES_THEM: Taste = { article: 0.9, mechanism: 0.3, target: -0.9 };
const minutes = (n: number) => new Date(Date.now() + n * 60_000);

it('learns once enough people have voted, orders by it, and gives it up when it does not hold', async () => {
  const ctxs = await people(4);
  const [ada] = ctxs as [Ctx];
  const task = { ...world.task(ada.actor.workspaceId), now: () => minutes(10) };
  await voteOn(ctxs, 2, LIKES_TARGETS, minutes(0));
  expect(await trainRanker({ ctx: task })).toBe('too few votes');
  await voteOn(ctxs, 20, LIKES_TARGETS, minutes(1));
  expect(await trainRanker({ ctx: task })).toBe('in use');

  const { weights } = await rankerHistory({ ctx: ada });
  const weightOf = (feature: string) => weights.find((one) => one.feature === feature)?.weight ?? 0;
  expect(weightOf('kind target')).toBeGreaterThan(weightOf('kind article'));

  const { jobId, records } = await jobOf(ada);
  const ranking = await rankingOf({ ctx: ada, jobId });
  expect(ranking.version).toBe(1);
  expect(ranking.measured?.low).toBeGreaterThan(0);
  const best = [...records].sort((a, b) => ranking.scores[b.id]! - ranking.scores[a.id]!);
  expect(best.slice(0, 8).every(({ kind }) => kind === 'target')).toBe(true);

  // Each sees jobs of their own, where nobody has voted before: only the learned taste is tried.
  for (const ctx of ctxs) await voteOn([ctx], 8, DISLIKES_THEM, minutes(20));
  expect(await trainRanker({ ctx: { ...task, now: () => minutes(30) } })).toBe('rolled back');
  expect((await rankingOf({ ctx: ada, jobId })).version).toBe(0);
  expect(await rankerHistory({ ctx: ada })).toMatchObject({
    people: 4,
    weights: [],
    versions: [{ version: 1, status: 'retired', measured: { people: 4 } }],
  });
  const [given] = await world.superuser`select status, reason from rankers where version = 1`;
  expect(given).toMatchObject({ status: 'retired', reason: expect.stringMatching(/^Given up/) });
});

it('puts nothing in use that random votes have taught', async () => {
  const ctxs = await people(4);
  const any: Taste = { article: 0.4, mechanism: 0.4, target: 0.4 };
  await voteOn(ctxs, 45, any, minutes(0));
  const ctx = world.task(ctxs[0]!.actor.workspaceId);
  expect(await trainRanker({ ctx })).toBe('no better than the present order');
});

it('forgets after a while which lists were shown and not voted on', async () => {
  const [ada, bob] = (await people(2)) as [Ctx, Ctx];
  await voteOn([ada], 1, { article: 1, mechanism: 1, target: 1 }, minutes(0));
  const { jobId, records } = await jobOf(bob);
  const input = { jobId, version: 0, shown: [records[0]!.id], pairAt: null };
  await recordImpression({ ctx: bob, input });
  const task = world.task(ada.actor.workspaceId);
  const shownTo = async () => {
    const rows = await world.superuser`select user_id from rank_impressions
      where workspace_id = ${ada.actor.workspaceId} order by at`;
    return rows.map((row) => row.user_id);
  };
  const of = ({ actor }: Ctx) => (actor.kind === 'user' ? actor.userId : null);
  await trainRanker({ ctx: task });
  expect((await shownTo()).sort()).toEqual([of(ada), of(bob)].sort());
  await trainRanker({ ctx: { ...task, now: () => minutes(91 * 24 * 60) } });
  expect(await shownTo()).toEqual([of(ada)]);
});

it('shows a stranger nothing', async () => {
  const [ada] = (await people(1)) as [Ctx];
  const { jobId, records } = await jobOf(ada);
  const ctx = await world.member();
  await expect(rankingOf({ ctx, jobId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const input = { jobId, version: 0, shown: [records[0]!.id], pairAt: null };
  await expect(recordImpression({ ctx, input })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

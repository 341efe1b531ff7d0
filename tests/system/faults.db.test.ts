/**
 * Every kind of trouble that the simulator knows, in all seven sources: the job ends and the ledger says
 * what happened. A trouble that passes leaves the report as it is without.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/server/context';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import type { JobView, StepView } from '@/server/jobs/queries';
import { readReport } from '@/server/reports/store';
import { createWorld, type World } from '@/tests/world';
import { jobEnd, ledger } from './job-end';
import { type FaultRule, type Simulator, startSimulator, withoutSimulator } from './simulator';
import { startWorker } from './worker-process';

/** Four of the sources have records of it; the others answer that they know nothing. */
const MOLECULE = 'sildenafil';

interface Kind {
  what: string;
  rule: Omit<FaultRule, 'source'>;
  /** What the ledger says of a source that is in this trouble for good. */
  says: RegExp;
  /** Sources that get through with it: their "nothing found" is a few bytes long. */
  spares?: SourceId[];
}

const STATUS_500: Kind = {
  what: 'status 500',
  rule: { status: 500 },
  says: /failed \(HTTP 500\)/,
};
const STATUS_503: Kind = {
  what: 'status 503',
  rule: { status: 503 },
  says: /failed \(HTTP 503\)/,
};
const STATUS_503_LATER: Kind = {
  what: 'status 503 with Retry-After',
  rule: { status: 503, retryAfterS: 1 },
  says: /failed \(HTTP 503\)/,
};
const STATUS_429: Kind = {
  what: 'status 429',
  rule: { status: 429 },
  says: /limits its requests \(HTTP 429\)/,
};
const STATUS_429_LATER: Kind = {
  what: 'status 429 with Retry-After',
  rule: { status: 429, retryAfterS: 1 },
  says: /limits its requests \(HTTP 429\)/,
};
const HANG: Kind = {
  what: 'no answer',
  rule: { hang: true },
  says: /did not answer in time/,
};
const TRUNCATE: Kind = {
  what: 'an answer that is cut off',
  rule: { truncate: 10 },
  says: /breaks off/,
};
const MALFORMED: Kind = {
  what: 'half an answer',
  rule: { malformed: true },
  says: /not valid JSON|not complete XML/,
};
const OVERSIZE: Kind = {
  what: 'an answer without end',
  rule: { oversizeBytes: 30_000_000 },
  says: /more than 20 MB/,
};
const DRIP: Kind = {
  what: 'an answer that drips',
  rule: { dripBytesPerS: 10 },
  says: /too slowly/,
  spares: ['openfda', 'opentargets'],
};
const REDIRECT: Kind = {
  what: 'a redirect to a foreign host',
  rule: { redirectTo: 'http://foreign.invalid/' },
  says: /outside its own hosts/,
};
const NOT_FOUND: Kind = {
  what: 'status 404 with a web page',
  rule: { status: 404, body: '<html>There is no such page</html>' },
  says: /refused the request \(HTTP 404\)|answered with status 404|not valid JSON/,
};
const FORBIDDEN: Kind = {
  what: 'status 403',
  rule: { status: 403 },
  says: /refused the request \(HTTP 403\)/,
};
const OTHER_FORM: Kind = {
  what: 'an answer of another form',
  rule: { status: 200, body: {} },
  says: /unknown form|holds no list|does not hold what was asked for/,
};
const LATE: Kind = {
  what: 'late answers',
  rule: { latencyMs: 1_000, jitterMs: 500 },
  says: /^$/,
};

type Round = Kind & { lasting: boolean };
const lasting = (...kinds: Kind[]): Round[] => kinds.map((kind) => ({ ...kind, lasting: true }));
const passing = (...kinds: Kind[]): Round[] => kinds.map((kind) => ({ ...kind, lasting: false }));

/** Each runs its rounds one after the other, on sources of its own; most of the time all wait. */
const LANES: Round[][] = [
  [...lasting(HANG), ...passing(STATUS_500, STATUS_503, STATUS_503_LATER, STATUS_429)],
  [...lasting(DRIP), ...passing(STATUS_429_LATER, TRUNCATE, MALFORMED, REDIRECT, LATE)],
  [...passing(DRIP, HANG), ...lasting(TRUNCATE, MALFORMED, OVERSIZE, REDIRECT)],
  lasting(
    NOT_FOUND,
    FORBIDDEN,
    OTHER_FORM,
    STATUS_429,
    STATUS_429_LATER,
    STATUS_503,
    STATUS_503_LATER,
    STATUS_500,
  ),
];
const ROUNDS = LANES.flat();

interface Outcome {
  job: JobView;
  /** Requests that were disturbed, by source. */
  disturbed: Record<string, number>;
}

describe('sources in trouble', () => {
  beforeEach(({ skip }) => skip(withoutSimulator !== null, withoutSimulator ?? ''));
  const lanes: Lane[] = [];
  const outcomes = new Map<Round, Promise<Outcome>>();
  let calm: Promise<Outcome>;
  const outcomeOf = (round: Round) => outcomes.get(round) as Promise<Outcome>;

  beforeAll(async () => {
    if (withoutSimulator) return;
    lanes.push(...(await Promise.all(LANES.map(openLane))));
    for (const [index, rounds] of LANES.entries()) {
      const lane = lanes[index] as Lane;
      let before: Promise<unknown> = Promise.resolve();
      const next = (round: Round | null) => {
        const outcome = before.then(() => runRound(lane, round));
        before = outcome.catch(() => {});
        return outcome;
      };
      if (index === 0) calm = next(null);
      for (const round of rounds) outcomes.set(round, next(round));
    }
  });
  afterAll(() => Promise.all(lanes.map((lane) => lane.end())));

  it.each(ROUNDS.filter((round) => round.lasting))(
    '$what for good: the job ends, the ledger says so',
    { timeout: 300_000 },
    async (round) => {
      const { job, disturbed } = await outcomeOf(round);
      expect(Object.keys(disturbed).sort()).toEqual([...SOURCE_IDS].sort());
      expect([job.status, job.reason]).toEqual(['partial', 'SOURCES_INCOMPLETE']);
      expect([job.label, job.candidate, job.evidenceCount]).toEqual([
        'Insufficient evidence',
        null,
        0,
      ]);
      for (const [source, step] of Object.entries(ledger(job))) {
        if (round.spares?.includes(source as SourceId)) {
          expect([source, step.reason !== null]).toEqual([source, step.outcome === 'partial']);
          continue;
        }
        expect([source, step.status, step.outcome]).toEqual([source, 'failed', 'failed']);
        expect(step.reason).toMatch(round.says);
        // 30 s are promised (worker/http.test.ts holds them); a busy machine adds to the wall clock.
        expect([source, secondsOf(step) < 60 || secondsOf(step)]).toEqual([source, true]);
      }
    },
  );

  it.each(ROUNDS.filter((round) => !round.lasting))(
    '$what once, in every source: nothing is lost',
    { timeout: 300_000 },
    async (round) => {
      const undisturbed = await calm;
      const { job, disturbed } = await outcomeOf(round);
      expect(disturbed).toEqual(Object.fromEntries(SOURCE_IDS.map((source) => [source, 1])));
      expect(summary(job)).toEqual(summary(undisturbed.job));
      expect(job.status).toBe('completed');
    },
  );
});

const secondsOf = (step: StepView) => (Number(step.finishedAt) - Number(step.startedAt)) / 1_000;

const summary = (job: JobView) => ({
  status: job.status,
  reportHash: job.reports[0]?.reportHash,
  sources: Object.entries(ledger(job)).map(([source, { outcome, reason, records }]) => ({
    source,
    outcome,
    reason,
    records,
  })),
});

interface Lane {
  world: World;
  simulator: Simulator;
  ctx: Ctx;
  end(): Promise<void>;
}

async function openLane(): Promise<Lane> {
  const [world, simulator] = await Promise.all([createWorld(), startSimulator()]);
  const worker = startWorker(world, {
    SOURCES_BASE_URL: simulator.baseUrl,
    SOURCES_UNPACED: '1',
  });
  const end = async () => {
    await worker.stop();
    await Promise.all([simulator.close(), world.close()]);
  };
  return { world, simulator, ctx: await world.member(), end };
}

/** One job from its submission on in this trouble; null: in none. */
async function runRound(lane: Lane, round: Round | null): Promise<Outcome> {
  const { ctx, simulator, world } = lane;
  // What the round before did to the sources' health is forgotten.
  await world.superuser`update sources set faults = 0, open_until = null`;
  await simulator.forget();
  if (round) {
    const times = round.lasting ? {} : { times: 1 };
    await simulator.disturb(...SOURCE_IDS.map((source) => ({ source, ...round.rule, ...times })));
  }
  const { jobId } = await submitMolecule({ ctx, input: { text: MOLECULE } });
  const job = await jobEnd(ctx, jobId, 180_000);
  await simulator.calm();
  expect((await readReport({ ctx, jobId })).dropped).toBe(0);
  const disturbed: Record<string, number> = {};
  for (const { source, fault } of await simulator.log()) {
    if (fault !== null) disturbed[source] = (disturbed[source] ?? 0) + 1;
  }
  return { job, disturbed };
}

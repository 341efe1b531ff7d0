/**
 * Postgres is stopped in the middle of a job, for 20 s and at every step's start and end, and started again:
 * worker and live views go on by themselves, and the job ends like an undisturbed one.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@/db/client';
import { localMember } from '@/db/local';
import { migrate } from '@/db/migrate';
import { databaseName, provisionRoles, type RoleUrls } from '@/db/roles';
import type { Ctx } from '@/server/context';
import { DEMO_MOLECULE } from '@/server/demo';
import { submitMolecule } from '@/server/jobs';
import { getJob, type JobView } from '@/server/jobs/queries';
import { isTerminal } from '@/server/jobs/schema';
import { EventFeeds } from '@/server/live/tail';
import { openStorage } from '@/server/storage';
import { checkout } from '@/worker/cli/data-folder';
import { type RunningPostgres, startPostgres } from '@/worker/cli/postgres';
import { keepRunning, launchNode, type Service } from '@/worker/cli/processes';
import { workerArguments } from '@/worker/cli/worker-build';
import {
  AFTER_GATHERING,
  BEFORE_GATHERING,
  heldBack,
  holdAt,
  installHolds,
  OF_GATHERING,
} from './boundaries';
import { type SlowSources, startSlowSources } from './slow-sources';
import { until } from './wait';

const STOPPED_MS = 20_000;
const serversFolder = path.join(
  process.getuid?.() === 0 ? '/var/lib/phial' : os.tmpdir(),
  'phial-test-servers',
);
const secret = () => randomBytes(16).toString('hex');

let home: string;
let server: RunningPostgres;
let urls: RoleUrls;
let sources: SlowSources;
let worker: Service;
let ctx: Ctx;
let superuser: Sql;
let undisturbed: JobView;
const superuserPassword = secret();
const start = (port?: number) =>
  startPostgres({
    home,
    superuserPassword,
    logFile: path.join(home, 'postgres.log'),
    binaries: process.env.PHIAL_POSTGRES_BIN ?? null,
    ...(port ? { port } : {}),
  });

beforeAll(async () => {
  await mkdir(serversFolder, { recursive: true });
  home = await mkdtemp(path.join(serversFolder, `${process.pid}-`));
  server = await start();
  const passwords = { owner: secret(), queue: secret(), app: secret() };
  urls = await provisionRoles({ superuserUrl: server.superuserUrl, passwords });
  await migrate({ ownerUrl: urls.ownerUrl, queueUrl: urls.directUrl });
  const { userId, workspaceId } = await localMember(urls.ownerUrl);
  const storageUrl = `file:${path.join(home, 'blobs')}`;
  ctx = {
    actor: { kind: 'user', userId, name: 'Ada', workspaceId, role: 'admin', sessionId: 'test' },
    db: openDatabase(urls.appUrl, { max: 5, applicationName: 'test-web' }),
    storage: openStorage(storageUrl),
    requestId: 'test',
    now: () => new Date(),
  };
  sources = await startSlowSources();
  // Supervised as `up` does it.
  const logFile = path.join(home, 'worker.log');
  worker = await keepRunning({
    name: 'worker',
    logFile,
    say: () => {},
    launch: () =>
      launchNode({
        args: workerArguments,
        cwd: checkout,
        env: {
          ...process.env,
          DATABASE_DIRECT_URL: urls.directUrl,
          STORAGE_URL: storageUrl,
          SOURCES_BASE_URL: sources.baseUrl,
          SOURCES_UNPACED: '1',
          WORKER_HEARTBEAT_MS: '250',
          WORKER_DEAD_AFTER_MS: '1500',
        },
        logFile,
        stopWithinMs: 20_000,
      }),
    onProcess: async () => {},
  });
  const database = Object.assign(new URL(server.superuserUrl), { pathname: databaseName });
  superuser = postgres(database.href, { max: 1, onnotice: () => {} });
  await installHolds(superuser);
  const { jobId } = await submitMolecule({ ctx, input: { text: DEMO_MOLECULE } });
  undisturbed = await end(jobId);
  expect(undisturbed.status).toBe('completed');
});

afterAll(async () => {
  await worker?.stop();
  await sources?.close();
  await Promise.all([ctx?.db.close(), superuser?.end()]);
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

const viewed = (jobId: string) => getJob({ ctx, jobId }).catch(() => null);
const end = (jobId: string): Promise<JobView> =>
  until(
    'the job’s end',
    async () => {
      const job = await viewed(jobId);
      return job && isTerminal(job.status) ? job : null;
    },
    120_000,
  );

const endsAsUndisturbed = (job: JobView) => {
  expect(job.status).toBe('completed');
  expect(job.reports[0]?.reportHash).toBe(undisturbed.reports[0]?.reportHash);
  expect(job.evidenceCount).toBe(undisturbed.evidenceCount);
};

it('goes on by itself and ends the same', async () => {
  sources.hold('clinicaltrials', 'openfda');
  const { jobId } = await submitMolecule({ ctx, input: { text: DEMO_MOLECULE } });
  await until('open requests', async () => sources.open() >= 2);

  const direct = openDatabase(urls.directUrl, {
    max: 1,
    isDirect: true,
    applicationName: 'test-listener',
  });
  const seen: number[] = [];
  const stop = new AbortController();
  const watching = (async () => {
    const feeds = await EventFeeds.open(ctx.db, direct);
    const job = { workspaceId: ctx.actor.workspaceId, jobId };
    for await (const event of feeds.watch(job, 0, stop.signal)) {
      seen.push(event.seq);
      if (event.type === 'job.ended') break;
    }
  })();
  await until('events to be watched', async () => seen.length > 3);

  const { port } = server;
  await server.stop();
  await sleep(STOPPED_MS);
  server = await start(port);
  sources.release();

  const job = await end(jobId);
  await Promise.race([watching, sleep(20_000)]);
  stop.abort();
  await direct.close();
  endsAsUndisturbed(job);
  expect(seen).toEqual(Array.from({ length: job.seq }, (_, i) => i + 1));
}, 240_000);

it('goes on when it is stopped at the start and the end of every step', async () => {
  const boundaries = [...BEFORE_GATHERING, ...OF_GATHERING, ...AFTER_GATHERING];
  await holdAt(superuser, boundaries[0] ?? null);
  const { jobId } = await submitMolecule({ ctx, input: { text: DEMO_MOLECULE } });
  for (const [i, boundary] of boundaries.entries()) {
    // A task that failed several times waits minutes for its next attempt.
    const isThere = () => heldBack(superuser).catch(() => 0);
    await until(`the ${boundary.at} of ${boundary.keys}`, isThere, 400_000);
    const { port } = server;
    await server.stop();
    server = await start(port);
    // What came back to the same place meanwhile is let go.
    await holdAt(superuser, boundaries[i + 1] ?? null);
  }
  endsAsUndisturbed(await end(jobId));
}, 900_000);
